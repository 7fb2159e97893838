package infer

import (
	"fmt"
	"sort"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/lfads"
)

// Source says where an output file comes from; it becomes attributes.
type Source struct {
	Version string // of this program
	Run     string // run folder or checkpoint
	Data    string // data file
	Samples int
	Seed    uint64
}

// Write writes a result to an HDF5 file, through a temporary file. For each
// split ("train", "valid", "test") and each quantity there is a data set, with
// its unit as an attribute:
//
//	train_output_params  rates, counts per bin     [trials, bins, neurons]
//	train_factors                                  [trials, bins, factors]
//	train_gen_states, train_gen_inputs, train_con_states, train_co_means, train_co_stds
//	train_ic_mean, train_ic_std, train_gen_init    [trials, dims]
//	train_inds           index of each trial in the recording
//
// and, over all splits in the recording's own order, trial_ids and, if the bin
// width is known, rates_hz (spikes per second).
func Write(path string, d *dataset.Dataset, r *Result, from Source) error {
	w, err := hdf5.Create(path)
	if err != nil {
		return err
	}
	defer w.Abort()
	for _, s := range parts(d, r) {
		if err := s.write(w); err != nil {
			return err
		}
	}
	if err := writeOriginalOrder(w, d, r); err != nil {
		return err
	}
	for _, a := range []struct {
		name  string
		value any
	}{
		{"autolfads_version", from.Version},
		{"run", from.Run},
		{"data", from.Data},
		{"posterior_samples", int64(from.Samples)},
		{"seed", fmt.Sprint(from.Seed)},
		{"bin_width_ms", float64(d.BinWidth) / 1e6},
	} {
		if err := w.SetAttr("/", a.name, a.value); err != nil {
			return err
		}
	}
	return w.Close()
}

// part is one split with what was inferred for it.
type part struct {
	name  string
	split *dataset.Split
	post  *lfads.Posterior
}

func parts(d *dataset.Dataset, r *Result) []part {
	var p []part
	for _, s := range []part{{"train", d.Train, r.Train}, {"valid", d.Valid, r.Valid}, {"test", d.Test, r.Test}} {
		if s.split != nil && s.post != nil {
			p = append(p, s)
		}
	}
	return p
}

func (p *part) write(w *hdf5.Writer) error {
	for _, q := range []struct {
		name, unit string
		values     *dataset.Array
		flat       bool // one bin: [trials, dims]
	}{
		{"output_params", "spikes per bin", p.post.Rates, false},
		{"factors", "arbitrary", p.post.Factors, false},
		{"gen_states", "arbitrary", p.post.GeneratorStates, false},
		{"gen_inputs", "arbitrary", p.post.GeneratorInputs, false},
		{"con_states", "arbitrary", p.post.ControllerStates, false},
		{"co_means", "arbitrary", p.post.InputMeans, false},
		{"co_stds", "arbitrary", p.post.InputStds, false},
		{"ic_mean", "arbitrary", p.post.ICMeans, true},
		{"ic_std", "arbitrary", p.post.ICStds, true},
		{"gen_init", "arbitrary", p.post.GeneratorInit, true},
	} {
		if q.values == nil {
			continue
		}
		shape := []int{q.values.Trials, q.values.Bins, q.values.Features}
		if q.flat {
			shape = []int{q.values.Trials, q.values.Features}
		}
		name := p.name + "_" + q.name
		if err := w.Write(name, q.values.Data, shape); err != nil {
			return err
		}
		if err := w.SetAttr(name, "unit", q.unit); err != nil {
			return err
		}
	}
	return w.Write(p.name+"_inds", p.ids(), []int{p.split.Trials()})
}

// ids returns the trials' indices in the recording; without any, in the split.
func (p *part) ids() []int64 {
	if p.split.TrialIDs != nil {
		return p.split.TrialIDs
	}
	ids := make([]int64, p.split.Trials())
	for i := range ids {
		ids[i] = int64(i)
	}
	return ids
}

// writeOriginalOrder writes the trials of all splits by their index in the
// recording; where the file does not say it, split after split.
func writeOriginalOrder(w *hdf5.Writer, d *dataset.Dataset, r *Result) error {
	type trial struct {
		id    int64
		rates []float32
	}
	var trials []trial
	known := true
	splits := parts(d, r)
	for _, p := range splits {
		known = known && p.split.TrialIDs != nil
		for i, id := range p.ids() {
			trials = append(trials, trial{id, p.post.Rates.Trial(i)})
		}
	}
	if known {
		sort.SliceStable(trials, func(i, j int) bool { return trials[i].id < trials[j].id })
	} else {
		for i := range trials {
			trials[i].id = int64(i)
		}
	}
	ids := make([]int64, len(trials))
	var hz []float32
	perSecond := float32(1 / d.BinWidth.Seconds())
	for i, t := range trials {
		ids[i] = t.id
		for _, rate := range t.rates {
			hz = append(hz, rate*perSecond)
		}
	}
	if err := w.Write("trial_ids", ids, []int{len(ids)}); err != nil || d.BinWidth == 0 {
		return err
	}
	shape := splits[0].post.Rates
	if err := w.Write("rates_hz", hz, []int{len(ids), shape.Bins, shape.Features}); err != nil {
		return err
	}
	return w.SetAttr("rates_hz", "unit", "spikes per second")
}
