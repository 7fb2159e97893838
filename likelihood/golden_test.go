package likelihood_test

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/internal/naive"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/likelihood"
)

// elementwise scores one element a lane, so that the loss of a lane is that of
// an element. outs holds the readout of all elements, one slice a parameter.
// It returns loss, gradient times weight, and means, in float32.
func elementwise(l likelihood.Likelihood, outs [][]float32, y, weight []float32) (loss, mean []float32, grads [][]float32) {
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
		l.Loss(&likelihood.Block{ // the gradient replaces the readout
			Width: w, Out: out, Grad: out, Y: y[first : first+w], Scale: weight[first : first+w], Loss: lane,
		})
		for i := range lane {
			loss = append(loss, lane[i]+float32(l.DataTerm(y[first+i])))
		}
		for p := range outs {
			grads[p] = append(grads[p], out[p*w:(p+1)*w]...)
		}
	}
	return loss, mean, grads
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
	testenv.EachLevel(t, func(t *testing.T) {
		loss, mean, grads := elementwise(likelihood.Poisson{}, [][]float32{narrow(of("output_params"))}, narrow(of("data")), narrow(of("grad_out")))
		golden.Near(t, "loss", loss, of("out"), golden.Tolerance)
		golden.Near(t, "rate", mean, of("means"), golden.Tolerance)
		golden.Near(t, "gradient", grads[0], of("grad_output_params"), golden.Tolerance)
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
	testenv.EachLevel(t, func(t *testing.T) {
		loss, mean, grads := elementwise(likelihood.Gaussian{}, [][]float32{narrow(params[0]), narrow(params[1])}, narrow(of("data")), narrow(of("grad_out")))
		golden.Near(t, "loss", loss, of("out"), golden.Tolerance)
		golden.Near(t, "mean", mean, params[0], 0)
		golden.Near(t, "gradient of means", grads[0], want[0], golden.Tolerance)
		golden.Near(t, "gradient of log variances", grads[1], want[1], golden.Tolerance)
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
	testenv.EachLevel(t, func(t *testing.T) {
		loss, _, grads := elementwise(likelihood.Gaussian{}, [][]float32{mean, logVar}, y, ones)
		for i := range n { // each on its own: they span many magnitudes
			// y - mean loses 2^-24 of y, up to .017, in .003: 4e-7, squared.
			golden.Near(t, "loss", loss[i:i+1], want.Value.Data[i:i+1], golden.Tolerance)
			golden.Near(t, "gradient of mean", grads[0][i:i+1], m.Grad.Data[i:i+1], golden.Tolerance)
			golden.Near(t, "gradient of log variance", grads[1][i:i+1], v.Grad.Data[i:i+1], golden.Tolerance)
		}
	})
}

// ln y! by Stirling's formula: 0 for 0 and 1; against math.Log in float64.
func TestDataTerm(t *testing.T) {
	for _, y := range []float32{0, .5, 1, 1.5, 2, 3, 17, 400} {
		want, v := 0., float64(y)
		if y > 1 {
			want = v*math.Log(v) - v + .5*math.Log(2*math.Pi*v)
		}
		// Terms of up to 2400 are each right to an ulp.
		if got := (likelihood.Poisson{}).DataTerm(y); !(math.Abs(got-want) <= 1e-15*max(1, v*math.Log(v+1))) {
			t.Errorf("Poisson's data term of %v = %v, want %v", y, got, want)
		}
		if got := (likelihood.Gaussian{}).DataTerm(y); got != 0 {
			t.Errorf("Gaussian's data term of %v = %v", y, got)
		}
	}
}
