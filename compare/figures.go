package compare

import (
	"cmp"
	"context"
	"slices"

	"github.com/autolfads/autolfads/report"
)

// Draw draws what tells models apart against what does not, into a folder, as files of
// a format (report.Formats): the chosen model by name, and of those that its score does
// not show to be worse the highest; the others in grey. drawn are the files' names;
// undrawn says why one is not there.
func (o *Comparison) Draw(ctx context.Context, dir, format string) (drawn, undrawn []string, err error) {
	figures := map[string]*report.ScoreScatter{}
	for _, y := range o.yardsticks() {
		if f := o.scatter(&y); f != nil {
			figures[y.name] = f
		}
	}
	return report.DrawScatters(ctx, dir, format, figures)
}

// scatter is a figure of models by their score and a yardstick; nil unless two have
// both.
func (o *Comparison) scatter(y *yardstick) *report.ScoreScatter {
	f := &report.ScoreScatter{Title: "The models of a search", Subtitle: "validation trials; named: the chosen model, and the highest of those not shown to be worse", X: "validation score (lower is better)", Y: y.axis}
	if s := o.Models[0].Scored(o.measure()); s != nil {
		f.X = s.Name + ", " + s.Unit
	}
	var all []*Model
	for i := range o.Models {
		all = append(all, &o.Models[i])
	}
	best := highest(o.equals(), y.of)
	slices.SortStableFunc(all, func(a, b *Model) int { return cmp.Compare(rank(a), rank(b)) })
	for _, m := range all {
		if y.of(m) != nil {
			name := m.Name
			if m.Best {
				name += " (chosen)"
			}
			f.Points = append(f.Points, report.ScorePoint{Name: name, Member: m != best && !m.Best, X: report.Dot{Value: o.across(m)}, Y: report.Dot{Value: *y.of(m)}})
		}
	}
	if len(f.Points) < 2 {
		return nil
	}
	return f
}

// rank puts the chosen model first: its look is the same in all figures.
func rank(m *Model) int {
	if m.Best {
		return 0
	}
	return 1
}

// across is the score by which models are held to be equal.
func (o *Comparison) across(m *Model) float64 {
	if s := m.Scored(o.measure()); s != nil {
		return s.Value
	}
	return float64(m.Score)
}
