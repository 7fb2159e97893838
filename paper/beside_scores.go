package paper

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/evaluate"
)

// methods is what methods are worth beside each other: the first is the population.
type methods struct {
	*autolfads.Evaluated
	names []string // as Candidates
}

// gpfa is GPFA with as many latents as cross-validation chooses.
func gpfa(l *Lab) baseline.GPFA { return baseline.GPFA{Latents: scaled(l.Scale, 2, 0, 0)} }

// stand sets the runs of such a plan, and GPFA, beside each other; smoothing comes
// with every score.
func (l *Lab) stand(ctx context.Context, p *Plan) (*methods, error) {
	s := p.Sets[0]
	older, err := l.Baseline(ctx, s, "gpfa", gpfa(l))
	if err != nil {
		return nil, err
	}
	e, err := l.Evaluate(ctx, s, p.Runs[0].Folder(), p.Runs[1].Folder(), older)
	return &methods{e, []string{autoLFADS, randomSearch, gpfaMethod}}, err
}

// standAlone scores one run beside smoothing alone.
func (l *Lab) standAlone(ctx context.Context, r *Run) (*methods, error) {
	e, err := l.Evaluate(ctx, r.Set, r.Folder())
	return &methods{e, []string{autoLFADS}}, err
}

// Keys of a score of methods, in rows.
const (
	scoreKey = "score"
	lessKey  = "less"      // the population's less this one's
	lowKey   = "less_low"  // its interval, by draws of validation trials, or of blocks of time
	highKey  = "less_high" // likewise
)

// columns are those of a score called so; outputs have a column each.
func (s *methods) columns(score, title string) []Column {
	all := besideColumns(title)
	if of := s.Score(score); of != nil {
		for i := range of.PerOutput {
			all = append(all, Column{outputKey(i), outputName(of, i), 3})
		}
	}
	return all
}

// outputKey is the key of one output's score.
func outputKey(i int) string { return fmt.Sprintf("%s%d", outputPrefix, i) }

// outputPrefix begins the keys of outputs' scores.
const outputPrefix = "output_"

// outputName is what an output is called.
func outputName(s *evaluate.Score, i int) string {
	if i < len(s.Outputs) {
		return s.Outputs[i]
	}
	return fmt.Sprintf("output %d", i)
}

// rows are all methods by a score: the population, those beside it, and smoothing.
func (s *methods) rows(score string) []Row {
	of := s.Score(score)
	if of == nil {
		return nil
	}
	first := Row{Name: s.names[0]}
	first.set(scoreKey, of.Value)
	first.outputs(of.PerOutput)
	rows := []Row{first}
	for i := range of.Rivals {
		rival := &of.Rivals[i]
		row := Row{Name: rival.Name}
		if i+1 < len(s.names) {
			row.Name = s.names[i+1]
		}
		row.rival(of, rival)
		rows = append(rows, row)
	}
	return rows
}

// rival gives a row the score of a method beside the population.
func (r *Row) rival(of *evaluate.Score, rival *evaluate.Rival) {
	if rival.Value == nil {
		return
	}
	r.set(scoreKey, *rival.Value)
	r.set(lessKey, of.Value-*rival.Value)
	if d := rival.Difference; d != nil {
		r.set(lowKey, d.Low)
		r.set(highKey, d.High)
	}
	r.outputs(rival.PerOutput)
}

// outputs gives a row the scores of outputs.
func (r *Row) outputs(all []*float64) {
	for i, v := range all {
		if v != nil {
			r.set(outputKey(i), *v)
		}
	}
}

// besideFinding is that of a claim that the population, the first row, is better than each
// method beside it: it holds where the interval of each difference is above 0, does not where
// a method is as good or better, and is undecided between.
func besideFinding(panel, what string, rows []Row) Finding {
	if len(rows) < 2 {
		return Finding{panel, notMeasured, "There are no scores of " + what + "."}
	}
	f := Finding{panel, Holds, fmt.Sprintf("%s: %s %s", sentence(what), rows[0].Name, num(rows[0].number(scoreKey), 3))}
	for _, row := range rows[1:] {
		less, low := row.number(lessKey), row.number(lowKey)
		f.Text += fmt.Sprintf(", %s %s", row.Name, cmp.Or(num(row.number(scoreKey), 3), "none"))
		if low == low {
			f.Text += fmt.Sprintf(" (AutoLFADS less this: %s, %s to %s)", num(less, 3), num(low, 3), num(row.number(highKey), 3))
		}
		switch {
		case less <= 0:
			f.Verdict = HoldsNot
		case !(low > 0) && f.Verdict == Holds:
			f.Verdict = Undecided
		}
	}
	f.Text += "."
	return f
}

// eachFinding is that of a claim that the population, the first row, is better than each
// method beside it at several quantities, the columns. It holds where it is better at all of
// them and the interval of each difference of the means is above 0. It does not where a
// method is as good on average, or better beyond its interval. It is undecided between, and
// so where there is no interval.
func eachFinding(panel, what string, t *Table, columns []Column) Finding {
	if len(t.Rows) < 2 || len(columns) == 0 {
		return Finding{panel, notMeasured, "There are no scores of " + what + "."}
	}
	f := Finding{panel, Holds, sentence(what) + ", " + valuesText(t, columns) + "."}
	intervals := 0
	for _, row := range t.Rows[1:] {
		better, of, mean := t.Rows[0].less(&row, columns)
		low, high := row.number(lowKey), row.number(highKey)
		if of > 0 {
			f.Text += fmt.Sprintf(" AutoLFADS less %s: %s on average", row.Name, num(mean, 3))
			if low == low {
				intervals++
				f.Text += fmt.Sprintf(" (%s to %s)", num(low, 3), num(high, 3))
			}
			f.Text += fmt.Sprintf(", better in %d of %d.", better, of)
		}
		switch {
		case mean <= 0, row.number(lessKey) <= 0, high < 0:
			f.Verdict = HoldsNot
		case (better < len(columns) || !(low > 0)) && f.Verdict == Holds:
			f.Verdict = Undecided
		}
	}
	if intervals == 0 {
		f.Text += " These means have no intervals, so it cannot be shown by them."
	}
	return f
}

// weaker is the verdict of a claim that two rules must both find to hold.
func weaker(a, b Verdict) Verdict {
	for _, v := range []Verdict{notMeasured, HoldsNot, Undecided} {
		if a == v || b == v {
			return v
		}
	}
	return Holds
}

// less compares a row with another one: in how many of the quantities that both have it is
// better, of how many, and by how much on average; NaN of none.
func (r *Row) less(other *Row, columns []Column) (better, of int, mean float64) {
	for _, c := range columns {
		d := r.number(c.Key) - other.number(c.Key)
		if d != d {
			continue
		}
		mean, of = mean+d, of+1
		if d > 0 {
			better++
		}
	}
	return better, of, mean / float64(of)
}

// mostListed is how many quantities a sentence lists; of more it has means alone.
const mostListed = 6

// valuesText lists quantities of all rows.
func valuesText(t *Table, columns []Column) string {
	var parts []string
	for _, row := range t.Rows {
		var numbers []float64
		var words []string
		for _, c := range columns {
			words = append(words, cmp.Or(num(row.number(c.Key), 3), "none"))
			if v, ok := row.Values[c.Key]; ok {
				numbers = append(numbers, v)
			}
		}
		if len(columns) > mostListed {
			words = []string{meanText(numbers)}
		}
		parts = append(parts, row.Name+" "+strings.Join(words, ", "))
	}
	var titles []string
	for _, c := range columns {
		titles = append(titles, c.Title)
	}
	if len(columns) > mostListed {
		titles = []string{fmt.Sprintf("mean of %d (least to most)", len(columns))}
	}
	return strings.Join(titles, ", ") + ": " + strings.Join(parts, "; ")
}

// number is a quantity of a row; NaN: it has none.
func (r *Row) number(key string) float64 {
	if v, ok := r.Values[key]; ok {
		return v
	}
	return math.NaN()
}
