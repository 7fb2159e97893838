package prior

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/nn"
)

// priorRun is a prior's divergence from a golden posterior, scale 1/trials, with
// its gradients in the golden order.
type priorRun struct {
	kl          float64
	dMean, dStd []float32 // [trials, bins, inputs]
	learned     []float32 // gradients of the learned parameters
}

// runPrior feeds a prior the posterior of a golden group, inputs first to last
// of it. Lanes beyond the trials hold NaN: nothing of them may be seen.
func runPrior(t *testing.T, u *golden.Group, p Prior, first, last int, values [][]float64) priorRun {
	t.Helper()
	const w = 8
	shape := u.Array("post_mean").Shape
	trials, bins, all, n := shape[0], shape[1], shape[2], last-first
	mean, std := u.Array("post_mean").Data, u.Array("post_std").Data
	q := &Posterior{
		Bins: bins, Inputs: n, Trials: trials, Width: w,
		Head: make([]float32, bins*2*n*w), Std: make([]float32, bins*n*w), Noise: make([]float32, bins*n*w), DHead: make([]float32, bins*2*n*w),
	}
	for _, x := range [][]float32{q.Head, q.Std, q.Noise} {
		for i := range x {
			x[i] = float32(math.NaN())
		}
	}
	eachElement := func(visit func(from, m, logVar, i int)) {
		for trial := range trials {
			for bin := range bins {
				for input := range n {
					m, logVar, i := q.Place(bin, input, trial)
					visit((trial*bins+bin)*all+first+input, m, logVar, i)
				}
			}
		}
	}
	eachElement(func(from, m, logVar, i int) {
		q.Head[m], q.Head[logVar], q.Std[i] = float32(mean[from]), float32(2*math.Log(std[from])), float32(std[from])
		if noise, ok := u.Arrays["eps"]; ok {
			q.Noise[i] = float32(noise.Data[from])
		}
	})

	var layout nn.Layout
	p.Bind(&layout, n)
	r := priorRun{learned: make([]float32, layout.Size)}
	params := make([]float32, layout.Size)
	for i, tensor := range layout.Tensors {
		for j, v := range values[i][first:last] {
			tensor.Of(params)[j] = float32(v)
		}
	}
	p.Prepare(params)
	learned := make([]float64, layout.Size)
	r.kl = p.KL(q, 1/float64(trials), learned) / float64(trials)
	for i, d := range learned {
		r.learned[i] = float32(d)
	}
	used := make([]bool, len(q.DHead))
	eachElement(func(from, m, logVar, i int) {
		used[m], used[logVar] = true, true
		r.dMean = append(r.dMean, q.DHead[m])
		// d/d std = d/d log variance * 2 / std
		r.dStd = append(r.dStd, float32(float64(q.DHead[logVar])*2/std[from]))
	})
	for i, d := range q.DHead {
		if !used[i] && d != 0 {
			t.Errorf("a lane without a trial has gradient %v", d)
		}
	}
	q.DHead = nil // only the value is wanted: the same value
	if again := p.KL(q, 0, nil) / float64(trials); again != r.kl {
		t.Errorf("divergence without gradients is %v, with them %v", again, r.kl)
	}
	return r
}

func TestAR1Golden(t *testing.T) {
	u := golden.Units(t)["prior_ar1_co"]
	inputs := u.Array("post_mean").Shape[2]
	r := runPrior(t, u, &AR1{}, 0, inputs, [][]float64{u.Array("logtaus").Data, u.Array("lognvars").Data})
	golden.NearScalar(t, "divergence", r.kl, u.Array("kl").Data[0])
	golden.Near(t, "gradient of means", r.dMean, u.Array("grad_post_mean").Data, golden.Tolerance)
	golden.Near(t, "gradient of stds", r.dStd, u.Array("grad_post_std").Data, golden.Tolerance)
	golden.Near(t, "gradient of log tau", r.learned[:inputs], u.Array("grad_logtaus").Data, golden.Tolerance)
	golden.Near(t, "gradient of log noise variance", r.learned[inputs:], u.Array("grad_lognvars").Data, golden.Tolerance)
}

// Learning starts where the configuration says.
func TestAR1Initialise(t *testing.T) {
	p, layout := &AR1{Tau: 10, NoiseVariance: .1}, &nn.Layout{}
	p.Bind(layout, 3)
	params := make([]float32, layout.Size)
	p.Initialise(params)
	p.Prepare(params)
	want := ar1{tau: 10, a: math.Exp(-.1), variance: .1, first: .1 / (1 - math.Exp(-.2))}
	for _, got := range p.process {
		for name, v := range map[string][2]float64{
			"tau": {got.tau, want.tau}, "a": {got.a, want.a}, "noise variance": {got.variance, want.variance}, "first variance": {got.first, want.first},
		} {
			if !(math.Abs(v[0]/v[1]-1) <= 1e-6) { // the logarithms are float32
				t.Errorf("%s = %v, want %v", name, v[0], v[1])
			}
		}
	}
}

// The golden prior has a variance for each input, ours one for all: the inputs
// run one by one.
func TestNormalGolden(t *testing.T) {
	u := golden.Units(t)["prior_mvn_co"]
	shape := u.Array("post_mean").Shape
	inputs := shape[2]
	total, learned := 0., []float32{}
	dMean, dStd := make([]float32, len(u.Array("post_mean").Data)), make([]float32, len(u.Array("post_mean").Data))
	for i := range inputs {
		p := &Normal{Variance: math.Exp(u.Array("logvar").Data[i])}
		r := runPrior(t, u, p, i, i+1, [][]float64{u.Array("mean").Data})
		total += r.kl
		learned = append(learned, r.learned...)
		for j := range r.dMean {
			dMean[j*inputs+i], dStd[j*inputs+i] = r.dMean[j], r.dStd[j]
		}
	}
	golden.NearScalar(t, "divergence", total, u.Array("kl").Data[0])
	golden.Near(t, "gradient of means", dMean, u.Array("grad_post_mean").Data, golden.Tolerance)
	golden.Near(t, "gradient of stds", dStd, u.Array("grad_post_std").Data, golden.Tolerance)
	golden.Near(t, "gradient of the prior's mean", learned, u.Array("grad_mean").Data, golden.Tolerance)
}

// The closed form in float64, as the initial condition's divergence uses it.
func TestNormalKLGolden(t *testing.T) {
	u := golden.Units(t)["prior_mvn_ic"]
	mean, std, prior, logVar := u.Array("post_mean"), u.Array("post_std").Data, u.Array("mean").Data, u.Array("logvar").Data
	trials, dims := mean.Shape[0], mean.Shape[1]
	total := 0.
	dMean, dStd, dPrior := make([]float64, len(std)), make([]float64, len(std)), make([]float64, dims)
	for i := range std {
		kl, m, v := NormalKL(mean.Data[i], std[i]*std[i], prior[i%dims], math.Exp(logVar[i%dims]))
		total += kl / float64(trials)
		dMean[i], dStd[i] = m/float64(trials), v*2*std[i]/float64(trials)
		dPrior[i%dims] -= dMean[i]
	}
	for name, pair := range map[string][2][]float64{
		"divergence": {{total}, u.Array("kl").Data}, "gradient of means": {dMean, u.Array("grad_post_mean").Data},
		"gradient of stds": {dStd, u.Array("grad_post_std").Data}, "gradient of the prior's mean": {dPrior, u.Array("grad_mean").Data},
	} {
		if e := golden.MaxError(pair[0], pair[1]); !(e <= 1e-12) { // sums of 20 float64 terms
			t.Errorf("%s: relative error %g", name, e)
		}
	}
}
