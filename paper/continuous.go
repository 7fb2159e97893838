package paper

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/report"
)

// continuous is Fig. 2c-e: a recording without trials, chopped into windows that are modelled
// as trials and merged again.
var continuous = Experiment{
	Name:  "continuous",
	Shows: "a recording without trial structure: chopped, modelled, merged; velocity decoded; subspaces of velocity, position and target",
	Panels: []Panel{
		{"2c, d", "Of a recording without trials, hand velocity is decoded better from the merged rates of a population than from those of random search, of " +
			"GPFA, or of smoothed spikes."},
		{"2e", "Velocity, position and target are each found in a subspace of the population's factors, better than in those of random search and GPFA."},
	},
	Data:      "a simulated motor cortex during reaches to random targets",
	Recording: randomTargets,
	Gives:     true,
	Wants:     "windows of a continuous recording, with velocity, position and target as behaviour; without behaviour it is merged and drawn alone",
	Plan:      func(l *Lab) (*Plan, error) { return reachingSize.plan(l, l.reaching, isContinuous) },
	Judge:     continuousJudge,
	Draw:      continuousDraw,
	Found:     continuousFound,
}

// reachingSize is how long models of the reaching recording train in quick: some 5,500
// optimiser steps.
var reachingSize = besideSize{120, 20, 8}

// randomTargets is the paper's recording of random-target reaching, and what makes of it what
// experiments take.
const randomTargets = "Zenodo 583331, of which `autolfads prepare indy_20160627_01.mat --out indy.h5 --chop --bin-ms 10 --units 'unit > 0' " +
	"--min-rate-hz 0.1 --behavior 'velocity(cursor_pos),cursor_pos,held(target_pos)' --lag-ms 140 --drop-shared` makes windows"

// isContinuous is an error of data that cannot be put together again.
func isContinuous(d *dataset.Dataset) error {
	_, err := recordingOf(d)
	return err
}

func continuousJudge(ctx context.Context, l *Lab, p *Plan, r *Result) error {
	s, err := l.stand(ctx, p)
	if err != nil {
		return err
	}
	rec, err := recordingOf(s.Dataset)
	if err != nil {
		return fmt.Errorf("%s: %w", p.Sets[0].Name, err)
	}
	t := newMergedTable(s.Dataset)
	for i, name := range s.names {
		rates, err := rec.rates(s, i)
		if err != nil {
			return err
		}
		if i == 0 {
			if err := l.drawStretch(rec, rates, r); err != nil {
				return err
			}
		}
		if err := rec.row(ctx, name, rates, t); err != nil {
			return err
		}
	}
	if err := rec.beyondMethods(ctx, t); err != nil {
		return err
	}
	setBeside(t.Rows, t.scores)
	r.Tables = append(r.Tables, t.Table)
	return l.subspaces(ctx, s, r)
}

// mergedTable is how well each output of behaviour is decoded from merged rates, by method.
type mergedTable struct {
	Table
	asked  []int            // the outputs that the claim is of: velocities
	scores []metric.ByTrial // of each row, the mean R2 of these; nil: it has none
}

// newMergedTable is one without rows.
func newMergedTable(d *dataset.Dataset) *mergedTable {
	var outputs []Column
	for i, q := range d.Outputs {
		outputs = append(outputs, Column{outputKey(i), q.Name, 3})
	}
	t := &mergedTable{}
	t.Panel = "2c, d"
	velocity := velocities(outputs)
	for i, c := range outputs {
		if slices.Contains(velocity, c) {
			t.asked = append(t.asked, i)
		}
	}
	if len(outputs) > 0 {
		t.Columns = append(besideColumns("velocity R2"), outputs...)
	}
	return t
}

// drawStretch draws some seconds of merged rates.
func (l *Lab) drawStretch(rec *recording, rates *dataset.Array, r *Result) error {
	f, err := rec.stretch(rates)
	if err != nil {
		return err
	}
	return l.Draw(r, Figure{"continuous-rates", "Spikes and merged rates of some seconds of a recording without trials", f})
}

// row adds what is decoded from a method's merged rates to a table.
func (r *recording) row(ctx context.Context, name string, rates *dataset.Array, t *mergedTable) error {
	row, score := Row{Name: name}, metric.ByTrial(nil)
	if r.behavior != nil {
		var err error
		if score, err = r.decode(ctx, rates, t.asked, &row); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	t.Rows, t.scores = append(t.Rows, row), append(t.scores, score)
	return nil
}

// beyondMethods adds smoothed spikes of the whole recording and, where they are known, what
// true rates give: a bound.
func (r *recording) beyondMethods(ctx context.Context, t *mergedTable) error {
	if r.behavior == nil {
		return nil
	}
	smoothed, err := r.smooth(ctx)
	if err != nil {
		return err
	}
	if err := r.row(ctx, smoothing, smoothed, t); err != nil {
		return err
	}
	truth, err := r.whole(func(s *dataset.Split) *dataset.Array { return s.Truth })
	if err != nil || truth == nil {
		return err
	}
	return r.row(ctx, knownRates, truth, t)
}

// subspaces finds the subspaces of what belongs together of behaviour in the factors of each
// method, and draws those of the population.
func (l *Lab) subspaces(ctx context.Context, s *methods, r *Result) error {
	t, scores := Table{Panel: "2e", Columns: besideColumns("mean R2")}, []metric.ByTrial(nil)
	drawn := &report.Subspaces{
		Title: "Where behaviour is in the factors", Subtitle: "validation windows in the directions from which behaviour is read; a dot is where one begins",
		Colouring: report.ColouringOf(s.Dataset, s.Dataset.Valid),
	}
	for i, name := range s.names {
		all, err := evaluate.Readouts(ctx, s.Dataset, &s.Candidates[i])
		if err != nil {
			return err
		}
		row := Row{Name: name}
		for _, of := range all {
			if i == 0 {
				t.Columns = append(t.Columns, Column{readoutKey(of.Name), of.Name, 3})
				drawn.Spaces = append(drawn.Spaces, report.Subspace{Name: of.Name, Note: fmt.Sprintf("R\u00B2 %.2f", of.R2), Points: of.Valid})
			}
			row.set(readoutKey(of.Name), of.R2)
		}
		t.Rows, scores = append(t.Rows, row), append(scores, readoutsScore(s.Dataset, all, len(outputsOf(&t))))
	}
	setBeside(t.Rows, scores)
	r.Tables = append(r.Tables, t)
	if len(drawn.Spaces) == 0 {
		return nil
	}
	return l.Draw(r, Figure{"continuous-subspaces", "Subspaces of velocity, position and target in the population's factors, windows coloured by the direction of movement", drawn})
}

// readoutKey is the key of the subspace of outputs that are called so.
func readoutKey(name string) string { return outputPrefix + name }

// readoutsScore is the mean R2 of as many subspaces as there are to be, by blocks of time;
// nil if one is missing.
func readoutsScore(d *dataset.Dataset, all []evaluate.Readout, of int) metric.ByTrial {
	if len(all) == 0 || len(all) != of {
		return nil
	}
	var mean meanScore
	for _, r := range all {
		mean = append(mean, r.Score)
	}
	var starts []int
	for _, start := range d.Valid.Starts {
		starts = append(starts, int(start))
	}
	return newInBlocks(mean, starts, blockBins(d))
}

func continuousDraw(r *Result) []Figure {
	return outputsFigure(r.table("2c, d"), "continuous", "Decoded from the merged rates of a recording without trials", "bins of the recording that no training window has")
}

// outputsFigure is a figure of how well each method decodes each output of a table, in what
// is scored.
func outputsFigure(t *Table, name, title, scored string) []Figure {
	f := &report.ScoreDots{Title: title, Subtitle: scored}
	for _, row := range t.Rows {
		if row.Name != knownRates {
			f.Methods = append(f.Methods, row.Name)
		}
	}
	for _, c := range outputsOf(t) {
		score := report.ScoreRow{Name: c.Title, Unit: "R2"}
		for _, row := range t.Rows {
			v, ok := row.Values[c.Key]
			switch {
			case row.Name == knownRates && ok:
				score.Best = &v
			case ok:
				score.Dots = append(score.Dots, &report.Dot{Value: v})
			case row.Name != knownRates:
				score.Dots = append(score.Dots, nil)
			}
		}
		f.Rows = append(f.Rows, score)
	}
	if len(f.Rows) == 0 {
		return nil
	}
	return []Figure{{name, title + ", output by output, of all methods", f}}
}

// outputsOf are the columns of a table that are scores of outputs.
func outputsOf(t *Table) (all []Column) {
	for _, c := range t.Columns {
		if strings.HasPrefix(c.Key, outputPrefix) {
			all = append(all, c)
		}
	}
	return all
}

// velocities are those outputs that are velocities; all, if none is called so.
func velocities(all []Column) (some []Column) {
	for _, c := range all {
		if strings.Contains(c.Title, "vel") {
			some = append(some, c)
		}
	}
	if some == nil {
		return all
	}
	return some
}

// methodsAlone is a table without the true rates, which are no method but a bound.
func methodsAlone(t *Table) *Table {
	some := &Table{Panel: t.Panel, Columns: t.Columns}
	for _, row := range t.Rows {
		if row.Name != knownRates {
			some.Rows = append(some.Rows, row)
		}
	}
	return some
}

// boundText says what true rates give of some columns; "": it is not known.
func boundText(t *Table, columns []Column) string {
	var words []string
	for _, row := range t.Rows {
		for _, c := range columns {
			if v, ok := row.Values[c.Key]; ok && row.Name == knownRates {
				words = append(words, fmt.Sprintf("%s %s", c.Title, num(v, 3)))
			}
		}
	}
	if len(words) == 0 {
		return ""
	}
	return " True rates give " + strings.Join(words, ", ") + ", for comparison."
}

func continuousFound(r *Result) []Finding {
	t := r.table("2c, d")
	velocity := velocities(outputsOf(t))
	decoded := eachFinding("2c, d", "R2 of what is decoded from merged rates, in bins of no training window", methodsAlone(t), velocity)
	decoded.Text += boundText(t, velocity)
	of := r.table("2e")
	found := withChoice(decoded, eachFinding("2e", "R2 of what is read out of factors, on validation windows", of, outputsOf(of)))
	if decoded.Verdict != notMeasured {
		found[0].Text += fmt.Sprintf(" Intervals are by draws of blocks of %g s.", blockSeconds)
	}
	return found
}
