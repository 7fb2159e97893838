package paper

import (
	"context"
	"fmt"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/evaluate"
)

// tutorialSettings are those of a population on data that are no spikes: of 4 members of
// 32 units and 185 epochs in quick.
func tutorialSettings(l *Lab, own ...string) []string {
	if l.Scale == Full {
		return own
	}
	all := append(own, sized(scaled(l.Scale, 4, 32, 0))...)
	all = append(all, ramped(scaled(l.Scale, 1, 20, 0))...)
	return append(all, fmt.Sprintf("pbt.members=%d", scaled(l.Scale, 2, 4, 0)),
		fmt.Sprintf("pbt.first_generation_epochs=%d", scaled(l.Scale, 2, 60, 0)), fmt.Sprintf("pbt.epochs_per_generation=%d", scaled(l.Scale, 1, 25, 0)),
		fmt.Sprintf("pbt.max_generations=%d", scaled(l.Scale, 2, 6, 0)), "pbt.stop_errors=0")
}

// tutorialPlan is one population on a set.
func tutorialPlan(s *Set, settings []string) *Plan {
	return &Plan{Seeds: []uint64{besideSeed}, Sets: []*Set{s}, Runs: []*Run{{Label: "population", Set: s, Search: autolfads.PBT, Seed: besideSeed, Settings: settings}}}
}

// tutorialJudge sets a population beside smoothing by the first of some scores that it has.
func tutorialJudge(panel string, scores ...string) func(ctx context.Context, l *Lab, p *Plan, r *Result) error {
	return func(ctx context.Context, l *Lab, p *Plan, r *Result) error {
		s, err := l.standAlone(ctx, p.Runs[0])
		if err != nil {
			return err
		}
		for _, score := range scores {
			if rows := s.rows(score); rows != nil {
				r.Tables = append(r.Tables, Table{Panel: panel, Columns: s.columns(score, score+", R2"), Rows: rows})
				break
			}
		}
		s.meansTable(panel, r)
		return nil
	}
}

// meansTable adds how near means are to the true ones, where these are known.
func (s *methods) meansTable(panel string, r *Result) {
	if truth := s.rows(evaluate.NameTruth); truth != nil {
		r.Tables = append(r.Tables, Table{Panel: panel + ", means", Columns: s.columns(evaluate.NameTruth, "true means R2"), Rows: truth})
	}
}

// accelerations are those outputs of a table that are accelerations; all, if none is called
// so.
func accelerations(t *Table) (some []Column) {
	for _, c := range outputsOf(t) {
		if strings.Contains(c.Title, "acceleration") {
			some = append(some, c)
		}
	}
	if some == nil {
		return outputsOf(t)
	}
	return some
}

// meansOf says how near the means are to the true ones; "": it is not known.
func meansOf(r *Result, panel string) string {
	t := r.table(panel + ", means")
	if len(t.Rows) < 2 {
		return ""
	}
	return " " + besideFinding(panel, "R2 of true means", t.Rows).Text
}
