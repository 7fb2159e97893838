package autolfads

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/outputs"
	"github.com/autolfads/autolfads/prepare"
)

// Baseline is a request for rates by a method older than models of single trials.
type Baseline struct {
	Name     string            // of the method: outputs keep it
	Method   baseline.Method   // with its settings
	Data     string            // data file of binned spikes
	Out      string            // HDF5 file to write; must not exist
	File     DataConfig        // what the data file leaves open
	Note     func(text string) // is told what is worth knowing; nil: nobody is
	Progress baseline.Progress
}

// EstimateBaseline fits a method to the training trials of a file, and writes its rates of
// all trials as [Infer] writes a model's. It returns in words what was chosen. When ctx
// ends nothing is written.
func EstimateBaseline(ctx context.Context, b Baseline) (settings string, err error) {
	if err := newFile(b.Out); err != nil {
		return "", err
	}
	d, err := b.load()
	if err != nil {
		return "", err
	}
	fitted, of, err := b.estimates(ctx, d)
	if ctx.Err() != nil {
		return "", fmt.Errorf("stopped (%w); nothing was written", context.Cause(ctx))
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", b.Data, err)
	}
	return fitted.Settings(), outputs.Write(b.Out, d, of, outputs.Source{
		Version: Version, Data: filepath.Base(b.Data),
		Settings: outputs.OfMethod(b.Name, fitted.Settings()),
	})
}

// note tells what is worth knowing.
func (b *Baseline) note(text string) {
	if b.Note != nil {
		b.Note(text)
	}
}

// load reads the data, which must be binned counts of spikes.
func (b *Baseline) load() (*dataset.Dataset, error) {
	if _, _, _, unknown := ingest.Find(b.Data); unknown == nil {
		return nil, fmt.Errorf("%s is a recording that is not binned: make trials of it first, `autolfads prepare %s --out trials.h5`, and give that file, as `autolfads evaluate` needs it, too", b.Data, prepare.Command(prepare.Typed(b.Data)))
	}
	c := DefaultConfig()
	c.Data = b.File
	d, err := c.Data.Load(b.Data)
	if err != nil {
		return nil, err
	}
	if d.Scale != nil {
		return nil, fmt.Errorf("%s: the data are signals, and baselines are of counts of spikes: compare models of signals with each other (autolfads run --preset emg or calcium)", b.Data)
	}
	if err := d.Check(spikes{}); err != nil {
		return nil, fmt.Errorf("%s: %w", b.Data, err)
	}
	return d, c.LookThrough(d, b.Data, b.note)
}

// spikes is what baselines are of, which have no other likelihood to choose.
type spikes struct{ likelihood.Poisson }

// Check says what to do about a number that is no count.
func (s spikes) Check(v float32) string {
	if s.Poisson.Check(v) == "" {
		return ""
	}
	return "baselines are of counts of spikes: compare models of signals with each other (autolfads run --preset emg or calcium)"
}

// estimates fits the method, and returns its rates of all splits.
func (b *Baseline) estimates(ctx context.Context, d *dataset.Dataset) (baseline.Fitted, outputs.Content, error) {
	fitted, err := b.Method.Fit(ctx, d, b.Progress)
	if err != nil {
		return nil, outputs.Content{}, err
	}
	var of [3]*outputs.Estimates
	for i, s := range []*dataset.Split{d.Train, d.Valid, d.Test} {
		if s == nil {
			continue
		}
		name := []string{"train", "valid", "test"}[i]
		e, err := fitted.Estimate(ctx, s)
		if err != nil {
			return nil, outputs.Content{}, fmt.Errorf("%s: %w", name, err)
		}
		if e.Note != "" {
			b.note(name + ": " + e.Note)
		}
		of[i] = &outputs.Estimates{Rates: e.Rates, Factors: e.Factors}
	}
	return fitted, outputs.OfCounts(of[0], of[1], of[2]), nil
}
