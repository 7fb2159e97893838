package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/prepare"
)

// garbagePercent is how much may be garbage beside the counts, most of what there is in
// memory: to look through them takes no time, for they point nowhere.
const garbagePercent = 20

type prepareCmd struct {
	Source string `arg:"" help:"Recording, or a spike sorter's folder; see autolfads info." type:"path"`
	Out    string `help:"HDF5 file to write; must not exist." type:"path" placeholder:"FILE"`

	BinMs  float64 `help:"Bin width in ms." default:"10" placeholder:"MS"`
	DryRun bool    `help:"Say what would be done, and write nothing."`
	presetFlags
	trialFlags
	asideFlag
	shareFlags
	overviewFlags
	recordingFlags
	JSON bool `name:"json" help:"Print the report as one JSON object."`
}

// Help is shown by autolfads prepare --help.
func (prepareCmd) Help() string {
	return `Makes trials of binned spikes, which run takes, of a recording: counts the spikes of all units in windows about a moment of
each trial, divides trials into those to train on and those to validate with, and says what was left out and why. "autolfads info
SOURCE" says which tables and columns there are, and ends with a command to begin with.

A spike on the edge of two bins is counted in the later one. Bins in which a unit was not observed as a whole are NaN, which
run leaves out. Behaviour is what its stream is at each bin's first moment, low-passed where it is sampled faster than bins are wide.

Conditions (--where, --units) compare columns with numbers and words in quotes: == != < <= > >=, x in ["a", "b"], && || !. A number
that is not known is in no comparison but !=; known(x) asks for it. A name that is not one word is written col("target on").

Examples:
  autolfads prepare session.nwb --out session.h5
  autolfads prepare session.nwb --out session.h5 --align go_cue_time --window=-250..450 --bin-ms 5 --condition target
  autolfads prepare session.nwb --out session.h5 --align go_cue_time --window=-250..450 --behavior hand_vel --lag-ms 100
  autolfads prepare session.nwb --out session.h5 --trials recognition_table --dry-run
  autolfads prepare session.nwb --out session.h5 --where 'result == "R" && duration < 2' --split-by-condition --condition target
  autolfads prepare session.nwb --out session.h5 --units 'rate_hz > 1' --hold-out 0.25 --forward-ms 200
  autolfads prepare session.nwb --out session.h5 --set-aside 10
  autolfads prepare kilosort4/ --out session.h5 --chop-ms 1000 --min-rate-hz 0.1
  autolfads prepare muscles.mat --out muscles.h5 --signal emg --signal-kind emg --scale quantile
  autolfads prepare indy_20160627_01.mat --out indy.h5 --preset reaching
  autolfads prepare 000138/ --preset nlb/mc_maze_large --out mc_maze_large.h5`
}

func (c *prepareCmd) Run(ctx context.Context) error {
	if c.Preset != "" && trialPresetOf(c.Preset) == nil {
		return c.runPreset(ctx)
	}
	o, err := c.prepareOptions()
	if err != nil {
		return err
	}
	if err := c.target(); err != nil {
		return err
	}
	p := newProgress("", c.JSON)
	o.Progress = p.read
	atOnce := nothingYet(ctx)
	defer atOnce() // the end of the program is no interruption
	d, report, err := c.trials(o, p)
	if err != nil {
		return byPreset(err, c.Preset)
	}
	drawn := ""
	if !c.DryRun {
		if err = c.write(d, report, p, atOnce); err == nil {
			drawn = c.draw(c.Out, d, report)
		}
	}
	p.done()
	if err != nil {
		return err
	}
	return c.show(report, drawn, report.RunFlags()...)
}

// nothingYet has an interruption end the program at once, for nothing is on disk before
// the trials are written. What it returns ends that.
func nothingYet(ctx context.Context) (stop func() bool) {
	debug.SetGCPercent(garbagePercent)
	return context.AfterFunc(ctx, func() {
		fmt.Fprintln(os.Stderr, "autolfads: interrupted; nothing is written")
		os.Exit(exitInterrupted)
	})
}

// prepareOptions are what the flags say.
func (c *prepareCmd) prepareOptions() (prepare.Options, error) {
	o := prepare.Options{BinMs: c.BinMs, SetAside: c.SetAside}
	if err := c.fill(&o); err != nil {
		return o, err
	}
	return o, c.fillShare(&o)
}

// target checks that the file and its figure can be written, before anything is read.
func (c *prepareCmd) target() error {
	if c.DryRun {
		return nil
	}
	if c.Out == "" {
		return errors.New("where to? Give the file to write (--out trials.h5), or --dry-run")
	}
	if _, err := os.Lstat(c.Out); err == nil {
		return fmt.Errorf("%s exists: give another --out, or remove it", c.Out)
	}
	if dir, err := os.Stat(filepath.Dir(c.Out)); err != nil || !dir.IsDir() {
		return fmt.Errorf("%s cannot be written: there is no folder %s; make it, or give another --out", c.Out, filepath.Dir(c.Out))
	}
	_, err := c.path(c.Out)
	return err
}

// trials reads the recording and makes trials of it.
func (c *prepareCmd) trials(o prepare.Options, p *progress) (*dataset.Dataset, *prepare.Report, error) {
	r, err := ingest.Open(c.Source, c.options(p))
	if errors.Is(err, ingest.ErrUnknown) {
		return nil, nil, c.noRecording()
	}
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	return prepare.Trials(r, o)
}

// noRecording says what a source is that no recording was found in.
func (c *prepareCmd) noRecording() error {
	if _, err := dataset.Load(c.Source, dataset.Options{}); err != nil {
		return ingest.Advise(c.Source, err)
	}
	return fmt.Errorf("%s holds trials of binned spikes already: `autolfads run` takes it as it is", c.Source)
}

// write writes the trials with where they come from. Once it begins to write, an
// interruption no longer ends the program.
func (c *prepareCmd) write(d *dataset.Dataset, report *prepare.Report, p *progress, atOnce func() bool) error {
	sum, err := prepare.Checksum(c.Source, report.Beside, p.read)
	if err != nil {
		return err
	}
	origin := c.origin(sum)
	if err := origin.Sign(d, report); err != nil {
		return err
	}
	atOnce()
	if err := d.Write(c.Out); err != nil {
		return fmt.Errorf("%s cannot be written: %w; give another --out", c.Out, err)
	}
	return nil
}

// origin is where what is prepared comes from, a source of a checksum.
func (c *prepareCmd) origin(sum string) prepare.Origin {
	return prepare.Origin{Source: c.Source, SHA256: sum, Version: autolfads.Version, Command: typedCommand()}
}

// show prints the report, where the figure is, if there is one, and how to run what was
// written: with some flags.
func (c *prepareCmd) show(report fmt.Stringer, drawn string, run ...string) error {
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(report)
	}
	fmt.Print(report)
	if drawn != "" {
		fmt.Printf("%-12s %s\n", "overview", prepare.Typed(drawn))
	}
	if !c.DryRun {
		fmt.Printf("%-12s %s\n%-12s %s\n", "written", prepare.Typed(c.Out), "next", prepare.SuggestRun(c.Out, run...))
	}
	return nil
}
