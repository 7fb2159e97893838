package lfads

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/internal/naive"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// eachLevel runs a test on every instruction set that this CPU has.
func eachLevel(t *testing.T, test func(*testing.T)) {
	for level := kernel.Portable; kernel.Supported(level); level++ {
		t.Run(level.String(), func(t *testing.T) {
			defer kernel.Use(level)()
			test(t)
		})
	}
}

// elementwise scores one element a lane, so that the loss of a lane is that of
// an element. outs holds the readout of all elements, one slice a parameter.
// It returns loss, gradient times weight, and means, in float32.
func elementwise(l Likelihood, outs [][]float32, y, weight []float32) (loss, mean []float32, grads [][]float32) {
	const w = 8
	grads = make([][]float32, len(outs))
	for first := 0; first < len(y); first += w {
		var out []float32
		for _, o := range outs {
			out = append(out, o[first:first+w]...)
		}
		lane, dst := make([]float32, w), make([]float32, w)
		l.Mean(dst, out)
		mean = append(mean, dst...)
		l.Loss(out, out, y[first:first+w], nil, weight[first:first+w], lane, w) // the gradient replaces the readout
		for i := range lane {
			loss = append(loss, lane[i]+float32(l.DataTerm(y[first+i])))
		}
		for p := range outs {
			grads[p] = append(grads[p], out[p*w:(p+1)*w]...)
		}
	}
	return loss, mean, grads
}

// maskOf returns the mask that keeps what is above 0.
func maskOf(x []float32, w int) []uint8 {
	keep := nn.NewMask(1, len(x)/w, w)
	for i, v := range x {
		nn.SetKept(keep, i, w, v > 0)
	}
	return keep
}

func narrow(x []float64) []float32 {
	out := make([]float32, len(x))
	for i, v := range x {
		out[i] = float32(v)
	}
	return out
}

func TestPoissonGolden(t *testing.T) {
	u := golden.Units(t)["poisson"]
	of := func(name string) []float64 { return u.Array(name).Data }
	eachLevel(t, func(t *testing.T) {
		loss, mean, grads := elementwise(Poisson{}, [][]float32{narrow(of("output_params"))}, narrow(of("data")), narrow(of("grad_out")))
		closeTo(t, "loss", loss, of("out"), goldenTolerance)
		closeTo(t, "rate", mean, of("means"), goldenTolerance)
		closeTo(t, "gradient", grads[0], of("grad_output_params"), goldenTolerance)
	})
}

// The golden readout has all means of a row before its log variances.
func TestGaussianGolden(t *testing.T) {
	u := golden.Units(t)["gaussian"]
	of := func(name string) []float64 { return u.Array(name).Data }
	halves := func(name string) [2][]float64 {
		var h [2][]float64
		for i, v := range of(name) {
			p := i / 8 % 2
			h[p] = append(h[p], v)
		}
		return h
	}
	params, want := halves("flat_params"), halves("grad_flat_params")
	eachLevel(t, func(t *testing.T) {
		loss, mean, grads := elementwise(Gaussian{}, [][]float32{narrow(params[0]), narrow(params[1])}, narrow(of("data")), narrow(of("grad_out")))
		closeTo(t, "loss", loss, of("out"), goldenTolerance)
		closeTo(t, "mean", mean, params[0], 0)
		closeTo(t, "gradient of means", grads[0], want[0], goldenTolerance)
		closeTo(t, "gradient of log variances", grads[1], want[1], goldenTolerance)
	})
}

// A variance below 1e-6 counts as 1e-6, and its gradient still lets it rise.
func TestGaussianVarianceFloor(t *testing.T) {
	const n = 8
	mean, y := make([]float32, n), make([]float32, n)
	logVar := []float32{0, -5, -13.8, -13.82, -14, -16, -20, -30}
	for i := range y {
		mean[i] = .002 * float32(i)
		y[i] = mean[i] + .003
	}
	ones := slices.Repeat([]float32{1}, n)
	var matrices [3]*naive.Matrix
	for i, x := range [][]float32{mean, logVar, y} {
		matrices[i] = naive.NewMatrix(1, n)
		for j, v := range x {
			matrices[i].Data[j] = float64(v)
		}
	}
	m, v := naive.NewVar(matrices[0]), naive.NewVar(matrices[1])
	want := naive.GaussianNLL(m, v, matrices[2])
	naive.Backward(naive.Sum(want))
	eachLevel(t, func(t *testing.T) {
		loss, _, grads := elementwise(Gaussian{}, [][]float32{mean, logVar}, y, ones)
		for i := range n { // each on its own: they span many magnitudes
			// y - mean loses 2^-24 of y, up to .017, in .003: 4e-7, squared.
			closeTo(t, "loss", loss[i:i+1], want.Value.Data[i:i+1], goldenTolerance)
			closeTo(t, "gradient of mean", grads[0][i:i+1], m.Grad.Data[i:i+1], goldenTolerance)
			closeTo(t, "gradient of log variance", grads[1][i:i+1], v.Grad.Data[i:i+1], goldenTolerance)
		}
	})
}

// A mask stops gradients and leaves the loss alone; without a gradient
// the loss is the same.
func TestLikelihoodMask(t *testing.T) {
	const features, w = 3, 8
	src := rng.NewSource(rng.Derive(1, rng.Synthesis))
	random := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(src.Normal())
		}
		return x
	}
	for name, l := range map[string]Likelihood{"poisson": Poisson{}, "gaussian": Gaussian{}} {
		out, y, scale, mask := random(l.Outputs()*features*w), random(features*w), random(w), random(features*w)
		t.Run(name, func(t *testing.T) {
			eachLevel(t, func(t *testing.T) {
				whole, masked := make([]float32, len(out)), make([]float32, len(out))
				var losses [3][]float32
				for i := range losses {
					losses[i] = make([]float32, w)
				}
				l.Loss(nil, out, y, nil, scale, losses[0], w)
				l.Loss(whole, out, y, nil, scale, losses[1], w)
				l.Loss(masked, out, y, maskOf(mask, w), scale, losses[2], w)
				if !slices.Equal(losses[0], losses[1]) || !slices.Equal(losses[0], losses[2]) {
					t.Errorf("losses differ: %v", losses)
				}
				for i, want := range whole {
					if mask[i%(features*w)] <= 0 {
						want = 0
					}
					if masked[i] != want {
						t.Errorf("masked gradient %d is %v, want %v", i, masked[i], want)
					}
				}
			})
		})
	}
}

// ln y! by Stirling's formula: 0 for 0 and 1; against math.Log in float64.
func TestDataTerm(t *testing.T) {
	for _, y := range []float32{0, .5, 1, 1.5, 2, 3, 17, 400} {
		want, v := 0., float64(y)
		if y > 1 {
			want = v*math.Log(v) - v + .5*math.Log(2*math.Pi*v)
		}
		// Terms of up to 2400 are each right to an ulp.
		if got := (Poisson{}).DataTerm(y); !(math.Abs(got-want) <= 1e-15*max(1, v*math.Log(v+1))) {
			t.Errorf("Poisson's data term of %v = %v, want %v", y, got, want)
		}
		if got := (Gaussian{}).DataTerm(y); got != 0 {
			t.Errorf("Gaussian's data term of %v = %v", y, got)
		}
	}
}

func TestRampGolden(t *testing.T) {
	table := golden.Units(t)[""].Array("ramp_table") // start, increase, epoch, ramp
	for i := 0; i < len(table.Data); i += 4 {
		row := table.Data[i : i+4]
		if got := Ramp(int(row[0]), int(row[1]), int(row[2])); got != row[3] {
			t.Errorf("Ramp(%v, %v, %v) = %v, want %v", row[0], row[1], row[2], got, row[3])
		}
	}
	if len(table.Data) == 0 {
		t.Fatal("no rows")
	}
}
