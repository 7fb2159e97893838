package nn_test

import (
	"fmt"
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/internal/naive"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// weights are a cell's in the reference's layout: [3 hidden, in], [3 hidden,
// hidden], [1, 3 hidden].
type weights struct{ input, recurrent, bias *naive.Matrix }

func (c weights) set(params []float32, g *nn.GRU) {
	set(params, g.Input, transposed(c.input))
	set(params, g.Recurrent, transposed(c.recurrent))
	set(params, g.Bias, c.bias.Data)
}

// goldenWeights reads a cell. The reference has two biases that are only ever
// added: their sum is ours, and the gradient of each is ours.
func goldenWeights(g *golden.Group, prefix string) weights {
	bias := sum(g.Array(prefix+"bias_ih").Data, g.Array(prefix+"bias_hh").Data)
	return weights{
		matrix(g.Array(prefix + "weight_ih")), matrix(g.Array(prefix + "weight_hh")),
		&naive.Matrix{Rows: 1, Cols: len(bias), Data: bias},
	}
}

func randomMatrix(src *rng.Source, rows, cols int, scale float64) *naive.Matrix {
	return naive.NewMatrix(rows, cols).Map(func(float64) float64 { return float64(float32(scale * src.Normal())) })
}

func randomSequence(src *rng.Source, bins, rows, cols int) naive.Sequence {
	s := make(naive.Sequence, bins)
	for i := range s {
		s[i] = randomMatrix(src, rows, cols, 1)
	}
	return s
}

func randomWeights(src *rng.Source, in, hidden int) weights {
	return weights{randomMatrix(src, 3*hidden, in, .4), randomMatrix(src, 3*hidden, hidden, .3), randomMatrix(src, 1, 3*hidden, .3)}
}

// cellRun is one time bin, forward and backward.
type cellRun struct {
	out, dx, dh []float32 // [trials][features]
	grad        []float32 // of the flat parameters
	layer       *nn.GRU
}

func runCell(c weights, limit float32, x, h, dOut *naive.Matrix, w int) cellRun {
	var layout nn.Layout
	in, hidden, trials := x.Cols, h.Cols, x.Rows
	early := in / 3
	g := nn.NewGRU(&layout, "cell", nn.Cell{In: in, Early: early, Hidden: hidden, Limit: limit})
	params := make([]float32, layout.Size)
	c.set(params, g)
	g.Prepare(params)

	xs, hs := blocked(naive.Sequence{x}, w), blocked(naive.Sequence{h}, w)
	out, act, rh := nn.NewActivations(nil, 1, hidden, w), nn.NewActivations(nil, 1, 3*hidden, w), nn.NewActivations(nil, 1, hidden, w)
	var before []float32
	if early > 0 {
		before = nn.NewActivations(nil, 1, 3*hidden, w)
		g.ProjectEarly(before, xs[:early*w], w)
	}
	step := nn.Step{Before: hs, After: out, Gates: act, Early: before, Late: xs[early*w:], RH: rh}
	g.Forward(&step, w)
	dh, dx := blocked(naive.Sequence{dOut}, w), nn.NewActivations(nil, 1, in, w)
	clear(rh) // it is scratch forward
	g.Backward(&step, dh, dx[early*w:], w)
	g.EarlyBackward(dx[:early*w], act, w)
	grad, acc := make([]float32, layout.Size), g.NewGrad(nil, w)
	acc.Accumulate(nn.Input{Dense: xs}, hs, rh, act, 1, nn.NewScratch(nil, 3*hidden))
	acc.AddTo(grad)
	return cellRun{
		trialsFirst(out, 1, hidden, trials, w), trialsFirst(dx, 1, in, trials, w), trialsFirst(dh, 1, hidden, trials, w), grad, g,
	}
}

func TestGRUGolden(t *testing.T) {
	u := golden.Units(t)["gru_cell"]
	eachLevel(t, func(t *testing.T) {
		for _, w := range goldenWidths {
			r := runCell(goldenWeights(u, ""), float32(u.Float("clip")), matrix(u.Array("x")), matrix(u.Array("h")), matrix(u.Array("grad_out")), w)
			near(t, "out", r.out, u.Array("out").Data)
			near(t, "gradient of x", r.dx, u.Array("grad_x").Data)
			near(t, "gradient of h", r.dh, u.Array("grad_h").Data)
			near(t, "gradient of input weights", r.layer.Input.Of(r.grad), transposed(matrix(u.Array("grad_weight_ih"))))
			near(t, "gradient of recurrent weights", r.layer.Recurrent.Of(r.grad), transposed(matrix(u.Array("grad_weight_hh"))))
			near(t, "gradient of bias", r.layer.Bias.Of(r.grad), u.Array("grad_bias_ih").Data)
			near(t, "gradient of the other bias", r.layer.Bias.Of(r.grad), u.Array("grad_bias_hh").Data)
		}
	})
}

// Against the float64 cell; a clip at .5 cuts some states.
func TestGRUMatchesNaive(t *testing.T) {
	eachSize(t, testCellSize)
	t.Run("no inputs", func(t *testing.T) {
		eachLevel(t, func(t *testing.T) {
			for _, w := range widths {
				testCellSize(t, 0, 11, w)
			}
		})
	})
}

func testCellSize(t *testing.T, in, hidden, w int) {
	const limit = .5
	src := rng.NewSource(rng.Derive(1, rng.Synthesis, uint64(in), uint64(hidden)))
	trials := trialsIn(w, 3)
	c := randomWeights(src, in, hidden)
	x, h, dOut := randomMatrix(src, trials, in, 1), randomMatrix(src, trials, hidden, .3), randomMatrix(src, trials, hidden, 1)
	r := runCell(c, limit, x, h, dOut, w)

	vx, vh := naive.NewVar(x), naive.NewVar(h)
	cell := naive.Cell{Input: naive.NewVar(c.input), Recurrent: naive.NewVar(c.recurrent), Bias: naive.NewVar(c.bias)}
	out := cell.Step(vx, vh, limit)
	naive.Backward(naive.Sum(naive.Mul(out, naive.NewVar(dOut))))
	near(t, "out", r.out, out.Value.Data)
	near(t, "gradient of x", r.dx, vx.Grad.Data)
	near(t, "gradient of h", r.dh, vh.Grad.Data)
	nearCell(t, r.layer, r.grad, cell)
}

func nearCell(t *testing.T, g *nn.GRU, grad []float32, want naive.Cell) {
	t.Helper()
	near(t, "gradient of input weights", g.Input.Of(grad), transposed(want.Input.Grad))
	near(t, "gradient of recurrent weights", g.Recurrent.Of(grad), transposed(want.Recurrent.Grad))
	near(t, "gradient of bias", g.Bias.Of(grad), want.Bias.Grad.Data)
}

// The layers allocate nothing: a training step does not.
func TestLayersDoNotAllocate(t *testing.T) {
	const in, hidden, w = 7, 13, 16
	bins := 2*nn.ChunkBins(w) + 1
	var layout nn.Layout
	cell, sweep := nn.NewGRU(&layout, "cell", nn.Cell{In: in, Early: in, Hidden: hidden, Limit: 5}), nn.NewSweep(&layout, "sweep", in, hidden, 5, true)
	linear, unit := nn.NewLinear(&layout, "linear", in, hidden), nn.NewNormalized(&layout, "unit", in, hidden)
	params, grad := make([]float32, layout.Size), make([]float32, layout.Size)
	x, h, act := nn.NewActivations(nil, bins, in, w), nn.NewActivations(nil, 1, hidden, w), nn.NewActivations(nil, 1, 3*hidden, w)
	out, rh, dx, scratch := nn.NewActivations(nil, 1, hidden, w), nn.NewActivations(nil, 1, hidden, w), nn.NewActivations(nil, 1, in, w), nn.NewScratch(nil, 3*hidden)
	dCell, dSweep, dLinear, dUnit, tape := cell.NewGrad(nil, w), sweep.NewGrad(nil, w), linear.NewGrad(nil, w), unit.NewGrad(nil, w), sweep.NewTape(nil, bins, w)
	for name, work := range map[string]func(){
		"GRU": func() {
			cell.Prepare(params)
			cell.ProjectEarly(act, x[:in*w], w)
			step := nn.Step{Before: h, After: out, Gates: act, Early: act, RH: rh}
			cell.Forward(&step, w)
			cell.Backward(&step, out, nil, w)
			cell.EarlyBackward(dx, act, w)
			dCell.Reset()
			dCell.Accumulate(nn.Input{Dense: x}, h, rh, act, 1, scratch)
			dCell.AddTo(grad)
		},
		"Sweep": func() {
			sweep.Prepare(params)
			sweep.Forward(tape, nn.Input{Dense: x}, scratch)
			dSweep.Reset()
			sweep.Backward(tape, dSweep, nn.Input{Dense: x}, out, nil, scratch)
			dSweep.AddTo(grad)
		},
		"Linear": func() {
			linear.Prepare(params)
			linear.Forward(out, x, w)
			linear.Backward(dx, out, w)
			dLinear.Reset()
			dLinear.Accumulate(x, out, 1, scratch)
			dLinear.AddTo(grad)
		},
		"Normalized": func() {
			unit.Prepare(params)
			unit.Forward(out, x, w)
			unit.Backward(dx, out, w)
			dUnit.Reset()
			dUnit.Accumulate(x, out, 1, scratch)
			dUnit.AddTo(grad)
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachLevel(t, func(t *testing.T) {
				if n := testing.AllocsPerRun(3, work); n != 0 {
					t.Errorf("%v allocations", n)
				}
			})
		})
	}
}

// A mistake in shapes is a programmer's fault: a panic that says what was
// wanted.
func TestShapesAreChecked(t *testing.T) {
	var layout nn.Layout
	l := nn.NewLinear(&layout, "linear", 3, 4)
	l.Prepare(make([]float32, layout.Size))
	defer func() {
		const want = "kernel: matrix 4 x 3, width 8: input 16, output 32, bias 4"
		if got := fmt.Sprint(recover()); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	l.Forward(make([]float32, 4*8), make([]float32, 2*8), 8)
}
