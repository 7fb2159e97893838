package nn_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/internal/naive"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// sweepRun is a stretch of time, forward and backward.
type sweepRun struct {
	states, final []float32 // [trials][bins][hidden], [trials][hidden]
	grad          []float32 // of the flat parameters
	layer         *nn.Sweep
}

// runSweep runs over x from an initial state. dFinal may be nil.
func runSweep(c weights, initial []float64, limit float32, reverse bool, x naive.Sequence, dFinal *naive.Matrix, dStates naive.Sequence, w int) sweepRun {
	var layout nn.Layout
	in, hidden, trials, bins := x[0].Cols, len(initial), x[0].Rows, len(x)
	s := nn.NewSweep(&layout, "sweep", in, hidden, limit, reverse)
	params := make([]float32, layout.Size)
	c.set(params, s.GRU)
	set(params, s.Initial.Tensor, initial)
	s.Prepare(params)

	tape, xs, scratch := s.NewTape(nil, bins, w), nn.Input{Dense: blocked(x, w)}, nn.NewScratch(nil, 3*hidden)
	s.Forward(tape, xs, scratch)
	r := sweepRun{final: trialsFirst(s.Final(tape), 1, hidden, trials, w), layer: s}
	var states []float32
	for bin := range bins {
		states = append(states, s.After(tape, bin)...)
	}
	r.states = trialsFirst(states, bins, hidden, trials, w)

	var df []float32
	if dFinal != nil {
		df = blocked(naive.Sequence{dFinal}, w)
	}
	grad := s.NewGrad(nil, w)
	s.Backward(tape, grad, xs, df, blocked(dStates, w), scratch)
	r.grad = make([]float32, layout.Size)
	grad.AddTo(r.grad)
	return r
}

// Two sweeps make a bidirectional GRU. In the reference each trial has an
// initial state of its own, here all share a learned one: so each trial runs
// alone, and gradients of weights are added up.
func TestSweepsGolden(t *testing.T) {
	u := golden.Units(t)["bigru"]
	x, h0, dOut := sequence(u.Array("x")), matrix(u.Array("h_0")), sequence(u.Array("grad_out"))
	bins, trials, hidden := len(x), x[0].Rows, h0.Cols
	eachLevel(t, func(t *testing.T) {
		for direction, prefix := range []string{"fwd_gru_cell_", "bwd_gru_cell_"} {
			var out, final, dInitial []float32
			var grad []float64
			var layer *nn.Sweep
			for i := range trials {
				row := direction*trials + i
				d := columns(trial(dOut, i), direction*hidden, (direction+1)*hidden)
				r := runSweep(goldenWeights(u, prefix), h0.Data[row*hidden:(row+1)*hidden], infinite, direction == 1, trial(x, i), nil, d, 8)
				out, final = append(out, r.states...), append(final, r.final...)
				dInitial = append(dInitial, r.layer.Initial.Of(r.grad)...)
				if grad == nil {
					grad = make([]float64, len(r.grad))
				}
				grad, layer = sum(grad, wide(r.grad)), r.layer
			}
			from, to := direction*trials*hidden, (direction+1)*trials*hidden
			near(t, prefix+"out", out, numbers(columns(sequence(u.Array("out")), direction*hidden, (direction+1)*hidden)))
			near(t, prefix+"h_n", final, u.Array("h_n").Data[from:to])
			near(t, prefix+"grad_h_0", dInitial, u.Array("grad_h_0").Data[from:to])
			total := make([]float32, len(grad))
			for i, g := range grad {
				total[i] = float32(g)
			}
			near(t, prefix+"grad_weight_ih", layer.Input.Of(total), transposed(matrix(u.Array("grad_"+prefix+"weight_ih"))))
			near(t, prefix+"grad_weight_hh", layer.Recurrent.Of(total), transposed(matrix(u.Array("grad_"+prefix+"weight_hh"))))
			near(t, prefix+"grad_bias", layer.Bias.Of(total), u.Array("grad_"+prefix+"bias_hh").Data)
		}
		if len(u.Array("out").Data) != trials*bins*2*hidden {
			t.Fatal("the golden output has another shape than was compared")
		}
	})
}

func columns(s naive.Sequence, from, to int) naive.Sequence {
	out := naive.NewSequence(len(s), s[0].Rows, to-from)
	for bin, m := range s {
		for i := range m.Rows {
			copy(out[bin].Data[i*(to-from):], m.Data[i*m.Cols+from:i*m.Cols+to])
		}
	}
	return out
}

// Weight gradients are accumulated a chunk of bins at a time: lengths below,
// on and above its borders.
func TestSweepMatchesNaive(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		for _, w := range widths {
			chunk := nn.ChunkBins(w)
			for _, bins := range []int{1, chunk - 1, chunk, chunk + 1, 2*chunk + 3} {
				for _, reverse := range []bool{false, true} {
					t.Run(fmt.Sprintf("width %d, %d bins, reverse %v", w, bins, reverse), func(t *testing.T) {
						testSweepSize(t, 5, 9, w, bins, reverse)
					})
				}
			}
			t.Run(fmt.Sprintf("width %d, no inputs", w), func(t *testing.T) { testSweepSize(t, 0, 9, w, chunk+1, true) })
			t.Run(fmt.Sprintf("width %d, whole panels", w), func(t *testing.T) { testSweepSize(t, 16, 8, w, chunk+1, false) })
		}
	})
}

func testSweepSize(t *testing.T, in, hidden, w, bins int, reverse bool) {
	const limit = .6 // cuts some states
	src := rng.NewSource(rng.Derive(2, rng.Synthesis, uint64(in), uint64(hidden), uint64(bins)))
	trials := trialsIn(w, 1)
	c, initial := randomWeights(src, in, hidden), randomMatrix(src, 1, hidden, .3)
	x, dStates, dFinal := randomSequence(src, bins, trials, in), randomSequence(src, bins, trials, hidden), randomMatrix(src, trials, hidden, 1)
	r := runSweep(c, initial.Data, limit, reverse, x, dFinal, dStates, w)

	cell := naive.Cell{Input: naive.NewVar(c.input), Recurrent: naive.NewVar(c.recurrent), Bias: naive.NewVar(c.bias)}
	first := naive.NewVar(initial)
	vars := make([]*naive.Var, bins)
	for i, m := range x {
		vars[i] = naive.NewVar(m)
	}
	run, last := cell.Run, bins-1
	if reverse {
		run, last = cell.RunBackward, 0
	}
	states := run(vars, naive.Repeat(first, trials), limit)
	terms, values := []*naive.Var{naive.Mul(states[last], naive.NewVar(dFinal))}, naive.Sequence{}
	for i, s := range states {
		terms, values = append(terms, naive.Mul(s, naive.NewVar(dStates[i]))), append(values, s.Value)
	}
	naive.Backward(naive.Sum(terms...))

	near(t, "states", r.states, numbers(values))
	near(t, "final state", r.final, states[last].Value.Data)
	near(t, "gradient of the initial state", r.layer.Initial.Of(r.grad), first.Grad.Data)
	nearCell(t, r.layer.GRU, r.grad, cell)
}

// A tensor's place in a flat vector ends where the next begins.
func TestLayout(t *testing.T) {
	var layout nn.Layout
	a, empty, b := layout.New("a", 2, 3), layout.New("empty", 0, 3), layout.New("b", 4)
	flat := []float32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	if layout.Size != len(flat) || len(layout.Tensors) != 3 {
		t.Fatalf("layout of %d numbers in %d tensors", layout.Size, len(layout.Tensors))
	}
	if got := a.Of(flat); !slices.Equal(got, flat[:6]) || cap(got) != 6 {
		t.Errorf("a is %v with capacity %d", got, cap(got))
	}
	if got := empty.Of(flat); len(got) != 0 {
		t.Errorf("the empty tensor is %v", got)
	}
	if got := b.Of(flat); !slices.Equal(got, flat[6:]) {
		t.Errorf("b is %v", got)
	}
}
