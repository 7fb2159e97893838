package paper

import (
	"context"
	"slices"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/metric"
)

// musclesPanel is the tutorial's sample of muscles, which the paper has no panel of.
const musclesPanel = "Tutorial, muscles"

// emg is the tutorial's sample of muscle activity: what moves the joints is in envelopes of
// single trials.
var emg = Experiment{
	Name:      "emg",
	Shows:     "joint accelerations from the envelopes of muscles, inferred of single trials under a gamma likelihood",
	Panels:    []Panel{{musclesPanel, "Accelerations of joints are decoded better from envelopes that a population infers of muscle activity than from activity smoothed to suit."}},
	Data:      "muscles of a stepping limb that move three joints",
	Recording: "none is public; of your own, `autolfads prepare muscles.mat --out muscles.h5 --signal emg --signal-kind emg --scale quantile --behavior ...` makes trials",
	Gives:     true,
	Wants:     "muscle activity above 0, with accelerations of joints as behaviour",
	Plan:      emgPlan,
	Judge:     emgJudge,
	Draw: func(r *Result) []Figure {
		return outputsFigure(r.table(musclesPanel), "emg", "Decoded from envelopes of muscles", "validation trials")
	},
	Found: emgFound,
}

func emgPlan(l *Lab) (*Plan, error) {
	s, err := l.givenOr(l.emg, hasBehavior)
	if err != nil {
		return nil, err
	}
	return tutorialPlan(s, tutorialSettings(l, "model.likelihood=gamma", "model.inferred_inputs=2")), nil
}

// emgJudge sets the population beside smoothing by accelerations alone: smoothing is of the
// width that suits these, and intervals are of their mean.
func emgJudge(ctx context.Context, l *Lab, p *Plan, r *Result) error {
	s, err := l.standAlone(ctx, p.Runs[0])
	if err != nil {
		return err
	}
	c, err := p.Runs[0].configuration()
	if err != nil {
		return err
	}
	likelihood, err := c.Model.NewLikelihood()
	if err != nil {
		return err
	}
	d := s.Dataset
	options := evaluate.Options{Likelihood: likelihood, Smoothing: true, Resampling: metric.DefaultResampling(d.Valid.Condition)}
	options.Resampling.Draws = intervalDraws
	report, err := evaluate.Scores(ctx, accelerationsAlone(d), s.Candidates[0], nil, options)
	if err != nil {
		return err
	}
	of := &methods{&autolfads.Evaluated{Report: report}, s.names}
	if rows := of.rows(evaluate.NameBehavior); rows != nil {
		r.Tables = append(r.Tables, Table{Panel: musclesPanel, Columns: of.columns(evaluate.NameBehavior, "R2, mean of these"), Rows: rows})
	}
	s.meansTable(musclesPanel, r)
	return nil
}

// accelerationsAlone is a set whose behaviour is that of its outputs that are accelerations;
// all, if none is called so.
func accelerationsAlone(d *dataset.Dataset) *dataset.Dataset {
	t := &Table{}
	for i, q := range d.Outputs {
		t.Columns = append(t.Columns, Column{Key: outputKey(i), Title: q.Name})
	}
	asked := accelerations(t)
	var outputs []int
	some, train, valid := *d, *d.Train, *d.Valid
	some.Outputs = nil
	for i, c := range t.Columns {
		if slices.Contains(asked, c) {
			outputs, some.Outputs = append(outputs, i), append(some.Outputs, d.Outputs[i])
		}
	}
	if len(outputs) == 0 {
		return d // nobody knows what its outputs are called
	}
	train.Behavior, valid.Behavior = d.Train.Behavior.Columns(outputs), d.Valid.Behavior.Columns(outputs)
	some.Train, some.Valid = &train, &valid
	return &some
}

func emgFound(r *Result) []Finding {
	t := r.table(musclesPanel)
	f := eachFinding(musclesPanel, "R2 of each acceleration, on validation trials", t, accelerations(t))
	f.Text += meansOf(r, musclesPanel)
	return withChoice(f)
}
