package likelihood_test

import (
	"slices"
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/nn"
)

// blocked returns the n parameters of a golden readout, each of all elements: a row of
// it has those of 8 neurons one parameter after the other.
func blocked(x []float64, n int) [][]float64 {
	parts := make([][]float64, n)
	for i, v := range x {
		p := i / 8 % n
		parts[p] = append(parts[p], v)
	}
	return parts
}

func narrowAll(x [][]float64) [][]float32 {
	var out [][]float32
	for _, v := range x {
		out = append(out, narrow(v))
	}
	return out
}

func TestMSEGolden(t *testing.T) {
	u := golden.Units(t)["mse"]
	of := func(name string) []float64 { return u.Array(name).Data }
	testenv.EachLevel(t, func(t *testing.T) {
		params := narrow(of("output_params"))
		loss, mean, grads := elementwise(likelihood.MSE{}, [][]float32{params}, narrow(of("data")), narrow(of("grad_out")))
		golden.Near(t, "loss", loss, of("out"), golden.Tolerance)
		golden.Near(t, "mean", mean, of("output_params"), 0)
		golden.Near(t, "gradient", grads[0], of("grad_output_params"), golden.Tolerance)
	})
}

func TestGammaGolden(t *testing.T) {
	u := golden.Units(t)["gamma"]
	of := func(name string) []float64 { return u.Array(name).Data }
	params, want := blocked(of("flat_params"), 2), blocked(of("grad_flat_params"), 2)
	testenv.EachLevel(t, func(t *testing.T) {
		loss, mean, grads := elementwise(likelihood.Gamma{}, narrowAll(params), narrow(of("data")), narrow(of("grad_out")))
		golden.Near(t, "loss", loss, of("out"), golden.Tolerance)
		golden.Near(t, "mean", mean, of("means"), golden.Tolerance)
		golden.Near(t, "gradient of log shapes", grads[0], want[0], golden.Tolerance)
		golden.Near(t, "gradient of log rates", grads[1], want[1], golden.Tolerance)
	})
}

// zigNeurons are those of the golden zero-inflated Gamma, each with scales of its own.
const zigNeurons = 8

// TestZeroInflatedGammaGolden draws scales of 20 to 19 by the penalty.
func TestZeroInflatedGammaGolden(t *testing.T) {
	u := golden.Units(t)["zig"]
	of := func(name string) []float64 { return u.Array(name).Data }
	want := blocked(of("grad_flat_params"), 3)
	settings := likelihood.Settings{ZIGLocation: u.Float("gamma_loc"), ZIGScale: u.Float("scale_prior"), ZIGScalePenalty: u.Float("scale_penalty")}
	testenv.EachLevel(t, func(t *testing.T) {
		l, err := likelihood.New("zero_inflated_gamma", settings)
		if err != nil {
			t.Fatal(err)
		}
		z := l.(likelihood.Learned)
		params := bound(z, narrow(of("scale")))
		loss, mean, grads, scales := zigElements(z, narrowAll(blocked(of("flat_params"), 3)), narrow(of("data")), narrow(of("grad_out")))
		golden.Near(t, "loss", loss, of("out"), golden.Tolerance)
		golden.Near(t, "mean", mean, of("means"), golden.Tolerance)
		for p, what := range []string{"shapes", "rates", "probabilities"} {
			golden.Near(t, "gradient of "+what, grads[p], want[p], golden.Tolerance)
		}
		golden.Near(t, "gradient of scales", narrow(scales), of("grad_scale"), golden.Tolerance)

		pulled := slices.Repeat([]float32{1}, len(params))
		golden.Near(t, "penalty", []float32{float32(z.Penalty(3, pulled))}, of("l2"), golden.Tolerance)
		golden.Near(t, "gradient of the penalty", pulled, slices.Repeat([]float64{1 + 3*.01}, len(params)), golden.Tolerance)
	})
}

// bound gives a likelihood its scales, and returns them as a model's parameters.
func bound(z likelihood.Learned, scales []float32) []float32 {
	layout := &nn.Layout{}
	z.Bind(layout, zigNeurons)
	params := make([]float32, layout.Size)
	z.Initialise(params)
	copy(params, scales)
	z.Prepare(params)
	return params
}

// zigElements scores one element after the other, the one that is observed in a bin of
// one trial, so that its loss is seen. Gradients at scales are of all.
func zigElements(z likelihood.Learned, outs [][]float32, y, weight []float32) (loss, mean []float32, grads [][]float32, scales []float64) {
	const n = zigNeurons
	grads, scales = make([][]float32, len(outs)), make([]float64, 2*n)
	for i := range y {
		first, neuron := i/n*n, i%n
		b := &likelihood.Block{
			Width: 1, Y: y[first : first+n], Observed: make([]uint8, n), Scale: weight[i : i+1],
			Loss: []float32{0}, Learned: scales,
		}
		nn.SetKept(b.Observed, neuron, 1, true)
		for _, o := range outs {
			b.Out = append(b.Out, o[first:first+n]...)
		}
		rates := make([]float32, n)
		z.Mean(rates, b.Out)
		b.Grad = b.Out // it replaces the readout
		z.Loss(b)
		loss, mean = append(loss, b.Loss[0]+float32(z.DataTerm(y[i]))), append(mean, rates[neuron])
		for p := range grads {
			grads[p] = append(grads[p], b.Grad[p*n+neuron])
		}
	}
	return loss, mean, grads, scales
}
