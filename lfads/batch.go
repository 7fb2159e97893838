package lfads

import (
	"slices"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/rng"
)

// Data is a split ready for a model: its arrays, whether they lack elements, and
// for each trial how many were observed and the part of the likelihood that depends
// on the data alone.
type Data struct {
	*dataset.Split
	missing  bool      // some of what is read or reconstructed was not observed: NaN
	observed []int     // elements that are reconstructed and were observed
	dataTerm []float64 // of those
}

// NewData prepares a split. Its arrays must have the model's shape; NaN is an
// element that was not observed.
func (m *Model) NewData(s *dataset.Split) *Data {
	d := &Data{Split: s, missing: lacks(s.Encod) || lacks(s.Recon), observed: make([]int, s.Trials()), dataTerm: make([]float64, s.Trials())}
	if s.Recon == nil {
		return d // a test split may hold held-in neurons alone: rates, but no loss
	}
	for i := range d.dataTerm {
		for y := range seen(slices.Values(s.Recon.Trial(i))) {
			d.observed[i]++
			d.dataTerm[i] += m.readout.likelihood.DataTerm(y)
		}
	}
	return d
}

// Copies returns the trials n times over: trial i of copy c is trial c Trials() + i.
// So random numbers of the copies are apart, and several samples of few trials fill the
// blocks of a batch.
func (d *Data) Copies(n int) *Data {
	if n == 1 {
		return d
	}
	s := &dataset.Split{Encod: copies(d.Encod, n), Recon: copies(d.Recon, n), External: copies(d.External, n)}
	return &Data{s, d.missing, slices.Repeat(d.observed, n), slices.Repeat(d.dataTerm, n)}
}

// copies repeats an array's trials; nil stays nil.
func copies(a *dataset.Array, n int) *dataset.Array {
	if a == nil {
		return nil
	}
	c := *a
	c.Trials, c.Data = n*a.Trials, slices.Repeat(a.Data, n)
	return &c
}

// Batch is trials of a split that go through the model together.
type Batch struct {
	*Data
	Trials []int // rows of the split's arrays
}

// Pass says how a batch goes through the model.
type Pass struct {
	Draws         Draws
	Noise         Noise // of posterior samples; nil: those of Draws
	DropoutRate   float64
	Augmentations []augment.Augmentation

	// ByTrial, [trials of the batch], receives the reconstruction loss of each trial: the
	// sum over its elements that count, before all weights. nil: it is not wanted.
	ByTrial []float64
}

// block is a part of a batch that one thread takes through the model: up to w
// trials side by side.
type block struct {
	trials []int
	first  int // place of the first of them in the batch
}

// blockWidth returns the width of the next block when n trials of a batch are
// left: 32, or the narrowest (16 and then 1 or 8 for 17 to 24) that holds them.
// At most 7 lanes of a batch stay empty; the cut depends on its size alone.
func blockWidth(n int) int {
	switch {
	case n > 24:
		return 32
	case n > 8:
		return 16
	case n == 1:
		return 1
	}
	return 8
}

// load brings a block's trials into the tape: input and data in the blocked
// layout, what was not observed hidden, then augmentation, then dropout on the input.
func (m *Model) load(t *tape) {
	gather(t.input, t.batch.Encod, t.trials, t.w, t.gatherRows)
	if t.batch.Recon != nil {
		gather(t.data, t.batch.Recon, t.everyLane(), t.w, t.gatherRows)
	}
	t.changes = augment.ChangesOf(t.pass.Augmentations)
	t.hideMissing()
	t.augmentBlock()
	if t.pass.DropoutRate > 0 {
		m.dropInput(t)
	}
	m.chooseInput(t)
}

// everyLane returns the trials of all lanes: those beyond the block's hold its last
// trial once more, for a likelihood need not know what to do with other data. They
// have no weight.
func (t *tape) everyLane() []int {
	t.lanes = append(t.lanes[:0], t.trials...)
	for len(t.lanes) < t.w {
		t.lanes = append(t.lanes, t.trials[len(t.trials)-1])
	}
	return t.lanes
}

// augmentBlock applies the pass's augmentations to the block.
func (t *tape) augmentBlock() {
	list := t.pass.Augmentations
	t.masked = len(list) > 0
	if !t.masked {
		return
	}
	b := &t.augment
	b.Trials, b.Observed, b.Scale = len(t.trials), nil, 1
	fill(b.Pass, 0xff)
	if t.hides {
		b.Observed = t.observed
	}
	for _, a := range list {
		a.Apply(b)
	}
	b.ScaleInput()
	for i, seen := range b.Observed { // likelihood.Block wants Pass within Observed
		b.Pass[i] &= seen
	}
}

func (m *Model) dropInput(t *tape) {
	d := t.dropoutOf(rng.DropoutEncoder)
	for bin := range m.Shape.Bins {
		x := at(t.input, bin, m.Shape.HeldIn*t.w)
		d.Mask(t.inputMask, bin, m.Shape.HeldIn, t.w)
		t.drop(x, x, t.inputMask)
	}
}

// gather writes trials of a as [bins][features][w], a tile at a time through
// rows (w tiles). Lanes beyond the trials are zero.
func gather(dst []float32, a *dataset.Array, trials []int, w int, rows []float32) {
	n := a.Bins * a.Features
	clear(rows[len(trials)*gatherTile : w*gatherTile])
	for first := 0; first < n; first += gatherTile {
		cols := min(gatherTile, n-first)
		for lane, trial := range trials {
			copy(rows[lane*gatherTile:], a.Trial(trial)[first:first+cols])
		}
		kernel.FromRows(dst[first*w:], rows, cols, w, gatherTile)
	}
}

// gatherTile is how many elements of a trial gather takes at a time: the rows
// of all lanes stay in the cache.
const gatherTile = 256

func fill[T any](x []T, v T) {
	for i := range x {
		x[i] = v
	}
}
