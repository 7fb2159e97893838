package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"

	"github.com/autolfads/autolfads/compare/runs"
)

type compareCmd struct {
	Runs   []string `arg:"" name:"run" help:"Run folders, in the order in which they are to stand; or folders of such." type:"path"`
	Figure string   `help:"Draw the scores with their intervals, as PNG or SVG by the file's name." type:"path" placeholder:"FILE"`
	JSON   bool     `name:"json" help:"As one JSON object." xor:"form"`
	CSV    bool     `name:"csv" help:"As CSV, a row a run." xor:"form"`
}

// Help is shown by autolfads compare --help.
func (compareCmd) Help() string {
	return `Sets runs beside each other: where each stands, how long its search took, the model it chose, its scores with their intervals,
and the settings that not all have alike. It reads small files of the run folders and changes nothing. A run that is under way
or damaged is a row that says so; runs of other data are named, for their scores do not compare.

Intervals that overlap do not say that two runs are alike. "autolfads evaluate A B" compares their rates trial by trial.

Examples:
  autolfads compare results results-2
  autolfads compare results-* --figure scores.svg
  autolfads compare all-my-runs/ --csv > runs.csv
  autolfads compare results results-2 --json`
}

func (c *compareCmd) Run() error {
	found := runs.Compare(c.Runs)
	if c.Figure != "" {
		figure, err := found.Figure()
		if err == nil {
			err = figure.Write(c.Figure)
		}
		if err != nil {
			return err
		}
	}
	switch {
	case c.JSON:
		return json.NewEncoder(os.Stdout).Encode(found)
	case c.CSV:
		return csv.NewWriter(os.Stdout).WriteAll(found.Table())
	}
	printRuns(os.Stdout, found)
	if c.Figure != "" {
		fmt.Printf("\nfigure: %s\n", c.Figure)
	}
	return nil
}
