package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/autolfads/autolfads"
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
a terminal the best is green, what diverged red, who took another's place cyan, unless NO_COLOR is set.

Examples:
  autolfads status results
  watch -n 5 autolfads status results`
}

func (c *statusCmd) Run() error {
	watch, err := autolfads.NewWatch(c.Dir)
	if err != nil {
		return err
	}
	s, err := watch.Status()
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(s)
	}
	for _, line := range statusLines(s, inkFor(os.Stdout)) {
		fmt.Println(line)
	}
	return nil
}
