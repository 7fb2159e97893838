package lfads

import (
	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/rng"
)

// Data is a split ready for a model: its arrays, and for each trial the part
// of the likelihood that depends on the data alone.
type Data struct {
	*dataset.Split
	dataTerm []float64
}

// NewData prepares a split. Its arrays must have the model's shape.
func (m *Model) NewData(s *dataset.Split) *Data {
	d := &Data{Split: s, dataTerm: make([]float64, s.Trials())}
	if s.Recon == nil {
		return d // a test split may hold held-in neurons alone: rates, but no loss
	}
	for i := range d.dataTerm {
		for _, y := range s.Recon.Trial(i) {
			d.dataTerm[i] += m.likelihood.DataTerm(y)
		}
	}
	return d
}

// Batch is trials of a split that go through the model together.
type Batch struct {
	*Data
	Trials []int // rows of the split's arrays
}

// Pass says how a batch goes through the model.
type Pass struct {
	Draws         Draws
	Noise         Noise // of posterior samples; nil: Draws
	DropoutRate   float64
	Augmentations []augment.Augmentation
}

func (p *Pass) noise() Noise {
	if p.Noise != nil {
		return p.Noise
	}
	return p.Draws
}

// block is a part of a batch that one thread takes through the model: up to w
// trials side by side.
type block struct {
	trials []int
}

// blockWidths cuts a batch of n trials into blocks of 32 trials; the rest goes
// into the narrowest block (or a block of 16 and one of 8) that holds it. The
// cut depends on n alone.
func blockWidths(n int) []int {
	var widths []int
	for ; n >= 32; n -= 32 {
		widths = append(widths, 32)
	}
	switch {
	case n > 24:
		widths = append(widths, 32)
	case n > 16:
		widths = append(widths, 16, 8)
	case n > 8:
		widths = append(widths, 16)
	case n > 0:
		widths = append(widths, 8)
	}
	return widths
}

// load brings a block's trials into the tape: input and data in the blocked
// layout, then augmentation, then dropout on the input.
func (m *Model) load(t *tape) {
	gather(t.input, t.batch.Encod, t.trials, t.w)
	if t.batch.Recon != nil {
		gather(t.data, t.batch.Recon, t.trials, t.w)
	}
	t.masked = len(t.pass.Augmentations) > 0
	if t.masked {
		fill(t.gradientMask, 1)
		b := &augment.Block{
			Width: t.w, Trials: len(t.trials),
			Bins: m.Shape.Bins, HeldIn: m.Shape.HeldIn, ReconBins: m.Shape.ReconBins, Neurons: m.Shape.Neurons,
			Input: t.input, GradientMask: t.gradientMask, Key: t.key, Mask: t.augmentMask, Drop: t.drop,
		}
		for _, a := range t.pass.Augmentations {
			a.Apply(b)
		}
	}
	if t.pass.DropoutRate > 0 {
		m.dropInput(t)
	}
}

func (m *Model) dropInput(t *tape) {
	d := t.dropout(rng.DropoutEncoder)
	n := m.Shape.HeldIn * t.w
	for bin := range m.Shape.Bins {
		d.Mask(t.augmentMask, bin, m.Shape.HeldIn, t.w)
		mul(at(t.input, bin, n), t.augmentMask)
	}
}

// gather transposes trials of a into [bins][features][w], a tile at a time so
// that its rows stay in the cache. Lanes beyond the trials are zero.
func gather(dst []float32, a *dataset.Array, trials []int, w int) {
	const tile = 64
	n := a.Bins * a.Features
	if len(trials) < w {
		clear(dst[:n*w])
	}
	for first := 0; first < n; first += tile {
		last := min(first+tile, n)
		for lane, trial := range trials {
			o := first*w + lane
			for _, v := range a.Trial(trial)[first:last] {
				dst[o] = v
				o += w
			}
		}
	}
}

func fill(x []float32, v float32) {
	for i := range x {
		x[i] = v
	}
}
