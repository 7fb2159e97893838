package nn

import "github.com/autolfads/autolfads/internal/kernel"

// Sweep runs a GRU over a stretch of time, forwards or backwards, from a
// learned initial state. Two sweeps over the same input make a bidirectional
// encoder.
type Sweep struct {
	*GRU
	Reverse bool
	Initial Tensor // [Hidden]
	initial []float32
	sparse  *sparseWeights
}

// NewSweep adds a cell and its initial state to layout.
func NewSweep(layout *Layout, name string, in, hidden int, limit float32, reverse bool) *Sweep {
	cell := NewGRU(layout, name, in, in, hidden, limit)
	cell.earlyBack = nil // what a sweep reads is data
	return &Sweep{
		GRU:     cell,
		Reverse: reverse,
		Initial: layout.New(name+".initial_state", hidden),
		sparse:  newSparseWeights(in, 3*hidden),
	}
}

// Prepare packs the weights: call it whenever params changed.
func (s *Sweep) Prepare(params []float32) {
	s.GRU.Prepare(params)
	s.initial = s.Initial.Of(params)
	s.sparse.prepare(s.Input.Of(params), s.bias)
}

// SweepTape is what a sweep over bins time bins of one block leaves for its
// backward pass.
type SweepTape struct {
	bins   int
	states []float32 // [bins+1][Hidden][w]; see After
	act    []float32 // [bins][3 Hidden][w]
	rh     []float32 // [ChunkBins][Hidden][w]: r * h of the bins that Accumulate takes next
	dh     []float32 // [Hidden][w]
}

// NewTape returns a tape for up to bins time bins of blocks of width w.
func (s *Sweep) NewTape(bins, w int) *SweepTape {
	h := s.Hidden
	return &SweepTape{
		bins:   bins,
		states: NewActivations(bins+1, h, w),
		act:    NewActivations(bins, 3*h, w),
		rh:     NewActivations(ChunkBins(w), h, w),
		dh:     NewActivations(1, h, w),
	}
}

// before and after give the places of the states around bin t: forwards they
// are t and t+1; backwards t+1 and t.
func (s *Sweep) before(t int) int {
	if s.Reverse {
		return t + 1
	}
	return t
}

func (s *Sweep) after(t int) int { return 2*t + 1 - s.before(t) }

// After returns the state that follows bin t in the sweep's own direction.
func (s *Sweep) After(tape *SweepTape, t, w int) []float32 {
	return at(tape.states, s.after(t), s.Hidden*w)
}

// Final returns the last state of the sweep.
func (s *Sweep) Final(tape *SweepTape, w int) []float32 {
	if s.Reverse {
		return s.After(tape, 0, w)
	}
	return s.After(tape, tape.bins-1, w)
}

// Forward runs over x [bins][In][w].
func (s *Sweep) Forward(tape *SweepTape, x Input, w int, scratch *Scratch) {
	Broadcast(at(tape.states, s.first(tape.bins), s.Hidden*w), s.initial, w)
	for i := range tape.bins {
		t := s.bin(i, tape.bins)
		early := scratch.early[:3*s.Hidden*w] // in the cache, while the tape is not
		if x.Sparse == nil {
			s.ProjectEarly(early, at(x.Dense, t, s.In*w), w)
		} else {
			s.sparse.forward(early, x, t, w, scratch)
		}
		s.GRU.Forward(s.After(tape, t, w), at(tape.act, t, 3*s.Hidden*w), tape.rh, at(tape.states, s.before(t), s.Hidden*w), early, nil, w)
	}
}

// first is the place of the initial state.
func (s *Sweep) first(bins int) int { return s.before(s.bin(0, bins)) }

// bin returns the i-th time bin in the sweep's direction.
func (s *Sweep) bin(i, bins int) int {
	if s.Reverse {
		return bins - 1 - i
	}
	return i
}

// Backward accumulates the sweep's gradients. dFinal [Hidden][w] is the
// gradient at the final state, dStates [bins][Hidden][w] that at the state
// after each bin; either may be nil.
func (s *Sweep) Backward(tape *SweepTape, d *SweepGrad, x Input, dFinal, dStates []float32, w int, scratch *Scratch) {
	n := s.Hidden * w
	dh := tape.dh[:n]
	clear(dh)
	if dFinal != nil {
		copy(dh, dFinal)
	}
	chunk := ChunkBins(w) // bins whose weight gradients are accumulated together
	pending := 0
	for i := tape.bins - 1; i >= 0; i-- {
		t := s.bin(i, tape.bins)
		if dStates != nil {
			kernel.Add(dh, at(dStates, t, n))
		}
		place := pending // in rh, where bins ascend
		if !s.Reverse {
			place = chunk - 1 - pending
		}
		s.GRU.Backward(dh, nil, at(tape.act, t, 3*n), at(tape.states, s.before(t), n), at(tape.rh, place, n), w)
		pending++
		if pending == chunk || i == 0 {
			first := t
			if s.Reverse {
				first, place = t-pending+1, 0
			}
			d.Accumulate(x.From(first, s.In*w), tape.states[s.before(first)*n:], tape.rh[place*n:], tape.act[first*3*n:], pending, w, scratch)
			pending = 0
		}
	}
	kernel.Add(d.initial, dh)
}

// SweepGrad accumulates the gradients of a Sweep over one block.
type SweepGrad struct {
	*GRUGrad
	layer   *Sweep
	initial []float32 // [Hidden][w]
}

// NewGrad returns an accumulator for blocks of width w.
func (s *Sweep) NewGrad(w int) *SweepGrad {
	return &SweepGrad{s.GRU.NewGrad(w), s, make([]float32, s.Hidden*w)}
}

// Reset zeroes the accumulator.
func (d *SweepGrad) Reset() {
	d.GRUGrad.Reset()
	clear(d.initial)
}

// AddTo adds the accumulated gradients to the flat gradient.
func (d *SweepGrad) AddTo(grad []float32, w int) {
	d.GRUGrad.AddTo(grad, w)
	AddLanes(d.layer.Initial.Of(grad), d.initial, w)
}

// at returns element i of a sequence of stretches of n numbers.
func at(x []float32, i, n int) []float32 { return x[i*n : (i+1)*n] }

// Broadcast writes each element of v to all lanes of its row of dst [len(v)][w].
func Broadcast(dst, v []float32, w int) {
	for i, x := range v {
		row := dst[i*w : (i+1)*w]
		for l := range row {
			row[l] = x
		}
	}
}
