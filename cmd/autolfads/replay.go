package main

import (
	"context"
	"path/filepath"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/prepare"
)

type replayCmd struct {
	From      string  `arg:"" name:"run" help:"Folder of a run that has a model, also of one that was stopped." type:"path"`
	Out       string  `help:"Run folder to make." required:"" type:"path"`
	AllTrials bool    `help:"Train on the validation trials, too. Then nothing is left that says how good the model is: there is no validation score."`
	Seeds     int     `help:"Models to train side by side, each from parameters of its own; all are kept, the one with the best validation score is the run's (with --all-trials the first)." default:"1" placeholder:"N"`
	Seed      *uint64 `help:"Seed; without it, the run's and 1, so that the model begins with other parameters." placeholder:"S"`
	Data      string  `help:"Train on another data file, of which the neurons, trials and bins may be others. Without it, the run's." type:"path" placeholder:"FILE"`
	dataFlags
	resourceFlags
	siteFlags
	dashboardFlags
}

// Help is shown by autolfads replay --help.
func (replayCmd) Help() string {
	return `A search finds a schedule of hyper-parameters: those of the model it chose, and of its ancestors before. This trains a model by that
schedule alone, from fresh parameters, each part for as many optimiser steps as in the search, rounded to whole epochs: on training
and validation trials together once the choice is made, with other seeds to see how much is luck, or on another recording. It takes
about as long as one member of the search.

What it makes is a run: OUT/run.yaml has the whole schedule, "autolfads resume OUT" goes on when it was stopped, and status, infer
and evaluate take it. RUN is not needed any more, but for the data file if that lies in it; of its checkpoints none is read.
With --seeds, OUT/models holds all models, of which "autolfads infer" takes any, and with --ensemble the mean of several: where trials
are few, better rates than any of them has.

Examples:
  autolfads replay results --out again
  autolfads replay results --out final --all-trials
  autolfads replay results --out seeds --seeds 5
  autolfads replay results --out best --seeds 3 --all-trials
  autolfads replay results --out next --data next_day.h5`
}

func (c *replayCmd) Run(ctx context.Context) error {
	p := newProgress(c.Out, c.JSON)
	defer context.AfterFunc(ctx, p.stopping)()
	page := c.beside(c.Out, p.note)
	defer page.close()
	return c.on(ctx, c.Out, &c.resourceFlags, p, func(ctx context.Context, r autolfads.Resources) error {
		outcome, err := autolfads.StartReplay(ctx, autolfads.ReplayJob{
			Run: c.From, Out: c.Out, Data: c.Data, File: c.dataConfig(), AllTrials: c.AllTrials, Seeds: c.Seeds, Seed: c.Seed,
			Resources: page.follow(r),
		})
		if err != nil {
			return err
		}
		return show(outcome, c.Out, time.Since(p.began), c.JSON)
	})
}

// ensemble is the command for the mean over the models that a run keeps; "": it keeps none or
// one.
func ensemble(dir, data string) string {
	models, err := filepath.Glob(filepath.Join(dir, "models", "*.safetensors"))
	if err != nil || len(models) < 2 {
		return ""
	}
	words := []string{"autolfads", "infer", prepare.Typed(models[0]), data, "--out", "mean.h5"}
	for _, m := range models[1:] {
		words = append(words, "--ensemble", prepare.Typed(m))
	}
	return prepare.Command(words...)
}
