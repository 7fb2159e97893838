package likelihoodtest

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// masks checks both: pass stops gradients and leaves the loss, observed stops
// both; and that a loss without gradients is the same.
func (s *suite) masks(t *testing.T) {
	const neurons, w = 5, 8
	s = s.of(neurons)
	src := rng.NewSource(rng.Derive(3, rng.Synthesis))
	b := s.block(src, neurons, w)
	whole := s.run(b)

	alone := *b
	alone.Grad = nil
	if !slices.Equal(s.run(&alone).Loss, whole.Loss) {
		t.Error("without gradients the loss is another")
	}

	passed := *b
	passed.Pass = mask(src, neurons, w)
	got := s.run(&passed)
	if !slices.Equal(got.Loss, whole.Loss) {
		t.Error("the mask of gradients changes the loss")
	}
	sameWhere(t, got, whole, passed.Pass)

	for _, pass := range [][]uint8{nil, mask(src, neurons, w)} {
		seen := *b
		seen.Observed, seen.Pass = mask(src, neurons, w), pass
		where := seen.Observed
		if pass != nil {
			for i := range pass {
				pass[i] &= seen.Observed[i]
			}
			where = pass
		}
		seen.Y = unseen(b, seen.Observed)
		got := s.run(&seen)
		sameWhere(t, got, whole, where)
		s.lossOfSeen(t, &seen, got)
	}
}

// unseen returns data of a block with numbers that few likelihoods can have where
// they are not observed: these count nowhere, whatever they are.
func unseen(b *likelihood.Block, observed []uint8) []float32 {
	y := slices.Clone(b.Y)
	for i := range y {
		if !nn.Kept(observed, i, b.Width) {
			y[i] = []float32{0, -1, -2.5, 1e9}[i%4]
		}
	}
	return y
}

// sameWhere checks that gradients are those of the whole where a mask keeps them,
// else 0.
func sameWhere(t *testing.T, got, whole *likelihood.Block, keep []uint8) {
	t.Helper()
	for i, want := range whole.Grad {
		if !nn.Kept(keep, i%len(whole.Y), whole.Width) {
			want = 0
		}
		if got.Grad[i] != want {
			t.Fatalf("gradient %d is %v, want %v", i, got.Grad[i], want)
		}
	}
}

// lossOfSeen checks that the loss is that of the observed elements alone: sums of
// a few numbers of the size of 1, in single precision.
func (s *suite) lossOfSeen(t *testing.T, b, got *likelihood.Block) {
	t.Helper()
	want, alone := make([]float64, b.Width), s.of(1)
	for i, y := range b.Y {
		if !b.IsObserved(i) {
			continue
		}
		var out []float64
		for p := range s.Outputs() {
			out = append(out, float64(b.Out[p*len(b.Y)+i]))
		}
		want[i%b.Width] += alone.loss(out, y) - s.DataTerm(y)
	}
	for lane, v := range want {
		if !(math.Abs(float64(got.Loss[lane])-v) <= 1e-5*(1+math.Abs(v))) {
			t.Errorf("lane %d has the loss %v, its observed elements %v", lane, got.Loss[lane], v)
		}
	}
}

// widths checks that an element has the same bits in a block of any width, also
// when its gradient takes the place of the readout.
func (s *suite) widths(t *testing.T) {
	const neurons = 3
	s = s.of(neurons)
	for _, w := range []int{8, 16, 32} {
		src := rng.NewSource(rng.Derive(4, rng.Synthesis, uint64(w)))
		b := s.block(src, neurons, w)
		want := s.run(b)
		inPlace := *b
		inPlace.Out = slices.Clone(b.Out)
		inPlace.Grad = inPlace.Out
		inPlace.Y, inPlace.Loss, inPlace.Learned = slices.Clone(b.Y), slices.Clone(b.Loss), make([]float64, len(s.params))
		s.Loss(&inPlace)
		if !slices.Equal(inPlace.Grad, want.Grad) || !slices.Equal(inPlace.Loss, want.Loss) {
			t.Errorf("width %d: in place of the readout the gradient is another", w)
		}
		for lane := range w {
			one := s.run(oneLane(b, lane))
			for i, g := range one.Grad {
				if g != want.Grad[i*w+lane] {
					t.Fatalf("width %d, lane %d: gradient %d is %v, alone %v", w, lane, i, want.Grad[i*w+lane], g)
				}
			}
			if one.Loss[0] != want.Loss[lane] {
				t.Fatalf("width %d, lane %d: the loss is %v, alone %v", w, lane, want.Loss[lane], one.Loss[0])
			}
		}
	}
}

// oneLane returns the block of one lane.
func oneLane(b *likelihood.Block, lane int) *likelihood.Block {
	pick := func(x []float32) []float32 {
		var out []float32
		for i := lane; i < len(x); i += b.Width {
			out = append(out, x[i])
		}
		return out
	}
	return &likelihood.Block{
		Width: 1, Out: pick(b.Out), Y: pick(b.Y), Grad: pick(b.Grad), Scale: pick(b.Scale), Loss: pick(b.Loss),
	}
}

// allocations checks that a training step is not slowed by the heap.
func (s *suite) allocations(t *testing.T) {
	const neurons = 4
	s = s.of(neurons)
	b := s.block(rng.NewSource(rng.Derive(5, rng.Synthesis)), neurons, 8)
	b.Learned = make([]float64, len(s.params))
	mean, natural := make([]float32, len(b.Y)), make([]float32, len(s.parameters())*len(b.Y))
	bin := func() {
		s.Mean(mean, b.Out)
		s.naturalOf(natural, b.Out)
		s.Loss(b)
	}
	if n := testing.AllocsPerRun(10, bin); n > 0 {
		t.Errorf("a bin makes %v allocations", n)
	}
}
