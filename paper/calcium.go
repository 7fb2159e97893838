package paper

import (
	"cmp"
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/report"
)

// calciumPanel is the tutorial's sample of calcium imaging, which the paper has no panel of.
const calciumPanel = "Tutorial, calcium"

// calcium is the tutorial's sample of calcium imaging: states of the Lorenz system in the
// factors of deconvolved events.
var calcium = Experiment{
	Name:   "calcium",
	Shows:  "states of the Lorenz system from factors, inferred of deconvolved calcium events under a zero-inflated gamma likelihood",
	Panels: []Panel{{calciumPanel, "States of the system that drives the neurons are found better in the factors that a population infers of calcium events than in events smoothed to suit."}},
	Data:   "deconvolved calcium events of neurons driven by the Lorenz system",
	Recording: "none is public; of your own, `autolfads prepare imaging.nwb --out imaging.h5 --signal events --signal-kind calcium --behavior ...` makes " +
		"trials, whose behaviour takes the place of states",
	Gives: true,
	Wants: "deconvolved events of which true states, or behaviour, are known",
	Plan:  calciumPlan,
	Judge: tutorialJudge(calciumPanel, evaluate.NameLatents, evaluate.NameBehavior),
	Draw:  calciumDraw,
	Found: calciumFound,
}

func calciumPlan(l *Lab) (*Plan, error) {
	threshold := 0. // of a given file it is not known
	s, err := l.givenOr(func() (s *Set, err error) {
		s, threshold, err = l.calcium()
		return s, err
	}, hasStates)
	if err != nil {
		return nil, err
	}
	return tutorialPlan(s, tutorialSettings(l, "model.likelihood=zero_inflated_gamma", fmt.Sprintf("model.zig_location=%g", threshold), "model.inferred_inputs=1")), nil
}

// hasStates is an error of data that know neither states nor behaviour.
func hasStates(d *dataset.Dataset) error {
	if d.Train.Latents != nil && d.Valid.Latents != nil || hasBehavior(d) == nil {
		return nil
	}
	return fmt.Errorf("%s has neither true states nor behaviour, one of which is to be found in factors", d.Name)
}

func calciumDraw(r *Result) []Figure {
	t := r.table(calciumPanel)
	if len(t.Rows) == 0 || len(t.Columns) == 0 {
		return nil
	}
	f := &report.ScoreDots{Title: "What factors of calcium events know", Subtitle: "validation trials"}
	score := report.ScoreRow{Name: t.Columns[0].Title, Unit: "R2"}
	for _, row := range t.Rows {
		f.Methods = append(f.Methods, row.Name)
		if v, ok := row.Values[scoreKey]; ok {
			score.Dots = append(score.Dots, &report.Dot{Value: v})
			continue
		}
		score.Dots = append(score.Dots, nil) // it has no score, which is not 0
	}
	f.Rows = []report.ScoreRow{score}
	return []Figure{{"calcium", "How well states of the system, or behaviour, are found in factors and in smoothed events", f}}
}

func calciumFound(r *Result) []Finding {
	t := r.table(calciumPanel)
	what := "R2"
	if len(t.Columns) > 0 {
		what = cmp.Or(t.Columns[0].Title, what) // of states, or of behaviour in their place
	}
	f := besideFinding(calciumPanel, what, t.Rows)
	f.Text += meansOf(r, calciumPanel)
	return withChoice(f)
}
