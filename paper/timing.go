package paper

import (
	"context"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/outputs"
	"github.com/autolfads/autolfads/report"
)

// timing is Fig. 2h-j: a circuit that measures an interval and produces it again.
var timing = Experiment{
	Name:  "timing",
	Shows: "rates before set ordered by the interval measured; the speed of rates against the interval produced, trial by trial",
	Panels: []Panel{
		{orderPanel, "Single-trial rates of a population are ordered by the interval that was measured as means of spikes over trials are, and more so than those of " +
			"random search, of GPFA, or of smoothed spikes."},
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
	order, speed := orderTable(s.Dataset, train, valid, all), Table{Panel: speedPanel, Columns: speedColumns()}
	against := newSpeedsBeside(valid)
	for _, m := range all {
		speeds := valid.speeds(m.speed)
		speed.Rows = append(speed.Rows, against.row(m.name, speeds))
		r.Courses = append(r.Courses, speedCourse(m.name, valid.produced, speeds))
	}
	r.Tables = append(r.Tables, order, speed)
	return l.drawOrdered(s.Dataset, valid, all, r)
}

// speedCourse are the trials of a method whose speed is known.
func speedCourse(name string, produced, speeds []float64) Course {
	c := Course{Part: name, Name: "trials"}
	for i, v := range speeds {
		if v-v == 0 {
			c.X, c.Y = append(c.X, produced[i]), append(c.Y, v)
		}
	}
	c.X, c.Y = short(c.X), short(c.Y)
	return c
}

// orderTable says how rates before set grow with the interval measured: the slopes of each
// method correlated with those of spikes of training trials and, where they are known, of
// true rates.
func orderTable(d *dataset.Dataset, train, valid *intervals, all []timed) Table {
	t := Table{Panel: orderPanel, Columns: []Column{{scoreKey, "slopes, correlation with those of spikes of training trials", 3}}}
	data, truth := train.slopes(d.Train.Recon, d), []float64(nil)
	if d.Valid.Truth != nil {
		t.Columns = append(t.Columns, Column{"truth", "with those of true rates", 3})
		truth = valid.slopes(d.Valid.Truth, d)
	}
	for _, m := range all {
		row, slopes := Row{Name: m.name}, valid.slopes(m.order, d)
		row.set(scoreKey, agree(slopes, data))
		if truth != nil {
			row.set("truth", agree(slopes, truth))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// speedColumns are those of the correlations of speeds with produced intervals.
func speedColumns() []Column {
	return []Column{{scoreKey, "correlation, times -1", 3}, {lessKey, "AutoLFADS less this", 3}, {lowKey, "at least", 3}, {highKey, "at most", 3}}
}

// speedsBeside sets the speeds of methods beside those of the first.
type speedsBeside struct {
	*intervals
	draws metric.Resampling
	first []float64 // correlations of drawn trials
	score float64
}

func newSpeedsBeside(t *intervals) *speedsBeside {
	return &speedsBeside{intervals: t, draws: metric.DefaultResampling(t.group)}
}

// row is a method's correlation, times -1, so that more is better as in other tables.
func (b *speedsBeside) row(name string, speeds []float64) Row {
	row, of := Row{Name: name}, b.correlation(speeds)
	score := -of.Of(nil)
	row.set(scoreKey, score)
	drawn, _ := b.draws.Scores(context.Background(), of) // a thousand draws of some trials
	if b.first == nil {
		b.first, b.score = drawn, score
		return row
	}
	row.set(lessKey, b.score-score)
	less := b.draws.Middle(metric.Differences(drawn, b.first)) // of the numbers times -1
	row.set(lowKey, less.Low)
	row.set(highKey, less.High)
	return row
}

// shownNeurons is how many neurons a figure of means shows.
const shownNeurons = 3

// drawOrdered draws means over the trials of each interval measured, of the group with most
// of them, about set, as each method has them: of the neurons whose true rates or, where these are not
// known, smoothed spikes are ordered most.
func (l *Lab) drawOrdered(d *dataset.Dataset, t *intervals, all []timed, r *Result) error {
	shown := newSetWindow(d, t)
	if shown == nil {
		return nil
	}
	f := &report.PSTHs{
		Title: "Means by the interval that was measured", Subtitle: fmt.Sprintf("validation trials of one prior and effector, about set, which comes after %.0f ms", 1000*orderSeconds),
		BinWidth: d.BinWidth, Colouring: shown.colouring(),
	}
	neurons := shown.ordered(all[len(all)-1].order)
	for _, n := range neurons {
		f.Neurons = append(f.Neurons, "Neuron "+d.NeuronID(n))
	}
	for _, m := range all {
		f.Columns = append(f.Columns, report.Means{Name: m.name, Rates: shown.means(m.order).Columns(neurons)})
	}
	return l.Draw(r, Figure{"timing-means", "Means of single-trial rates by the interval measured, about set, by all methods", f})
}

func timingDraw(r *Result) []Figure {
	f := &report.Charts{Title: "How fast rates move, and the interval that is produced", Subtitle: "validation trials, a dot each"}
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
	return []Figure{{"timing", "Speed of rates from set to go against the interval produced, of single trials, by all methods", f}}
}

// clearSpeed is above what correlation, times -1, speed follows the produced interval clearly:
// more than a third (.6 squared) of how intervals vary is then in the speed. To be better
// than other methods alone is not enough: all may be poor.
const clearSpeed = .6

func timingFound(r *Result) []Finding {
	order, speed := r.table(orderPanel), r.table(speedPanel)
	a := eachFinding(orderPanel, "how rates of validation trials grow before set with the interval measured, neuron by neuron", methodsAlone(order), order.Columns)
	b := besideFinding(speedPanel, "correlation of speed from set to go with the interval produced, times -1", methodsAlone(speed).Rows)
	if b.Verdict == Holds && !(methodsAlone(speed).Rows[0].number(scoreKey) > clearSpeed) {
		b.Verdict = Undecided
		b.Text += fmt.Sprintf(" It is best, and does not follow clearly: that would be more than %s.", num(clearSpeed, 1))
	}
	for i, t := range []*Table{order, speed} {
		f := []*Finding{&a, &b}[i]
		if bound := t.scored(knownRates); !math.IsNaN(bound) {
			f.Text += fmt.Sprintf(" True rates give %s.", num(bound, 3))
		}
	}
	return withChoice(a, b)
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
