package main

import (
	"fmt"
	"path/filepath"

	"github.com/autolfads/autolfads"
)

type reportCmd struct {
	Dir string `arg:"" help:"Run folder; the run may be under way." type:"path"`
	Out string `help:"HTML file to write; one that is there is replaced. If not given, RUN/report.html." type:"path" placeholder:"FILE.html"`
}

// Help is shown by autolfads report --help.
func (reportCmd) Help() string {
	return `Writes the page of a run: what was run and what came of it in words, scores over generations and who copied whom, hyper-parameters,
the chosen model, single trials with their rates, factors and inferred inputs, means by condition, behaviour, scores beside other
methods, and how to repeat it. It is one HTML file that opens in any browser, without a network, and asks nobody for anything.

A run writes this page itself when it ends. This command makes it of a run that is under way or was stopped, of one of an older
version, or in another place. Of a run that has not ended, or of an older version, there are no trials to look at.

Examples:
  autolfads report results
  autolfads report results --out results.html`
}

func (c *reportCmd) Run() error {
	out := c.Out
	if out == "" {
		out = filepath.Join(c.Dir, "report.html")
	}
	if err := autolfads.Report(c.Dir, out); err != nil {
		return err
	}
	fmt.Printf("report: %s\n", out)
	return nil
}
