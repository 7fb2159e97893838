package paper

import (
	"context"
	"fmt"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/report"
)

// recording is a continuous recording whose windows are trials of a set: what is known of
// windows is put together again, and decoded bin by bin. Bins that training windows alone
// have teach; those that validation windows alone have judge.
type recording struct {
	data         *dataset.Dataset
	train, valid []int          // bins
	behavior     *dataset.Array // [1, bins, outputs]
}

// recordingOf puts a recording together again; an error says that the set is of none.
func recordingOf(d *dataset.Dataset) (*recording, error) {
	if d.Chop == nil {
		return nil, fmt.Errorf("%s has trials, which are no windows of a continuous recording (autolfads prepare --chop)", d.Name)
	}
	r := &recording{data: d}
	whole, err := r.whole(func(s *dataset.Split) *dataset.Array { return s.Behavior })
	if err != nil {
		return nil, err
	}
	r.behavior = whole
	train, valid := r.covered(d.Train), r.covered(d.Valid)
	for bin := range train {
		switch {
		case train[bin] && !valid[bin]:
			r.train = append(r.train, bin)
		case valid[bin] && !train[bin]:
			r.valid = append(r.valid, bin)
		}
	}
	if len(r.train) == 0 || len(r.valid) == 0 {
		return nil, fmt.Errorf("%s has no bins that windows of training, or of validation, alone have: windows are to be divided by blocks (autolfads prepare --chop --split-blocks)", d.Name)
	}
	return r, nil
}

// covered says which bins lie in windows of a split.
func (r *recording) covered(s *dataset.Split) []bool {
	in := make([]bool, r.data.Chop.Bins)
	for _, start := range s.Starts {
		for bin := range int64(r.data.Chop.Window) {
			in[start+bin] = true
		}
	}
	return in
}

// whole merges what there is of windows, [1, bins, features]; nil: there is nothing.
func (r *recording) whole(of func(s *dataset.Split) *dataset.Array) (*dataset.Array, error) {
	if of(r.data.Train) == nil || of(r.data.Valid) == nil {
		return nil, nil
	}
	m, err := r.data.Merge(of)
	if err != nil {
		return nil, err
	}
	a := dataset.NewArray(1, int(m.Bins), m.Features)
	m.Rows(0, a.Data)
	return a, nil
}

// rates are those of a method, merged.
func (r *recording) rates(s *methods, method int) (*dataset.Array, error) {
	c := &s.Candidates[method]
	return r.whole(func(s *dataset.Split) *dataset.Array {
		if s == r.data.Train {
			return c.Train.Rates
		}
		return c.Valid.Rates
	})
}

// smooth returns the whole recording's spikes, smoothed with the kernel by which behaviour
// is decoded best in training.
func (r *recording) smooth(ctx context.Context) (*dataset.Array, error) {
	spikes, err := r.whole(func(s *dataset.Split) *dataset.Array { return s.Recon })
	if err != nil {
		return nil, err
	}
	means := spikes.Means()
	kernels, best, err := baseline.Sweep(ctx, spikes, r.data.BinWidth, baseline.SDsFor(r.data.BinWidth), func(rates *dataset.Array) (float64, error) {
		baseline.Fill(rates, means)
		l, err := decode.Ridge(ctx, at(rates, r.train), at(r.behavior, r.train), nil)
		if err != nil {
			return 0, err
		}
		return l.CrossValidated, nil
	})
	if err != nil {
		return nil, err
	}
	rates, err := baseline.Smooth(ctx, spikes, kernels[best].SD, r.data.BinWidth)
	if err == nil {
		baseline.Fill(rates, means)
	}
	return rates, err
}

// decode gives a row how well each output is decoded from merged rates. It returns the mean
// R2 of the outputs that are asked about, by blocks of time; nil of none.
func (r *recording) decode(ctx context.Context, rates *dataset.Array, asked []int, row *Row) (metric.ByTrial, error) {
	l, err := decode.Ridge(ctx, at(rates, r.train), at(r.behavior, r.train), nil)
	if err != nil {
		return nil, err
	}
	inputs, truth := at(rates, r.valid), at(r.behavior, r.valid)
	score, err := l.Score(inputs, truth)
	if err != nil {
		return nil, err
	}
	for i, v := range score.PerOutput {
		row.set(outputKey(i), v)
	}
	if len(asked) == 0 {
		return nil, nil
	}
	each := func(a *dataset.Array) *dataset.Array { // bin a trial
		some := a.Columns(asked)
		some.Trials, some.Bins = some.Bins, 1
		return some
	}
	return newInBlocks(metric.R2ByTrial(each(truth), each(l.Predict(inputs, inputs.Bins))), r.valid, blockBins(r.data)), nil
}

// at are some bins of a recording, [1, bins, features].
func at(a *dataset.Array, bins []int) *dataset.Array {
	some := dataset.NewArray(1, len(bins), a.Features)
	for to, bin := range bins {
		copy(some.Bin(0, to), a.Bin(0, bin))
	}
	return some
}

// shownSeconds is how long a stretch of a recording a figure shows.
const shownSeconds = 6.

// stretch is a figure of the recording's spikes and merged rates, from its first judging
// bin on.
func (r *recording) stretch(rates *dataset.Array) (*report.Continuous, error) {
	spikes, err := r.whole(func(s *dataset.Split) *dataset.Array { return s.Recon })
	if err != nil {
		return nil, err
	}
	first := r.valid[0]
	last := min(first+int(shownSeconds/r.data.BinWidth.Seconds()), spikes.Bins)
	rows := func(a *dataset.Array) []float32 { return a.Data[first*a.Features : last*a.Features] }
	f := &report.Continuous{
		Title: "From spikes to rates without trials", Subtitle: "windows of a continuous recording, modelled as trials and merged",
		BinWidth: r.data.BinWidth, Start: r.data.Seconds(int64(first)), Spikes: rows(spikes), Rates: rows(rates),
	}
	for i := range spikes.Features {
		f.Neurons = append(f.Neurons, r.data.NeuronID(i))
	}
	return f, nil
}
