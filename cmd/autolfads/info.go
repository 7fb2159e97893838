package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/prepare"
)

type infoCmd struct {
	File string `arg:"" help:"Data file, recording, or a spike sorter's folder." type:"path"`
	presetFlag
	Set []string `help:"Change one setting, as for run: --set model.likelihood=gaussian. Can be given again." sep:"none" placeholder:"KEY=VALUE" complete:"settings"`
	dataFlags
	recordingFlags
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Help is shown by autolfads info --help.
func (infoCmd) Help() string {
	return `Says what is in a file. Of binned spikes (the layouts of lfads-torch, autolfads-tf2 and the Neural Latents Benchmark, or one
array of trials x bins x neurons; HDF5, NPZ, MATLAB) also what run would warn of; what run would refuse is an error: exit code 1.
Of recordings that are not binned (NWB 2, MATLAB, NPZ, HDF5, CSV, folders of phy and Kilosort): units and spikes, trials and
their columns, streams, what is odd, and what to do next. docs/data.md has an example of each.
Of rates that a program wrote (autolfads, lfads-torch, submissions to the benchmark): whose they are, and what goes with them.

Examples:
  autolfads info binned.h5
  autolfads info session.nwb
  autolfads info kilosort4/ --all-units
  autolfads info spikes.csv --json
  autolfads info muscles.h5 --preset emg
  autolfads info results/outputs/session.h5
  autolfads info from_matlab.h5 --axes neurons,bins,trials
  autolfads info lfads_lorenz.h5 --bin-ms 10 --truth-unit hz --json`
}

func (c *infoCmd) Run(ctx context.Context) error {
	defer context.AfterFunc(ctx, func() { os.Exit(exitInterrupted) })() // there is nothing to put away
	if is, err := infoOutputs(c.File, c.JSON); is {
		return err
	}
	if _, _, _, err := ingest.Find(c.File); err == nil {
		return infoRecording(c.File, c.recordingFlags, c.JSON)
	}
	config, err := c.defaults()
	if err != nil {
		return err
	}
	for _, s := range c.Set {
		if err := setOne(&config, s); err != nil {
			return err
		}
	}
	config.Data = c.dataConfig().Or(config.Data)
	p := newProgress("", false)
	d, err := config.Data.LoadGlance(c.File, p.read)
	p.done()
	if err != nil {
		return err
	}
	refused := config.CheckData(d)
	warnings := []string{}
	if refused == nil {
		warnings = append(warnings, config.Warnings(d)...)
	}
	summary := d.Summary()
	if l, err := config.Model.NewLikelihood(); err == nil && !l.Counts() {
		summary = summary.NotCounts()
	}
	next := c.next(d, refused)
	if c.JSON {
		line := infoLine(summary, warnings, refused)
		line.Next = next
		if err := json.NewEncoder(os.Stdout).Encode(line); err != nil {
			return err
		}
	} else {
		fmt.Print(summary)
		printNotes(d, &config, warnings)
		printNext(next)
	}
	return refused
}

// next is the command that models the file, with the flags that it was read with, or,
// where it is refused with these, with those that the file itself says suit it; "": there
// is none.
func (c *infoCmd) next(d *dataset.Dataset, refused error) string {
	var flags []string
	if c.Preset != "" {
		flags = append(flags, "--preset", c.Preset)
	}
	for _, s := range c.Set {
		flags = append(flags, "--set", s)
	}
	if refused != nil {
		typed := flags
		if flags = prepare.RunFlags(d); len(flags) == 0 || slices.Equal(flags, typed) {
			return ""
		}
	}
	return prepare.SuggestRun(c.File, append(flags, c.words()...)...)
}

func printNext(command string) {
	if command != "" {
		fmt.Printf("%-12s %s\n", "next", command)
	}
}

// printNotes prints what the data say under the configuration.
func printNotes(d *dataset.Dataset, c *autolfads.Config, warnings []string) {
	if oracle, ok := c.Oracle(d); ok && d.OracleLikelihood == "" && d.Glance() == "" {
		loss, unit := "negative log likelihood", "nats"
		if l, err := c.Model.NewLikelihood(); err == nil {
			loss, unit = likelihood.LossName(l)
		}
		fmt.Printf("%-12s %.5f %s per element: the %s of the true rates on validation trials\n", "oracle", oracle, unit, loss)
	}
	for _, w := range warnings {
		fmt.Printf("%-12s %s\n", "warning", w)
	}
}

// infoJSON is what info --json prints.
type infoJSON struct {
	dataset.Summary
	MeanCount  *float64 `json:"mean_count"`   // null: the numbers are not finite, or none was observed
	SD         *float64 `json:"sd"`           // null with it
	BinMs      *float64 `json:"bin_ms"`       // null: the bin width is not known,
	MeanRateHz *float64 `json:"mean_rate_hz"` // and so neither is this; nor is it of data that are no counts
	Warnings   []string `json:"warnings"`
	Refused    string   `json:"refused,omitempty"` // why run would not take the file
	Next       string   `json:"next,omitempty"`    // a command to try
}

func infoLine(s dataset.Summary, warnings []string, refused error) infoJSON {
	line := infoJSON{Summary: s, MeanCount: known(s.MeanCount), SD: known(s.SD), Warnings: warnings}
	if s.BinWidth > 0 {
		line.BinMs, line.MeanRateHz = known(float64(s.BinWidth)/float64(time.Millisecond)), known(s.MeanRateHz)
	}
	if refused != nil {
		line.Refused = strings.TrimPrefix(refused.Error(), "dataset: ")
	}
	return line
}

// known returns a number that JSON can hold, or nil.
func known(v float64) *float64 {
	if !finite(v) {
		return nil
	}
	return &v
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
