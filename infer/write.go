package infer

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/likelihood"
)

// Source says where an output file comes from; it becomes attributes.
type Source struct {
	Version string // of this program
	Run     string // run folder or checkpoint
	Data    string // data file
	Seed    uint64
}

// Write writes a result to an HDF5 file, through a temporary file. For each
// split ("train", "valid", "test") and each quantity there is a data set, with
// its unit as an attribute, that of rates as the likelihood says, or the recording's,
// where the data have a scale (dataset.Scale): what was inferred is brought back to it:
//
//	train_output_params  rates, expected data      [trials, bins, neurons], neurons in the order of the data file
//	train_output_NAME    each parameter of a likelihood whose mean does not say all (Gaussian: variance; Gamma:
//	                     alpha, beta), averaged on its natural scale; rates are the average of means, which
//	                     the averages of parameters do not give
//	train_factors                                  [trials, bins, factors]
//	train_gen_states, train_gen_inputs, train_con_states, train_co_means, train_co_stds
//	train_ic_mean, train_ic_std, train_gen_init    [trials, dims]
//	train_inds           index of each trial in the recording
//
// and, over all splits in the recording's own order, trial_ids and, for counts
// in bins of known width, rates_hz (spikes per second); of windows of a continuous
// recording, the group continuous (see writeContinuous). Attributes say where
// the file comes from; trial_ids_note, if some of the trials' ids are not the
// data file's; unit_ids, if the data file has them, and where a prepared one comes from
// (source, source_sha256, prepare_command and what else Dataset.Attributes keeps).
func Write(path string, d *dataset.Dataset, r *Result, from Source) error {
	w, err := hdf5.Create(path)
	if err != nil {
		return err
	}
	defer w.Abort()
	numbers := d.Numbering()
	splits := parts(d, r, &numbers)
	unit := unitOf(d, r.Likelihood)
	for _, s := range splits {
		if err := s.write(w, unit); err != nil {
			return err
		}
	}
	hz := d.BinWidth
	if !r.Likelihood.Counts() {
		hz = 0
	}
	if err := writeOriginalOrder(w, splits, numbers.Recorded, hz); err != nil {
		return err
	}
	if err := writeContinuous(w, d, splits, unit, hz); err != nil {
		return err
	}
	for _, a := range []struct {
		name  string
		value any
	}{
		{"autolfads_version", from.Version},
		{"run", from.Run},
		{"data", from.Data},
		{"posterior_samples", int64(r.Samples)},
		{"seed", fmt.Sprint(from.Seed)},
		{"bin_width_ms", float64(d.BinWidth) / 1e6},
		{"trial_ids_note", numbers.Note},
	} {
		if a.value == "" {
			continue
		}
		if err := w.SetAttr("/", a.name, a.value); err != nil {
			return err
		}
	}
	if err := writeDivision(w, d.Divided); err != nil {
		return err
	}
	if err := writeOrigin(w, d); err != nil {
		return err
	}
	return w.Close()
}

// writeOrigin says which recording a prepared data file was made of, and how, and what
// its neurons are called.
func writeOrigin(w *hdf5.Writer, d *dataset.Dataset) error {
	if len(d.Neurons) > 0 {
		if err := w.SetAttr("/", "unit_ids", d.Neurons); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.Attributes)) {
		if err := w.SetAttr("/", name, d.Attributes[name]); err != nil {
			return err
		}
	}
	return nil
}

// writeDivision says how trials were divided, if the data file did not say which
// validate.
func writeDivision(w *hdf5.Writer, by *dataset.Division) error {
	if by == nil {
		return nil
	}
	if err := w.SetAttr("/", "split_share", by.Share); err != nil {
		return err
	}
	return w.SetAttr("/", "split_seed", by.Seed)
}

// part is one split with what was inferred for it.
type part struct {
	name  string
	ids   []int64 // of its trials
	split *dataset.Split
	post  *lfads.Posterior
	rates *dataset.Array // neurons in the order of the file, in the recording's unit
	named []quantity     // parameters of the likelihood, likewise
}

// quantity is what a data set holds.
type quantity struct {
	name, unit string
	values     *dataset.Array
	flat       bool // one bin: [trials, dims]
}

func parts(d *dataset.Dataset, r *Result, n *dataset.Numbering) []part {
	var p []part
	for _, s := range []part{
		{name: "train", ids: n.Train, split: d.Train, post: r.Train},
		{name: "valid", ids: n.Valid, split: d.Valid, post: r.Valid},
		{name: "test", ids: n.Test, split: d.Test, post: r.Test},
	} {
		if s.post != nil {
			s.rates = d.Scale.In(inFile(s.post.Rates, d))
			for i, q := range likelihood.ParametersOf(r.Likelihood) {
				s.named = append(s.named, quantity{"output_" + q.Name, parameterUnit(d, q), d.Scale.InPower(inFile(s.post.Parameters[i], d), q.Power), false})
			}
			p = append(p, s)
		}
	}
	return p
}

// inFile returns rates with the neurons in the order of the file.
func inFile(rates *dataset.Array, d *dataset.Dataset) *dataset.Array {
	if d.Order == nil {
		return rates
	}
	out := dataset.NewArray(rates.Trials, rates.Bins, rates.Features)
	for trial := range rates.Trials {
		for bin := range rates.Bins {
			to := out.Bin(trial, bin)
			for n, rate := range rates.Bin(trial, bin) {
				to[d.InFile(n)] = rate
			}
		}
	}
	return out
}

const outputParams = "output_params"

// quantities are what a file has of a split; unit is that of rates.
func (p *part) quantities(unit string) []quantity {
	return append([]quantity{
		{outputParams, unit, p.rates, false},
		{"factors", "arbitrary", p.post.Factors, false},
		{"gen_states", "arbitrary", p.post.GeneratorStates, false},
		{"gen_inputs", "arbitrary", p.post.GeneratorInputs, false},
		{"con_states", "arbitrary", p.post.ControllerStates, false},
		{"co_means", "arbitrary", p.post.InputMeans, false},
		{"co_stds", "arbitrary", p.post.InputStds, false},
		{"ic_mean", "arbitrary", p.post.ICMeans, true},
		{"ic_std", "arbitrary", p.post.ICStds, true},
		{"gen_init", "arbitrary", p.post.GeneratorInit, true},
	}, p.named...)
}

func (p *part) write(w *hdf5.Writer, unit string) error {
	for _, q := range p.quantities(unit) {
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
	if starts := p.split.Starts; starts != nil {
		if err := w.Write(p.name+"_start_bin", starts, []int{len(starts)}); err != nil {
			return err
		}
	}
	return w.Write(p.name+"_inds", p.ids, []int{len(p.ids)})
}

// writeOriginalOrder writes the trials of all splits by their index in the
// recording; where the file does not say it, split after split. Without a width
// of bins there are no rates in Hz.
func writeOriginalOrder(w *hdf5.Writer, splits []part, recorded bool, width time.Duration) error {
	type trial struct {
		id    int64
		rates []float32
	}
	var trials []trial
	for _, p := range splits {
		for i, id := range p.ids {
			trials = append(trials, trial{id, p.rates.Trial(i)})
		}
	}
	if recorded {
		slices.SortStableFunc(trials, func(a, b trial) int { return cmp.Compare(a.id, b.id) })
	}
	ids := make([]int64, len(trials))
	var hz []float32
	if rates := splits[0].post.Rates; width != 0 {
		hz = make([]float32, 0, len(trials)*rates.Bins*rates.Features)
	}
	factor := perSecond(width)
	for i, t := range trials {
		ids[i] = t.id
		if width == 0 {
			continue
		}
		for _, rate := range t.rates {
			hz = append(hz, rate*factor)
		}
	}
	if err := w.Write("trial_ids", ids, []int{len(ids)}); err != nil || width == 0 {
		return err
	}
	shape := splits[0].rates
	if err := w.Write("rates_hz", hz, []int{len(ids), shape.Bins, shape.Features}); err != nil {
		return err
	}
	return w.SetAttr("rates_hz", "unit", unitHz)
}

const unitHz = "spikes per second"

// perSecond turns what is in a bin into what is in a second.
func perSecond(width time.Duration) float32 { return float32(1 / width.Seconds()) }
