package runs

import (
	"errors"
	"fmt"
	"strings"

	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/report"
)

// Figure is the scores of the runs with their intervals, a row a score. It shows the runs
// of one data file, that of the first with scores, and as many of these as are told apart:
// its subtitle says what is left out. Without scores it is an error.
func (c *Comparison) Figure() (*report.ScoreDots, error) {
	shown, left := c.shown()
	if len(shown) == 0 {
		return nil, errors.New("no run has scores yet: there is nothing to draw")
	}
	f := &report.ScoreDots{
		Title:    fmt.Sprintf("Scores of %s on %s", counted(len(shown), "run"), shown[0].Data),
		Subtitle: "bars: intervals by bootstrap over trials",
	}
	if left != "" {
		f.Subtitle += "; left out: " + left
	}
	for _, r := range shown {
		f.Methods = append(f.Methods, r.Name)
	}
	for _, name := range c.Scores {
		if row := rowOf(name, shown); row != nil {
			f.Rows = append(f.Rows, *row)
		}
	}
	return f, nil
}

// shown are the runs that a figure shows, and why others are not there.
func (c *Comparison) shown() (shown []*Run, left string) {
	var unscored, others, more int
	for i := range c.Runs {
		switch r := &c.Runs[i]; {
		case len(r.Scores) == 0:
			unscored++
		case len(shown) > 0 && r.SHA256 != shown[0].SHA256:
			others++
		case len(shown) == report.MostMethods:
			more++
		default:
			shown = append(shown, r)
		}
	}
	var why []string
	for _, w := range []struct {
		n    int
		text string
	}{{unscored, "without scores"}, {others, "of other data"}, {more, fmt.Sprintf("beyond the %d that are told apart", report.MostMethods)}} {
		if w.n > 0 {
			why = append(why, fmt.Sprintf("%s %s", counted(w.n, "run"), w.text))
		}
	}
	return shown, strings.Join(why, ", ")
}

// rowOf is one score of all runs; nil if none of them has it.
func rowOf(name Name, of []*Run) *report.ScoreRow {
	row := &report.ScoreRow{Name: name.Name, Unit: name.Unit}
	some := false
	for _, r := range of {
		dot := dotOf(r.Score(name.Name))
		if name.Name == evaluate.NameNLL && r.likelihood() != of[0].likelihood() {
			dot = nil // it does not compare
		}
		some = some || dot != nil
		row.Dots = append(row.Dots, dot)
	}
	if !some {
		return nil
	}
	for _, r := range of {
		if s := r.Score(name.Name); s != nil && s.Best != nil && row.Best == nil {
			row.Best = s.Best // of the data, the same for all
		}
	}
	return row
}

func dotOf(s *evaluate.Score) *report.Dot {
	if s == nil {
		return nil
	}
	return &report.Dot{Value: s.Value, Interval: interval(s)}
}

// counted is a number of things in words.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
