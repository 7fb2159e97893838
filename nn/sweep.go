package nn

import "github.com/autolfads/autolfads/internal/kernel"

// Sweep runs a GRU over a stretch of time, forwards or backwards, from a
// learned initial state. Two sweeps over the same input make a bidirectional
// encoder.
type Sweep struct {
	*GRU
	Reverse bool
	Initial *Vector // [Hidden]
	sparse  *sparseWeights
}

// NewSweep adds a cell and its initial state to layout.
func NewSweep(layout *Layout, name string, in, hidden int, limit float32, reverse bool) *Sweep {
	return &Sweep{
		GRU:     NewGRU(layout, name, Cell{In: in, Early: in, Hidden: hidden, Limit: limit, EarlyIsData: true}),
		Reverse: reverse,
		Initial: NewVector(layout, name+".initial_state", hidden),
		sparse:  newSparseWeights(layout.Arena, in, 3*hidden),
	}
}

// Initialise implements [Layer]: inputs and states have one fan together.
func (s *Sweep) Initialise(params []float32, draw func(Tensor, int)) {
	s.initialise(params, draw, s.In+s.Hidden, s.In+s.Hidden)
}

// Prepare implements [Layer].
func (s *Sweep) Prepare(params []float32) {
	s.GRU.Prepare(params)
	s.Initial.Prepare(params)
	s.sparse.prepare(s.Input.Of(params), s.bias)
}

// SweepTape is what a sweep over bins time bins of one block leaves for its
// backward pass.
type SweepTape struct {
	bins, w int
	states  []float32 // [bins+1][Hidden][w]; see After
	act     []float32 // [bins][3 Hidden][w]
	rh      []float32 // [ChunkBins][Hidden][w]: r * h of the bins that Accumulate takes next
	dh      []float32 // [Hidden][w]
}

// NewTape returns a tape for up to bins time bins of blocks of width w.
func (s *Sweep) NewTape(a *Arena, bins, w int) *SweepTape {
	h := s.Hidden
	return &SweepTape{
		bins: bins, w: w,
		states: NewActivations(a, bins+1, h, w),
		act:    NewActivations(a, bins, 3*h, w),
		rh:     NewActivations(a, ChunkBins(w), h, w),
		dh:     NewActivations(a, 1, h, w),
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
func (s *Sweep) After(tape *SweepTape, t int) []float32 {
	return at(tape.states, s.after(t), s.Hidden*tape.w)
}

// Final returns the last state of the sweep.
func (s *Sweep) Final(tape *SweepTape) []float32 {
	if s.Reverse {
		return s.After(tape, 0)
	}
	return s.After(tape, tape.bins-1)
}

// Forward runs over x [bins][In][w].
func (s *Sweep) Forward(tape *SweepTape, x Input, scratch *Scratch) {
	w := tape.w
	s.Initial.Forward(at(tape.states, s.first(tape.bins), s.Hidden*w), w)
	for i := range tape.bins {
		t := s.bin(i, tape.bins)
		step := s.step(tape, t, tape.rh)
		step.Early = scratch.early[:3*s.Hidden*w] // in the cache, while the tape is not
		if x.Sparse == nil {
			s.ProjectEarly(step.Early, at(x.Dense, t, s.In*w), w)
		} else {
			s.sparse.forward(step.Early, x, t, w, scratch)
		}
		s.GRU.Forward(&step, w)
	}
}

// step is a bin on the tape.
func (s *Sweep) step(tape *SweepTape, t int, rh []float32) Step {
	n := s.Hidden * tape.w
	return Step{
		Before: at(tape.states, s.before(t), n), After: at(tape.states, s.after(t), n),
		Gates: at(tape.act, t, 3*n), RH: rh,
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
func (s *Sweep) Backward(tape *SweepTape, d *SweepGrad, x Input, dFinal, dStates []float32, scratch *Scratch) {
	w := tape.w
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
		step := s.step(tape, t, at(tape.rh, place, n))
		s.GRU.Backward(&step, dh, nil, w)
		pending++
		if pending == chunk || i == 0 {
			first := t
			if s.Reverse {
				first, place = t-pending+1, 0
			}
			d.Accumulate(x.From(first, s.In*w), tape.states[s.before(first)*n:], tape.rh[place*n:], tape.act[first*3*n:], pending, scratch)
			pending = 0
		}
	}
	kernel.Add(d.initial.Lanes, dh)
}

// SweepGrad accumulates the gradients of a Sweep over one block.
type SweepGrad struct {
	*GRUGrad
	initial *LanesGrad
}

// NewGrad returns an accumulator for blocks of width w.
func (s *Sweep) NewGrad(a *Arena, w int) *SweepGrad {
	return &SweepGrad{s.GRU.NewGrad(a, w), s.Initial.NewGrad(a, w)}
}

// Reset implements [Grad].
func (d *SweepGrad) Reset() {
	d.GRUGrad.Reset()
	d.initial.Reset()
}

// AddTo implements [Grad].
func (d *SweepGrad) AddTo(grad []float32) {
	d.GRUGrad.AddTo(grad)
	d.initial.AddTo(grad)
}

// at returns element i of a sequence of stretches of n numbers.
func at(x []float32, i, n int) []float32 { return x[i*n : (i+1)*n] }
