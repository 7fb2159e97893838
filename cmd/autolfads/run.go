package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/alecthomas/kong"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/prepare"
)

type runCmd struct {
	jobFlags
	Out   string        `help:"Run folder to make." required:"" type:"path"`
	Limit time.Duration `name:"time-limit" help:"Make the search as long as fits into this time here, with rates and scores, and no longer than it would be: what fits is measured before, and recorded in run.yaml." placeholder:"15m"`
	Seed  uint64        `help:"Seed: the same seed gives the same bits." default:"0"`
	resourceFlags
	siteFlags
	dashboardFlags
	sourceFlags
}

// Help is shown by autolfads run --help.
func (runCmd) Help() string {
	return `Trains models on the recording's training trials, chooses the one that reconstructs the validation trials best, and
writes the rates of all trials to OUT/outputs. Ctrl-C stops it cleanly; "autolfads resume OUT" goes on, with the same result.

Of a recording that is not binned it makes trials first, as "autolfads prepare" does, in OUT/data. --bin-ms is then the width of
the bins to make (10 ms if not given), and the flags of trials and units say the rest.

Examples:
  autolfads run recording.h5 --out results
  autolfads run session.nwb --out results --align go_cue_time --window=-250..450 --bin-ms 5
  autolfads run indy_20160627_01.mat --out indy --preset reaching,small
  autolfads run recording.h5 --out results --dashboard
  autolfads run recording.h5 --out results --preset small
  autolfads run muscles.h5 --out muscles --preset emg
  autolfads run recording.h5 --out quick --members 8 --set pbt.max_generations=6
  autolfads run recording.h5 --out before-lunch --time-limit 45m
  autolfads run recording.h5 --out paper --search paper
  autolfads run recording.h5 --out single --search fixed --set train.learning_rate=0.01
  autolfads run recording.h5 --out judged --set-aside 10
  autolfads run recording.h5 --out random --search random --members 30
  autolfads run recording.h5 --out random --search random --epochs-budget 26600
  autolfads run recording.h5 --out wide --set 'pbt.space.train.kl_ic_scale={low: 1e-7, high: 1e-2}'
  autolfads run lfads_lorenz.h5 --out lorenz --bin-ms 10 --truth-unit hz
  autolfads run recording.h5 --out results --executor slurm --slurm partition=short,time=2:00:00,mem=2G`
}

func (c *runCmd) Run(ctx context.Context, k *kong.Context) error {
	job, typed, err := c.job(k, &c.sourceFlags)
	if err != nil {
		return err
	}
	p := newProgress(c.Out, c.JSON)
	defer context.AfterFunc(ctx, p.stopping)()
	page := c.beside(c.Out, p.note)
	defer page.close()
	return c.on(ctx, c.Out, &c.resourceFlags, p, func(ctx context.Context, r autolfads.Resources) error {
		job.Out, job.Seed, job.TimeLimit, job.Resources = c.Out, c.Seed, c.Limit, page.follow(r)
		outcome, err := autolfads.Start(ctx, job)
		if err != nil {
			return leaveOut(err, typed)
		}
		return show(outcome, c.Out, time.Since(p.began), c.JSON)
	})
}

type resumeCmd struct {
	Dir  string   `arg:"" help:"Run folder." type:"path"`
	Data string   `help:"The run's data file, if it has moved: its content must be the same." type:"path" placeholder:"FILE"`
	Set  []string `help:"Go on with another pbt.max_generations, pbt.stop_ratio, pbt.stop_errors, pbt.stop_generations or infer.samples. Can be given again." sep:"none" placeholder:"KEY=VALUE" complete:"settings"`
	resourceFlags
	siteFlags
	dashboardFlags
}

// Help is shown by autolfads resume --help.
func (resumeCmd) Help() string {
	return `Goes on with a run that was stopped or killed, and ends with the same bits as if it had not been.

A run whose data file has moved goes on with --data; one that moved together with its data finds it by itself. A population can
be made longer, also when it has ended: the bits are those of one that was started so. Both are noted in DIR/run.yaml. All other
settings stay, for what is trained so far was trained with them. A run whose members trained on a cluster goes on there as it was
begun; --slurm changes what is asked for, --executor local has it go on here.

Examples:
  autolfads resume results
  autolfads resume results --data /mnt/new/place/recording.h5
  autolfads resume results --set pbt.max_generations=80
  autolfads resume results --set pbt.max_generations=80 --set pbt.stop_ratio=0
  autolfads resume results --set infer.samples=200
  autolfads resume results --slurm time=8:00:00
  autolfads resume results --executor local`
}

func (c *resumeCmd) Run(ctx context.Context) error {
	p := newProgress(c.Dir, c.JSON)
	defer context.AfterFunc(ctx, p.stopping)()
	page := c.beside(c.Dir, p.note)
	defer page.close()
	return c.on(ctx, c.Dir, &c.resourceFlags, p, func(ctx context.Context, r autolfads.Resources) error {
		outcome, err := autolfads.Resume(ctx, c.Dir, autolfads.Changes{Data: c.Data, Settings: c.set}, page.follow(r))
		if err != nil {
			return err
		}
		return show(outcome, c.Dir, time.Since(p.began), c.JSON)
	})
}

// set changes settings as the flags say.
func (c *resumeCmd) set(config *autolfads.Config) error {
	for _, s := range c.Set {
		if err := setOne(config, s); err != nil {
			return err
		}
	}
	return nil
}

// show prints what a run came to.
func show(o *autolfads.Outcome, dir string, took time.Duration, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(os.Stdout).Encode(o)
	}
	printOutcome(os.Stdout, o, filepath.Join(dir, o.Output))
	for _, name := range o.Figures {
		fmt.Printf("figure: %s\n", filepath.Join(dir, name))
	}
	for _, why := range o.Undrawn {
		fmt.Println(why)
	}
	if o.Report != "" {
		fmt.Printf("report: %s, for a browser; it needs no network\n", filepath.Join(dir, o.Report))
	}
	if o.Result != nil && o.Result.Likelihood.Counts() && (len(o.Scores) > 0 || !o.AllTrials) {
		fmt.Printf("beside GPFA: autolfads baseline gpfa DATA --out gpfa.h5, then %s\n", prepare.Command("autolfads", "evaluate", prepare.Typed(dir), "gpfa.h5"))
	}
	if command := ensemble(dir, "DATA"); command != "" {
		fmt.Printf("mean of all models: %s\n", command)
	}
	fmt.Printf("took %s\n", short(took))
	return nil
}
