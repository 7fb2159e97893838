package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/run/slurm"
	"github.com/autolfads/autolfads/run/watch"
)

type statusCmd struct {
	Dir  string `arg:"" help:"Run folder." type:"path"`
	JSON bool   `name:"json" help:"As JSON."`
}

// Help is shown by autolfads status --help.
func (statusCmd) Help() string {
	return `Says where a run stands, also while it runs, here or on another machine: it reads the run folder and changes nothing. The
table has a row for each member of the generation under way, or of the last one: its state, the epochs of this generation, its
age in epochs, its smoothed validation score (lower is better, * the best), whose place it took and who took its own, and its
hyper-parameters. Bars show how the best score of a generation went, generation by generation; they are low where it is good. On
a terminal the best is green, what diverged red, who took another's place cyan, unless NO_COLOR is set. Of a run whose members
train on a cluster, a last line says what SLURM's queue holds of the generation.

Examples:
  autolfads status results
  watch -n 5 autolfads status results`
}

func (c *statusCmd) Run(ctx context.Context) error {
	watch, err := autolfads.NewWatch(c.Dir)
	if err != nil {
		return err
	}
	s, err := watch.Status()
	if err != nil {
		return err
	}
	queue := c.queue(ctx, s)
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(struct {
			autolfads.Status
			Queue *slurm.View `json:"queue,omitempty"`
		}{s, queue})
	}
	for _, line := range statusLines(s, inkFor(os.Stdout)) {
		fmt.Println(line)
	}
	if queue != nil {
		fmt.Println(queue)
	}
	return nil
}

// queue is what SLURM's queue holds of the generation under way; nil: nothing is to be asked.
// SLURM need not be there, nor answer soon.
func (c *statusCmd) queue(ctx context.Context, s autolfads.Status) *slurm.View {
	const soon = 3 * time.Second
	under := slices.ContainsFunc(s.Members, func(m watch.Member) bool { return m.State == "waiting" || m.State == "training" })
	if !under {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, soon)
	defer cancel()
	return slurm.Look(ctx, c.Dir, s.Generation)
}
