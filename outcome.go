package autolfads

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/choose"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/report"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/work"
)

// Outcome is what a run came to.
type Outcome struct {
	Reason      string           `json:"reason"`                         // why the search ended
	Best        run.Best         `json:"best"`                           // the chosen model
	Choice      []string         `json:"final_choice,omitempty"`         // among which models it was chosen, in sentences; nil: it is the search's best
	AllTrials   bool             `json:"all_trials,omitempty"`           // it was trained on the validation trials, too: scores are of test trials
	Diverged    int              `json:"diverged"`                       // how often a member ended a generation without a score
	Oracle      *float64         `json:"oracle,omitempty"`               // negative log likelihood of the true rates; nil: unknown
	Warnings    []string         `json:"warnings,omitempty"`             // what of the data is hardly meant
	Overfitting string           `json:"identity_overfitting,omitempty"` // a sentence, if the model is judged to be overfitted to the identity
	TruthDoubt  string           `json:"truth_doubt,omitempty"`          // why the true rates cannot be those of the data
	Improving   string           `json:"still_improving,omitempty"`      // a sentence, if the search was still getting better when it ended; in InWords, too
	Worsening   string           `json:"worsening,omitempty"`            // a sentence, if its best score was getting worse; in InWords, too
	Scores      []evaluate.Score `json:"scores"`
	Skipped     []string         `json:"skipped_scores,omitempty"`  // why a score is not there
	InWords     []string         `json:"in_words,omitempty"`        // what the scores say: how well the model fits
	Undrawn     []string         `json:"skipped_figures,omitempty"` // why a figure is not there
	Output      string           `json:"output"`                    // file with the rates, in the run folder
	Figures     []string         `json:"figures,omitempty"`         // in the run folder
	Report      string           `json:"report"`                    // the page of the run, in its folder

	scored evaluate.Report // beside the scores, what figures show of them

	Dataset *dataset.Dataset `json:"-"`
	Result  *infer.Result    `json:"-"`
}

// finish makes what a run is for out of its best model: rates in outputs/, then
// scores and figures of them. The rates are on disk before anything is made of
// them, and what cannot be scored or drawn is said in a sentence: it never
// costs the rest. Nothing here depends on when or where the run ran.
func finish(ctx context.Context, f *run.Folder, c Config, d *dataset.Dataset, ending run.Ending, r Resources) (*Outcome, error) {
	o := &Outcome{Reason: ending.Reason, Best: ending.Best, Diverged: ending.Diverged, AllTrials: ofAllTrials(&f.Header), Dataset: d, Output: filepath.Join("outputs", d.Name+".h5"), Report: reportName}
	o.Warnings = c.Warnings(d)
	err := f.Finish(func() error {
		for _, stage := range []struct {
			doing string
			do    func() error
		}{
			{"keeping the models", func() error { return keepModels(f) }},
			{"choosing among the search's best models", func() error { return o.choose(ctx, f, &c, ending.Final, &r) }},
			{"inferring rates", func() error { return o.infer(ctx, f, &c, &r) }},
			{"scoring; the rates are in " + o.Output, func() error { return o.score(ctx, c.Model.Likelihood, r.Observer.Scored) }},
			{"drawing figures; the rates are in " + o.Output, func() error { return o.draw(ctx, f, &c, &ending, &r) }},
			{"keeping trials for the report; the rates are in " + o.Output, func() error { return o.keep(ctx, f) }},
		} {
			err := stage.do()
			if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
				err = context.Cause(ctx) // what the user did, in words
			}
			if err != nil {
				return fmt.Errorf("stopped while %s (%w)", stage.doing, err)
			}
		}
		ending.Best = o.Best // as chosen
		o.Improving, o.Worsening = o.stillImproving(&c, Search(f.Header.Search), &ending), worsening(&ending)
		for _, sentence := range []string{o.Improving, o.Worsening} {
			if sentence != "" {
				o.InWords = append(o.InWords, sentence)
			}
		}
		if err := writeJSON(filepath.Join(f.Dir, "scores.json"), o); err != nil {
			return err
		}
		return o.writeReport(f.Dir)
	})
	if err != nil {
		err = fmt.Errorf("%w; nothing is lost: go on with `autolfads resume %s`", err, f.Dir)
	}
	return o, err
}

// lateEpochs is the last part of a single model's epochs: one whose best epoch lies in
// it would have gone on to improve.
const lateEpochs = .05

// stillImproving says so if training ended by a limit, and not because the score had
// stopped falling. Of a model that copies spikes a better score is not a better model. A
// run folder may move: the sentence does not name it.
func (o *Outcome) stillImproving(c *Config, search Search, ending *run.Ending) string {
	switch epochs := c.Train.MaxEpochs; {
	case o.Overfitting != "":
	case search.Population() && ending.Generations >= c.PBT.MaxGenerations && ending.Gain > 0:
		return fmt.Sprintf("The search ended at its limit of %d generations while the best score was still falling, in the last one by %.2g %%: "+
			"more generations may find a better model (autolfads resume RUN --set pbt.max_generations=%d).",
			c.PBT.MaxGenerations, 100*ending.Gain, 2*c.PBT.MaxGenerations)
	case search == Replay: // its length is not its own choice
	case !search.Population() && float64(ending.Best.Epoch) > (1-lateEpochs)*float64(epochs):
		return fmt.Sprintf("The best epoch, %d, is among the last of at most %d: a longer training may find a better model (--set train.max_epochs=%d).",
			ending.Best.Epoch, epochs, 2*epochs)
	}
	return ""
}

// worsening says so if the best score of a population was getting worse when it ended.
func worsening(ending *run.Ending) string {
	text := ending.Worsening
	if text == "" {
		return ""
	}
	return fmt.Sprintf("%s%s. The model chosen is of generation %d; in a longer first generation (--set pbt.first_generation_epochs) "+
		"members of more dropout, which learn slowly, show what they are worth.", strings.ToUpper(text[:1]), text[1:], ending.Best.Generation)
}

// choose makes the final choice, if there are models to choose among.
func (o *Outcome) choose(ctx context.Context, f *run.Folder, c *Config, among pbt.Final, r *Resources) error {
	choice, err := choose.Final(ctx, &choose.Request{
		Folder: f, Config: c, Data: o.Dataset, Final: among, Engine: r.engine(), Progress: r.Observer.Scored,
	})
	if err != nil || choice == nil {
		return err
	}
	o.Best, o.Choice = choice.Chosen().Best, choose.Words(choice)
	return nil
}

// infer writes the rates.
func (o *Outcome) infer(ctx context.Context, f *run.Folder, c *Config, r *Resources) error {
	state, err := checkpoint.Read(filepath.Join(f.Dir, "best", "checkpoint.safetensors"))
	if err != nil {
		return err
	}
	model, err := work.Restore(c, o.Dataset, state, 0)
	if err != nil {
		return err
	}
	if o.Result, err = infer.Run(ctx, model, o.Dataset, r.inference(c, f.Header.Seed)); err != nil {
		return err
	}
	if err := durable.MkdirAll(filepath.Join(f.Dir, "outputs")); err != nil {
		return err
	}
	return infer.Write(filepath.Join(f.Dir, o.Output), o.Dataset, o.Result, infer.Source{
		Version: Version, Data: f.Header.Data.Called(), Seed: f.Header.Seed,
		Run: o.Best.String(), AllTrials: o.AllTrials,
	})
}

// score fills in what the rates are worth; likelihood is the model's, by name.
func (o *Outcome) score(ctx context.Context, likelihood string, progress func(step string, done, total int)) error {
	d, valid := o.judged()
	if d == nil {
		o.InWords = []string{unjudged}
		return nil
	}
	model := evaluate.Candidate{
		Train: evaluate.Inferred{Rates: o.Result.Train.Rates, Factors: o.Result.Train.Factors},
		Valid: evaluate.Inferred{Rates: valid.Rates, Factors: valid.Factors},
	}
	scored, err := evaluate.Scores(ctx, d, model, nil, evaluate.Options{
		Likelihood: o.Result.Likelihood, Name: likelihood, ModelNLL: o.chosenBy(),
		Smoothing: true, Resampling: metric.DefaultResampling(d.Valid.Condition), Progress: progress,
	})
	o.Scores, o.Skipped, o.Oracle = scored.Scores, scored.Skipped, scored.Oracle
	o.Overfitting, o.TruthDoubt, o.scored = scored.Overfitting, scored.TruthDoubt, scored
	o.InWords = append(o.sayAllTrials(), scored.Words(d)...)
	return err
}

// draw draws the figures.
func (o *Outcome) draw(ctx context.Context, f *run.Folder, c *Config, ending *run.Ending, r *Resources) (err error) {
	if r.NoFigures {
		return nil
	}
	d, valid := o.judged()
	if d == nil {
		return nil
	}
	figures := report.Figures{Dir: f.Dir, Dataset: d, Scores: o.Scores, PSTHKernel: o.scored.PSTHKernel}
	if len(o.scored.Decoded) > 0 {
		figures.Decoded = o.scored.Decoded[0]
	}
	if o.Result.Likelihood.Counts() {
		figures.Rates = valid.Rates
		figures.Continuous = o.Result.MergeRates(o.Dataset)
	} else {
		figures.Means = valid.Rates
	}
	if Search(f.Header.Search).Population() {
		figures.Search = &report.Population{Members: c.PBT.Members, Generations: ending.Generations, Log: map[string]bool{}}
		for key, p := range c.PBT.Space {
			figures.Search.Log[key] = p.Scale == pbt.Log
		}
	}
	o.Figures, o.Undrawn, err = figures.Draw(ctx)
	return err
}
