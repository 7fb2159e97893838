package nn_test

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/internal/naive"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// linearRun is a layer over some bins, forward and backward.
type linearRun struct {
	out, dx      []float32 // [trials][bins][features]
	weight, bias []float32 // gradients
}

func runNormalized(weight *naive.Matrix, x, dOut naive.Sequence, w int) linearRun {
	var layout nn.Layout
	in, out, trials := weight.Cols, weight.Rows, x[0].Rows
	l := nn.NewNormalized(&layout, "unit", in, out)
	params, grad := make([]float32, layout.Size), make([]float32, layout.Size)
	set(params, l.Weight, transposed(weight))
	l.Prepare(params)
	xs, dys, ys, dxs := blocked(x, w), blocked(dOut, w), nn.NewActivations(nil, len(x), out, w), nn.NewActivations(nil, len(x), in, w)
	for bin := range x {
		l.Forward(ys[bin*out*w:(bin+1)*out*w], xs[bin*in*w:(bin+1)*in*w], w)
		l.Backward(dxs[bin*in*w:(bin+1)*in*w], dys[bin*out*w:(bin+1)*out*w], w)
	}
	d := l.NewGrad(nil, w)
	d.Accumulate(xs, dys, len(x), nn.NewScratch(nil, out))
	d.AddTo(grad)
	return linearRun{trialsFirst(ys, len(x), out, trials, w), trialsFirst(dxs, len(x), in, trials, w), l.Weight.Of(grad), nil}
}

func runLinear(weight, bias *naive.Matrix, x, dOut naive.Sequence, w int) linearRun {
	var layout nn.Layout
	in, out, trials := weight.Cols, weight.Rows, x[0].Rows
	l := nn.NewLinear(&layout, "linear", in, out)
	params, grad := make([]float32, layout.Size), make([]float32, layout.Size)
	set(params, l.Weight, transposed(weight))
	set(params, l.Bias, bias.Data)
	l.Prepare(params)
	xs, dys, ys, dxs := blocked(x, w), blocked(dOut, w), nn.NewActivations(nil, len(x), out, w), nn.NewActivations(nil, len(x), in, w)
	for bin := range x {
		l.Forward(ys[bin*out*w:(bin+1)*out*w], xs[bin*in*w:(bin+1)*in*w], w)
		l.Backward(dxs[bin*in*w:(bin+1)*in*w], dys[bin*out*w:(bin+1)*out*w], w)
	}
	d := l.NewGrad(nil, w)
	d.Accumulate(xs, dys, len(x), nn.NewScratch(nil, out))
	d.AddTo(grad)
	return linearRun{trialsFirst(ys, len(x), out, trials, w), trialsFirst(dxs, len(x), in, trials, w), l.Weight.Of(grad), l.Bias.Of(grad)}
}

func TestNormalizedGolden(t *testing.T) {
	u := golden.Units(t)["kernel_normalized_linear"]
	eachLevel(t, func(t *testing.T) {
		for _, w := range goldenWidths {
			r := runNormalized(matrix(u.Array("weight")), naive.Sequence{matrix(u.Array("x"))}, naive.Sequence{matrix(u.Array("grad_out"))}, w)
			near(t, "out", r.out, u.Array("out").Data)
			near(t, "gradient of x", r.dx, u.Array("grad_x").Data)
			near(t, "gradient of the weight", r.weight, transposed(matrix(u.Array("grad_weight"))))
		}
	})
}

// Layers over as many bins as one accumulation takes, against the float64 ones.
func TestLinearMatchesNaive(t *testing.T) {
	eachSize(t, func(t *testing.T, in, out, w int) {
		src := rng.NewSource(rng.Derive(3, rng.Synthesis, uint64(in), uint64(out)))
		weight, bias := randomMatrix(src, out, in, 1), randomMatrix(src, 1, out, 1)
		x, dOut := randomSequence(src, nn.ChunkBins(w), trialsIn(w, 1), in), randomSequence(src, nn.ChunkBins(w), trialsIn(w, 1), out)

		vw, vb := naive.NewVar(weight), naive.NewVar(bias)
		y, dx := naiveLayer(x, dOut, func(v *naive.Var) *naive.Var { return naive.Linear(v, vw, vb) })
		r := runLinear(weight, bias, x, dOut, w)
		near(t, "out", r.out, y)
		near(t, "gradient of x", r.dx, dx)
		near(t, "gradient of the weight", r.weight, transposed(vw.Grad))
		near(t, "gradient of the bias", r.bias, vb.Grad.Data)

		if in == 1 {
			return // a row of one weight is +-1: its gradient is 0, but for rounding
		}
		vw = naive.NewVar(weight)
		y, dx = naiveLayer(x, dOut, func(v *naive.Var) *naive.Var { return naive.MatMulT(v, naive.NormaliseRows(vw)) })
		r = runNormalized(weight, x, dOut, w)
		near(t, "normalised out", r.out, y)
		near(t, "normalised gradient of x", r.dx, dx)
		near(t, "normalised gradient of the weight", r.weight, transposed(vw.Grad))
	})
}

// naiveLayer returns outputs and gradients of x of sum(out * dOut).
func naiveLayer(x, dOut naive.Sequence, layer func(*naive.Var) *naive.Var) (out, dx []float64) {
	var ys, dxs naive.Sequence
	var terms []*naive.Var
	for i, m := range x {
		v := naive.NewVar(m)
		y := layer(v)
		terms = append(terms, naive.Mul(y, naive.NewVar(dOut[i])))
		ys, dxs = append(ys, y.Value), append(dxs, v.Grad)
	}
	naive.Backward(naive.Sum(terms...))
	return numbers(ys), numbers(dxs)
}

// A row of zeros reads 0, not 0/0.
func TestNormalizedRowOfZeros(t *testing.T) {
	r := runNormalized(naive.NewMatrix(1, 3), naive.Sequence{randomMatrix(rng.NewSource(rng.Key{}), 8, 3, 1)}, naive.NewSequence(1, 8, 1), 8)
	for i, v := range r.out {
		if v != 0 {
			t.Errorf("trial %d reads %v", i, v)
		}
	}
}

// Masks are functions of key, bin and feature, whatever the block's width, and
// drop as often as they should.
func TestDropout(t *testing.T) {
	const bins, features, rate = 50, 41, .3
	keys := make([]rng.Key, 32)
	for lane := range keys {
		keys[lane] = rng.Derive(5, rng.DropoutFactors, uint64(lane))
	}
	eachLevel(t, func(t *testing.T) {
		for _, w := range widths {
			d := nn.NewDropout(nil, w)
			d.Rate = rate
			for lane := range w {
				d.SetKey(lane, keys[lane])
			}
			ones, got := make([]float32, features*w), make([]float32, features*w)
			for i := range ones {
				ones[i] = 1
			}
			dropped, keep := 0, nn.NewMask(nil, 1, features, w)
			for bin := range bins {
				d.Mask(keep, bin, features, w)
				nn.Drop(got, ones, keep, rate, w)
				for i, got := range got {
					want := float32(1 / (1 - float64(rate)))
					if keys[i%w].Float64(bin, i/w) < rate {
						want = 0
						dropped++
					}
					if got != want || nn.Kept(keep, i, w) != (want != 0) {
						t.Fatalf("width %d, bin %d, feature %d, lane %d: %v, want %v", w, bin, i/w, i%w, got, want)
					}
				}
			}
			n := float64(bins * features * w)
			// Five standard deviations of a share of n draws.
			if share := float64(dropped) / n; math.Abs(share-rate) > 5*math.Sqrt(rate*(1-rate)/n) {
				t.Errorf("width %d: a share of %v was dropped, want %v", w, share, rate)
			}
		}
	})
}
