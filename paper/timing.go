package paper

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/outputs"
	"github.com/autolfads/autolfads/report"
)

// timing is Fig. 2h-j: a circuit that measures an interval and produces it again.
var timing = Experiment{
	Name:  "timing",
	Shows: "rates before set ordered by the interval measured; the speed of rates against the interval produced, trial by trial",
	Panels: []Panel{
		{orderPanel, "Means of single-trial rates of a population are ordered by the interval that was measured, and more so than those of random search, of GPFA, or " +
			"of smoothed spikes."},
		{speedPanel, "In single trials the rates of a population move the faster the shorter the produced interval is, and this shows better than in those of random " +
			"search, of GPFA, or of smoothed spikes."},
	},
	Data: "a simulated circuit that measures and produces intervals",
	Recording: "DMFC_RSG, DANDI 000130, of which `autolfads prepare sub-Haydn.nwb --out dmfc.h5 --align go_time --window=-1500..0 --bin-ms 10 " +
		"--behavior trials.is_short,trials.is_eye,trials.theta,trials.ts,trials.tp` makes trials",
	Gives: true,
	Wants: "trials that end at go, with is_short, is_eye, ts and tp (ms) as behaviour that is the same in all bins",
	Plan:  func(l *Lab) (*Plan, error) { return timingSize.plan(l, l.timing, hasIntervals) },
	Judge: timingJudge,
	Draw:  timingDraw,
	Found: timingFound,
}

const (
	orderPanel = "2h, i"
	speedPanel = "2j"
)

// timingSize is how long models train in quick: some 2,600 optimiser steps.
var timingSize = besideSize{120, 20, 8}

// timed is a method's rates of validation trials, for either question those that suit it.
type timed struct {
	name         string
	order, speed *dataset.Array
}

// timedOf are the rates of all methods; the last are the true ones, if these are known.
func (l *Lab) timedOf(ctx context.Context, p *Plan, s *methods, train *intervals) (all []timed, err error) {
	d := s.Dataset
	for i, name := range s.names {
		all = append(all, timed{name, s.Candidates[i].Valid.Rates, s.Candidates[i].Valid.Rates})
	}
	smooth := timed{name: smoothing}
	if smooth.order, err = l.smoothToPredict(ctx, p.Sets[0], d); err != nil {
		return nil, err
	}
	if smooth.speed, err = smoothForSpeed(ctx, d, train); err != nil {
		return nil, err
	}
	all = append(all, smooth)
	if d.Valid.Truth != nil {
		all = append(all, timed{knownRates, d.Valid.Truth, d.Valid.Truth})
	}
	return all, nil
}

// smoothToPredict are spikes of validation trials smoothed by the kernel that predicts
// training trials best.
func (l *Lab) smoothToPredict(ctx context.Context, s *Set, d *dataset.Dataset) (*dataset.Array, error) {
	path, err := l.Baseline(ctx, s, "smooth", baseline.Smoothing{})
	if err != nil {
		return nil, err
	}
	f, err := outputs.Read(path, d)
	if err != nil {
		return nil, err
	}
	return f.Valid.Rates, nil
}

// hasIntervals is an error of data that do not say what was measured and produced.
func hasIntervals(d *dataset.Dataset) error {
	_, _, err := intervalsOf(d)
	return err
}

func timingJudge(ctx context.Context, l *Lab, p *Plan, r *Result) error {
	s, err := l.stand(ctx, p)
	if err != nil {
		return err
	}
	train, valid, err := intervalsOf(s.Dataset)
	if err != nil {
		return err
	}
	all, err := l.timedOf(ctx, p, s, train)
	if err != nil {
		return err
	}
	if err := orderTable(ctx, s.Dataset, train, valid, all, r); err != nil {
		return err
	}
	if err := speedTable(ctx, valid, all, r); err != nil {
		return err
	}
	return l.drawOrdered(s.Dataset, valid, all, r)
}

// shownNeurons is how many neurons a figure of means shows.
const shownNeurons = 3

// drawOrdered draws means over the trials of each interval measured, of the group with most
// of them, about set, as each method has them: of the neurons that differ most between the
// intervals by true rates or, where these are not known, by smoothed spikes.
func (l *Lab) drawOrdered(d *dataset.Dataset, t *intervals, all []timed, r *Result) error {
	shown := newSetWindow(d, t)
	if shown == nil {
		return nil
	}
	last := all[len(all)-1]
	neurons := shown.ordered(last.order)
	f := &report.PSTHs{
		Title: "Means by the interval that was measured", BinWidth: d.BinWidth, Colouring: shown.colouring(),
		Subtitle: fmt.Sprintf("each %s for validation, of one prior and effector; set comes after %.0f ms; the %s",
			shown.of(), 1000*orderSeconds, neuronsText(len(neurons), last.name)),
	}
	for _, n := range neurons {
		f.Neurons = append(f.Neurons, "Neuron "+d.NeuronID(n))
	}
	for _, m := range all {
		f.Columns = append(f.Columns, report.Means{Name: m.name, Rates: shown.means(m.order).Columns(neurons)})
	}
	return l.Draw(r, Figure{"timing-means", fmt.Sprintf("Means of single-trial rates by the interval measured, about set, by all methods: each %s, from the shortest interval (dark) to the longest (light), of the %s",
		shown.of(), neuronsText(len(neurons), last.name)), f})
}

// neuronsText says which neurons are shown: those that a method's rates choose.
func neuronsText(n int, by string) string {
	if by == smoothing {
		by = "smoothed spikes"
	}
	if n == 1 {
		return "neuron that tells them apart most by " + by
	}
	return fmt.Sprintf("%d neurons that tell them apart most by %s", n, by)
}

func timingDraw(r *Result) []Figure {
	f := &report.Charts{Title: "How fast rates move, and the interval that is produced", Subtitle: "validation trials, a dot each; r within " + conditionsAre + ", averaged"}
	for _, row := range r.table(speedPanel).Rows {
		for _, c := range r.courses(row.Name) {
			f.Panels = append(f.Panels, report.Chart{
				Name: fmt.Sprintf("%s, r %s", row.Name, num(-row.number(scoreKey), 2)), X: "interval produced, ms", Y: "change of rates from bin to bin",
				Series: []report.Series{{Name: c.Name, X: c.X, Y: c.Y}},
			})
		}
	}
	if len(f.Panels) == 0 {
		return nil
	}
	return []Figure{{"timing", "Speed of rates from set to go against the interval produced, of single trials, by all methods. The correlation r is that within each condition, averaged; " +
		"a condition is " + conditionsAre + ", as in the Neural Latents Benchmark, whatever interval was measured.", f}}
}

// conditionsAre is what the speed's correlation is within.
const conditionsAre = "trials of one prior, effector and, where there are several, direction"

// clearOrder is above what rank correlation means are ordered by the interval measured. Of
// five intervals, as each prior has, chance comes above it in 5 of 120 orders: the right one,
// and the 4 in which two neighbours have changed places (.9). At .8 it would be 8 of 120, more than
// the one in 20 that intervals allow.
const clearOrder = .8

// clearSpeed is above what correlation, times -1, speed follows the produced interval clearly:
// more than a third (.6 squared) of how intervals vary is then in the speed.
const clearSpeed = .6

// rounding is more than rounding adds to a mean of rank correlations, so that one of .8 is not
// above .8, and far less than the step from one order to the next, .1.
const rounding = 1e-9

func timingFound(r *Result) []Finding {
	a := timedFinding(r.table(orderPanel), "rank correlation of means of rates before set with the interval measured", clearOrder)
	b := timedFinding(r.table(speedPanel), "correlation of speed from set to go with the interval produced, within "+conditionsAre+", times -1", clearSpeed)
	if most := r.number(mostNumber); most >= 1 && a.Verdict != notMeasured {
		a.Text += fmt.Sprintf(" Each mean is %s.", trialsText(int(r.number(fewestNumber)), int(most)))
	}
	if within := r.table(speedPanel).numbersOf(withinKey); within != "" && b.Verdict != notMeasured {
		b.Text += " Within trials of one measured interval: " + within + "."
	}
	return withChoice(a, b)
}

// timedFinding is besideFinding of a score that must also be clear, that is more than a
// limit: to be better than other methods alone is not enough, for all may be poor. True rates
// are told, and are no method.
func timedFinding(t *Table, what string, limit float64) Finding {
	f := besideFinding(t.Panel, what, methodsAlone(t).Rows)
	if f.Verdict == Holds && !(t.Rows[0].number(scoreKey) > limit+rounding) {
		f.Verdict = Undecided
		f.Text += fmt.Sprintf(" It is best, and not clear: that would be more than %s.", num(limit, 1))
	}
	if bound := t.scored(knownRates); !math.IsNaN(bound) {
		f.Text += fmt.Sprintf(" True rates give %s.", num(bound, 3))
	}
	return f
}

// numbersOf lists a quantity of the rows that have it, by their names.
func (t *Table) numbersOf(key string) string {
	var words []string
	for _, row := range t.Rows {
		if v, ok := row.Values[key]; ok {
			words = append(words, row.Name+" "+num(v, 3))
		}
	}
	return strings.Join(words, ", ")
}

// scored is the score of a row by its name; NaN: there is none.
func (t *Table) scored(name string) float64 {
	for i := range t.Rows {
		if t.Rows[i].Name == name {
			return t.Rows[i].number(scoreKey)
		}
	}
	return math.NaN()
}
