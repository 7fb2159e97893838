package paper

import "github.com/autolfads/autolfads/evaluate"

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
	Judge:     tutorialJudge(musclesPanel, evaluate.NameBehavior),
	Draw: func(r *Result) []Figure {
		return outputsFigure(r.table(musclesPanel), "emg", "Decoded from envelopes of muscles")
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

func emgFound(r *Result) []Finding {
	t := r.table(musclesPanel)
	f := eachFinding(musclesPanel, "R2 of each acceleration, on validation trials", t, accelerations(t))
	f.Text += meansOf(r, musclesPanel)
	return withChoice(f)
}
