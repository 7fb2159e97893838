package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/evaluate/factors"
	"github.com/autolfads/autolfads/evaluate/nlb"
)

type evaluateCmd struct {
	Files []string `arg:"" help:"Files with rates: outputs of run, infer or baseline, of lfads-torch, or submissions to the Neural Latents Benchmark; or run folders, whose outputs are meant. The first is scored, the others stand beside it." type:"path" name:"out"`
	Data  string   `help:"Data file that the rates are of; not needed with a run folder, which knows it." type:"path" placeholder:"FILE"`
	dataFlags
	Group       string `help:"Group in which rates stand, of a file that has several that fit the data." placeholder:"NAME"`
	Draws       int    `help:"Draws of validation trials, with replacement, that intervals are made of, 100 or more; 0: no intervals." default:"1000"`
	Seed        uint64 `help:"Seed of the draws." default:"0"`
	FewShot     []int  `help:"Numbers of training trials that few-shot co-smoothing learns from; 4,16,64 if not given, where the data have neurons set aside." placeholder:"K,..."`
	NoSmoothing bool   `help:"Leave out the comparison with smoothed spikes, which takes most of the time."`
	NLB         bool   `name:"nlb" help:"Score as the Neural Latents Benchmark does, beside its published figures, rates of data made by prepare --preset nlb/NAME."`
	Targets     string `help:"With --nlb: the benchmark's targets of the test split, eval_data_test.h5; without, those in the data file." type:"path" placeholder:"FILE"`
	modelFlags
	Figures string `help:"Folder for figures of what is compared; made if it is not there." type:"path" placeholder:"DIR"`
	Format  string `help:"Of the figures: png or svg." enum:"png,svg" default:"png"`
	JSON    bool   `name:"json" help:"All as one JSON object."`
}

// Help is shown by autolfads evaluate --help.
func (evaluateCmd) Help() string {
	return `Says what rates are worth: how well they predict held-out neurons, forward bins, behaviour, the averages of conditions and,
where they are known, true rates and states; each score with the interval in which it would lie for other trials, beside smoothed
spikes and any other files, and how much better the first file is than each. All scores are of validation trials; decoders are
fitted, and kernels chosen, on training trials.

docs/evaluation.md says what each score can and cannot tell.

Examples:
  autolfads evaluate results
  autolfads evaluate results gpfa.h5 psth.h5 --figures figures --format svg
  autolfads evaluate rates.h5 --data recording.h5
  autolfads evaluate lfads_torch_output.h5 results --data recording.h5 --bin-ms 5
  autolfads evaluate submission.h5 --data mc_maze_large.h5 --nlb
  autolfads evaluate results --nlb --targets eval_data_test.h5
  autolfads evaluate results --models
  autolfads evaluate results --json`
}

func (c *evaluateCmd) Run(ctx context.Context) error {
	if err := c.checkFigures(); err != nil {
		return err
	}
	switch {
	case c.Models:
		return c.compareModels(ctx)
	case c.Samples != 0:
		return errors.New("--samples is of --models: rates in files are averaged already")
	case c.Targets != "" && !c.NLB:
		return errors.New("--targets are of the Neural Latents Benchmark: say --nlb, too")
	case c.Figures != "" && c.NLB:
		return errors.New("--nlb draws no figures: leave out --figures, or --nlb")
	}
	p := newProgress("", false) // on the standard error: what JSON says is one object
	e, err := autolfads.Evaluate(ctx, autolfads.Evaluation{
		Files: c.Files, Data: c.Data, File: c.dataConfig(), Group: c.Group, Draws: c.Draws, Seed: c.Seed, NoSmoothing: c.NoSmoothing,
		FewShot: c.FewShot, NLB: c.NLB, Targets: c.Targets,
		Observer: autolfads.Observer{Note: p.note, Read: p.read, Scored: p.scored},
	})
	p.done()
	if err != nil {
		return err
	}
	return c.show(ctx, e, func() { printEvaluated(os.Stdout, e) })
}

// show prints what was found, or writes it as JSON, and draws its figures if they are
// asked for.
func (c *evaluateCmd) show(ctx context.Context, found drawer, print func()) error {
	if !c.JSON {
		print()
	} else if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		return err
	}
	if c.Figures == "" {
		return nil
	}
	return c.draw(ctx, found)
}

// printEvaluated prints scores, and what they say.
func printEvaluated(w io.Writer, e *autolfads.Evaluated) {
	for i, f := range e.Files {
		what := "model: "
		if i > 0 {
			what = "beside it: "
		}
		fmt.Fprintf(w, "%s%s (%s, %s)\n", what, f.Name, f.Path, f.Layout)
		printMaker(w, f.MadeBy, f.Chosen)
	}
	fmt.Fprintf(w, "data: %s\n", e.Data)
	for i, s := range e.NLB {
		fmt.Fprintf(w, "\n%s", nlb.Table(s, e.Files[i].Name))
	}
	if e.NLB != nil {
		return
	}
	printScores(w, e.Dataset, e.Files[0].Name, e.Scores, e.Skipped)
	printReadouts(w, e.Readouts)
	printCrossing(w, e.Crossing)
	for _, warning := range []string{e.Overfitting, e.TruthDoubt} {
		if warning != "" {
			fmt.Fprintf(w, "\nWARNING: %s\n", warning)
		}
	}
	printWords(w, "how well the model fits", e.InWords)
}

// printMaker prints what made a file's rates, and the settings chosen for it, if the file
// says it.
func printMaker(w io.Writer, who, chosen string) {
	if who == "" && chosen == "" {
		return
	}
	text := "made by " + who
	if chosen != "" {
		text = who + ": " + chosen
	}
	for _, line := range wrapped(strings.TrimPrefix(text, ": "), noteWidth+20) {
		fmt.Fprintf(w, "    %s\n", line)
	}
}

// printCrossing prints how well models' factors are decoded from each other's.
func printCrossing(w io.Writer, c *factors.Crossing) {
	if c == nil {
		return
	}
	fmt.Fprintln(w, "\nfactors from the factors of the others (R2; a low figure: they do much that the others have not found):")
	rows := [][]string{append([]string{"of", "median", ""}, c.Names...)}
	for to, name := range c.Names {
		row := []string{name, fmt.Sprintf("%.3f", c.Figures[to]), ""}
		if c.Intervals != nil {
			row[2] = bracketed(c.Intervals[to])
		}
		for from := range c.Names {
			row = append(row, fmt.Sprintf("%.3f", c.R2[from][to]))
		}
		rows = append(rows, row)
	}
	for _, line := range align(rows) {
		fmt.Fprintln(w, "  "+line)
	}
}

// printReadouts prints in which subspaces behaviour is found.
func printReadouts(w io.Writer, all []evaluate.Readout) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "\nbehaviour from %s alone, by ridge regression:\n", all[0].Of)
	for _, r := range all {
		fmt.Fprintf(w, "  %-20s R2 %.4f\n", r.Name, r.R2)
	}
}
