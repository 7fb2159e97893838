package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/prepare"
	"github.com/autolfads/autolfads/prepare/nlb"
)

// presetFlags name a set of data that is known, and say what of it is prepared.
type presetFlags struct {
	Preset string `help:"Prepare a known set of data as it is always done: ${trials} (flags, of which those typed go first; autolfads presets NAME lists them), nlb/mc_maze and the six others of the Neural Latents Benchmark, with all its tensors." placeholder:"NAME" group:"Presets:" complete:"recordings"`
	Eval   string `help:"Of the benchmark: evaluate the trials of split val, or those of test, for which those of val train, too." enum:"val,test" default:"val" placeholder:"SPLIT" group:"Presets:"`

	given []string // names of the flags that were typed
}

// nlbPrefix parts presets of the Neural Latents Benchmark from others.
const nlbPrefix = "nlb/"

// besidePreset are the flags that go with a preset of the benchmark, which decides all
// else.
var besidePreset = []string{"preset", "eval", "out", "bin-ms", "dry-run", "json", "no-overview"}

// AfterApply notes which flags were typed.
func (c *prepareCmd) AfterApply(k *kong.Context) error {
	for _, p := range k.Path {
		if p.Flag != nil && !p.Resolved {
			c.given = append(c.given, p.Flag.Name)
		}
	}
	return nil
}

// presetNames are all presets.
func presetNames() []string {
	names := nlb.Names()
	for i, name := range names {
		names[i] = nlbPrefix + name
	}
	return append(names, trialPresetNames()...)
}

// suggestPreset is the command that prepares a recording of the benchmark, or of the
// primate reaching set; "" if it is of neither.
func suggestPreset(r *dataset.Recording, path string) string {
	preset := ""
	if name := nlb.Recognise(r); name != "" {
		preset = nlbPrefix + name
	} else if ingest.IsReaching(r) && r.Trials() == nil {
		preset = "reaching"
	}
	if preset == "" {
		return ""
	}
	return prepare.Command("autolfads", "prepare", prepare.Typed(path), "--preset", preset, "--out", prepare.FreeName(".", path, ".h5"))
}

// runPreset prepares a known set of data.
func (c *prepareCmd) runPreset(ctx context.Context) error {
	name, found := strings.CutPrefix(c.Preset, nlbPrefix)
	if !found || !slices.Contains(nlb.Names(), name) {
		return fmt.Errorf("there is no preset %s: there are %s (--preset)", c.Preset, strings.Join(presetNames(), ", "))
	}
	for _, flag := range c.given {
		if !slices.Contains(besidePreset, flag) {
			return fmt.Errorf("preset %s decides what --%s says: leave it out, or leave out --preset", c.Preset, flag)
		}
	}
	c.NoOverview = true // of tensors that are no dataset
	if err := c.target(); err != nil {
		return err
	}
	o, err := c.nlbOptions(name)
	if err != nil {
		return err
	}
	return c.benchmark(ctx, o)
}

// nlbOptions are what the flags say.
func (c *prepareCmd) nlbOptions(name string) (nlb.Options, error) {
	o := nlb.Options{Preset: name, BinMs: 5, Eval: c.Eval}
	if slices.Contains(c.given, "bin-ms") {
		if o.BinMs = int(c.BinMs); float64(o.BinMs) != c.BinMs {
			return o, fmt.Errorf("bins of %g ms: the benchmark has bins of 5 and of 20 ms (--bin-ms 5)", c.BinMs)
		}
	}
	return o, nil
}

// benchmark makes the tensors of the benchmark of a file or a folder of files.
func (c *prepareCmd) benchmark(ctx context.Context, o nlb.Options) error {
	files, err := nlb.Files(c.Source)
	if err != nil {
		return err
	}
	p := newProgress("", c.JSON)
	o.Progress = p.read
	atOnce := nothingYet(ctx)
	defer atOnce() // the end of the program is no interruption
	recordings, err := nlb.Open(files, ingest.Options{Progress: p.read})
	if err != nil {
		return err
	}
	set, report, err := nlb.Prepare(recordings, o)
	if closed := nlb.Close(recordings); err == nil {
		err = closed
	}
	if err == nil && !c.DryRun {
		err = c.writeSet(set, o, files, p, atOnce)
	}
	p.done()
	if err != nil {
		return err
	}
	return c.show(report, "")
}

// writeSet writes the tensors with where they come from.
func (c *prepareCmd) writeSet(set *nlb.Set, o nlb.Options, files []string, p *progress, atOnce func() bool) error {
	sum, err := prepare.Checksum(files[0], files[1:], p.read)
	if err != nil {
		return err
	}
	attributes, err := c.origin(sum).Attributes(o)
	if err != nil {
		return err
	}
	atOnce()
	if err := set.Write(c.Out, attributes); err != nil {
		return fmt.Errorf("%s cannot be written: %w; give another --out", c.Out, err)
	}
	return nil
}
