package autolfads

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/outputs"
	"github.com/autolfads/autolfads/run"
)

// unjudged is what is said of a model when no trial is left that it has not seen.
const unjudged = "The model was trained on all training and validation trials, and the file has no test trials with all neurons: " +
	"nothing is left that would say how well it predicts trials it has not seen. What its schedule is worth, the scores of the run it comes from say."

// judgedByTest is what is said of scores of test trials.
const judgedByTest = "The model was trained on the validation trials, too: there is no validation score, and all scores are of test trials. " +
	"They must not be used for choosing a model or its settings."

// judged returns the trials that a model is judged by, in the place of the validation
// trials, and what was inferred of them; nil: there are none that it has not seen.
func (o *Outcome) judged() (*dataset.Dataset, *lfads.Posterior) {
	if o.AllTrials {
		return o.Dataset.JudgedByTest(), o.Result.Test
	}
	return o.Dataset, o.Result.Valid
}

// chosenBy is the loss by which the model was chosen; nil: by none.
func (o *Outcome) chosenBy() *float64 {
	if o.AllTrials {
		return nil
	}
	loss := o.Best.Final()
	return &loss
}

// sayAllTrials says what scores are of, if not of validation trials.
func (o *Outcome) sayAllTrials() []string {
	if o.AllTrials {
		return []string{judgedByTest}
	}
	return nil
}

// trainedOnAll reports whether a data file is the one of whose training and validation
// trials a run's models were trained.
func trainedOnAll(h *run.Header, path string) bool {
	if !ofAllTrials(h) {
		return false
	}
	sum, err := checkpoint.SHA256(path)
	return err == nil && sum == h.Data.SHA256
}

// judgeByTest has the files judged by test trials if the model of some was trained on the
// validation trials.
func (o *Evaluated) judgeByTest(s *sources, nlb bool) error {
	i := slices.IndexFunc(o.rates, func(f *outputs.File) bool { return f.AllTrials })
	if i < 0 {
		return nil
	}
	why := fmt.Sprintf("the model of %s was trained on the validation trials, too", o.Files[i].Path)
	if nlb {
		return fmt.Errorf("%s: with --nlb give the benchmark's targets of its test split, --targets", why)
	}
	if o.Dataset = o.Dataset.JudgedByTest(); o.Dataset == nil {
		return fmt.Errorf("%s, and %s has no test trials with all neurons: nothing is left to score it by", why, s.data)
	}
	for i, f := range o.rates {
		if f.Test == nil {
			return fmt.Errorf("%s, and %s has no rates of test trials", why, o.Files[i].Path)
		}
		o.Candidates[i].Valid = inferred(f.Test)
	}
	s.score, o.byTest = nil, []string{judgedByTest}
	return nil
}
