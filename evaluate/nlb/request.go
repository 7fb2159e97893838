package nlb

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/outputs"
	prepared "github.com/autolfads/autolfads/prepare/nlb"
	"github.com/autolfads/autolfads/tree"
)

// Request is for scores of rates that lie in a file.
type Request struct {
	Dataset  *dataset.Dataset // that the rates are of
	Data     string           // its file
	Targets  string           // file of the benchmark's own targets; "": those in Data
	Rates    *outputs.File
	Progress decode.Progress // of the decoder; nil: nobody is told
}

// Evaluate scores the rates as the benchmark does.
func Evaluate(ctx context.Context, r Request) (Scores, error) {
	if !r.Rates.Counts {
		return Scores{}, fmt.Errorf("%s: rates are no expected counts of spikes, of which the benchmark's scores are", r.Rates.Path)
	}
	t, err := r.targets()
	if err != nil {
		return Scores{}, err
	}
	s, err := Gather(r.Dataset, ratesOf(r.Rates.Train), ratesOf(r.Rates.Valid), ratesOf(r.Rates.Test))
	if err != nil {
		return Scores{}, fmt.Errorf("%s: %w", r.Rates.Path, err)
	}
	scores, err := Score(ctx, s, t, r.Progress)
	if err != nil && ctx.Err() == nil {
		err = fmt.Errorf("%s: %w", r.Rates.Path, err)
	}
	return scores, err
}

func ratesOf(e *outputs.Estimates) *dataset.Array {
	if e == nil {
		return nil
	}
	return e.Rates
}

// targets opens those that are asked for.
func (r *Request) targets() (*Targets, error) {
	name, binMs, err := r.which()
	if err != nil {
		return nil, err
	}
	if r.Targets != "" {
		return OpenTargets(r.Targets, name, binMs)
	}
	return OwnTargets(r.Data, name, binMs)
}

// which says which data set of the benchmark the data are, and how wide bins are: as the
// file was prepared, or by what targets there are.
func (r *Request) which() (name string, binMs int, err error) {
	o, known := Prepared(r.Dataset)
	switch {
	case known && o.Eval == prepared.Test && r.Targets == "":
		return "", 0, fmt.Errorf("%s was prepared with --eval test and has no targets: give the benchmark's with --targets eval_data_test.h5", r.Data)
	case known:
		return o.Preset, o.BinMs, nil
	}
	path := r.Targets
	if path == "" {
		path = r.Data
	}
	return recognise(path, r.Dataset)
}

// recognise finds the only data set in a file of targets whose spikes have the data's
// trials and neurons.
func recognise(path string, d *dataset.Dataset) (string, int, error) {
	f, err := tree.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	binMs := int(d.BinWidth / time.Millisecond)
	var fit []string
	for _, name := range prepared.Names() {
		group, err := groupOf(name, binMs)
		if err == nil && fits(f.Root(), group, d) {
			fit = append(fit, name)
		}
	}
	if len(fit) == 1 {
		return fit[0], binMs, nil
	}
	if len(fit) > 1 {
		return "", 0, fmt.Errorf("%s has targets of %d data sets that fit the data, %s: only a data file that autolfads prepare --preset nlb/NAME wrote says which it is", path, len(fit), list(fit))
	}
	return "", 0, fmt.Errorf("%s has no targets of the Neural Latents Benchmark that fit the data (trials of the split test, neurons held out, bins of %v): "+
		"prepare the recording with autolfads prepare --preset nlb/NAME, or give the benchmark's file with --targets", path, d.BinWidth)
}

// fits reports whether a group has targets of the data's shape.
func fits(root tree.Group, group string, d *dataset.Dataset) bool {
	a, err := tree.ArrayAt(root, group+"/eval_spikes_heldout")
	if err != nil || d.Test == nil || d.Reconstructed() == nil {
		return false
	}
	e := d.Test.Encod
	return slices.Equal(a.Shape(), []int{e.Trials, e.Bins, d.Reconstructed().Features - e.Features})
}
