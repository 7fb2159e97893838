package naive

import (
	"fmt"
	"math"
	"testing"

	"github.com/autolfads/autolfads/rng"
)

// everything is a small model with every feature on. Its clip is tight enough
// that some states sit on it.
func everything() *Config {
	return &Config{
		Neurons: 4, ReconNeurons: 5, Bins: 6, ReconBins: 7, ICSegmentBins: 2, ExternalInputs: 2,
		GeneratorDim: 5, Factors: 3, InitialConditionDim: 3, ICEncoderDim: 4,
		CIEncoderDim: 3, ControllerDim: 4, CILag: 1, InferredInputs: 2,
		CellClip: .4, ICPosteriorMinVariance: 1e-4,
		Variational: true, ICPrior: Normal, InputPrior: AR1, DegreesOfFreedom: 5,
		Likelihood: Poisson, ZIG: ZIG{Location: .1, Prior: 2, Penalty: .3}, CoordinatedDropoutRate: .4,
		LossScale: 1, KLICScale: .1, KLInputScale: .2,
		L2GeneratorScale: 1, L2ControllerScale: .5, L2ICEncoderScale: .25, L2CIEncoderScale: .75,
		Epoch: 2, KLRampEpochs: 4, L2RampEpochs: 3,
		LearningRate: .01, AdamBeta1: .9, AdamBeta2: .999, AdamEpsilon: 1e-8, WeightDecay: .02, GradientClip: 200,
	}
}

// TestGradientsMatchFiniteDifferences moves every parameter by +-h.
//
// Central differences err by h²/6 times the third derivative: 2e-11 times it at
// h = 1e-5. Third derivatives grow with the loss (2 to 70 here): errors up to
// 1e-10 of the loss are seen, with rounding. The tolerance is ten times that; a
// wrong formula misses by 1e-3 or more.
func TestGradientsMatchFiniteDifferences(t *testing.T) {
	variants := map[string]func(*Config){
		"everything": func(*Config) {},
		"normal prior, gaussian, sum, lag 2, no segment": func(c *Config) {
			c.InputPrior, c.Likelihood, c.SumRecon, c.CILag, c.ICSegmentBins = Normal, Gaussian, true, 2, 0
		},
		"gamma, student t prior":         func(c *Config) { c.Likelihood, c.InputPrior = Gamma, StudentT },
		"zero-inflated gamma, no priors": func(c *Config) { c.Likelihood, c.ICPrior, c.InputPrior = ZeroInflatedGamma, None, None },
		"squared error, not variational": func(c *Config) {
			c.Likelihood, c.Variational, c.ICPrior, c.InputPrior = MSE, false, None, None
		},
		"no controller": func(c *Config) { c.InferredInputs, c.ControllerDim, c.CIEncoderDim = 0, 0, 0 },
	}
	for name, change := range variants {
		t.Run(name, func(t *testing.T) {
			config := everything()
			change(config)
			source := rng.NewSource(rng.Derive(1, rng.Synthesis))
			params, in := config.RandomParams(source), config.RandomInputs(source, 2)
			in.Dropout = config.RandomDropout(source, 2, .3)
			in.HideAtRandom(source, .2)
			grads := Evaluate(config, params, in).Grads
			for name := range params {
				if Trainable(name) {
					compareWithDifferences(t, config, params, in, name, grads[name])
				}
			}
		})
	}
}

func compareWithDifferences(t *testing.T, config *Config, params Params, in *Inputs, name string, grad *Matrix) {
	t.Helper()
	const h = 1e-5
	tolerance := 1e-9 * maskedTotal(config, params, in)
	for i, p := range params[name].Data {
		params[name].Data[i] = p + h
		above := maskedTotal(config, params, in)
		params[name].Data[i] = p - h
		below := maskedTotal(config, params, in)
		params[name].Data[i] = p
		if want := (above - below) / (2 * h); !(math.Abs(grad.Data[i]-want) <= tolerance) {
			t.Errorf("d total / d %s[%d]: %.12g, finite differences give %.12g", name, i, grad.Data[i], want)
		}
	}
}

// maskedTotal is the total loss without the reconstruction losses of the
// elements that pass no gradient: coordinated dropout's gradient is not that
// of the total, but that of this.
func maskedTotal(config *Config, params Params, in *Inputs) float64 {
	m := newModel(config, params, in)
	m.forward()
	trials := in.Data[0].Rows
	elements := float64(trials)
	if !config.SumRecon {
		elements *= float64(config.ReconBins * config.ReconNeurons)
	}
	total := m.out.Losses.Total
	for t := range config.Bins {
		for b := range trials {
			for n := range config.Neurons {
				if in.Kept[t].At(b, n) == 1 && in.Pass[t].At(b, n) == 0 {
					total -= config.LossScale * m.out.Losses.Elementwise[t].At(b, n) / elements
				}
			}
		}
	}
	return total
}

// TestNoElementReachesItsOwnLoss checks what coordinated dropout promises:
// data that is read passes no gradient of its own reconstruction. Changing the
// target of a read element must not change any gradient.
func TestNoElementReachesItsOwnLoss(t *testing.T) {
	config := everything()
	source := rng.NewSource(rng.Derive(2, rng.Synthesis))
	params, in := config.RandomParams(source), config.RandomInputs(source, 3)
	before := Evaluate(config, params, in).Grads
	target := func(passing float64) {
		for t := range config.Bins {
			for b := range 3 {
				for n := range config.Neurons {
					if in.Kept[t].At(b, n) == 1 && in.Pass[t].At(b, n) == passing {
						in.Target[t].Set(b, n, in.Target[t].At(b, n)+1)
					}
				}
			}
		}
	}
	target(0)
	if d := largestDifference(before, Evaluate(config, params, in).Grads); d != 0 {
		t.Errorf("targets of read elements changed a gradient by %g", d)
	}
	target(1)
	if d := largestDifference(before, Evaluate(config, params, in).Grads); d == 0 {
		t.Error("targets of elements let pass changed no gradient")
	}
}

func largestDifference(a, b Params) float64 {
	var largest float64
	for name := range a {
		for i, x := range a[name].Data {
			largest = max(largest, math.Abs(x-b[name].Data[i]))
		}
	}
	return largest
}

// TestShapesAreChecked wants both shapes in the message of a programmer's fault.
func TestShapesAreChecked(t *testing.T) {
	config := everything()
	source := rng.NewSource(rng.Derive(3, rng.Synthesis))
	params, in := config.RandomParams(source), config.RandomInputs(source, 3)
	params["readout.0.bias"] = NewMatrix(1, 4)
	defer func() {
		want := "naive: parameter readout.0.bias is 1x4, the configuration wants 1x5"
		if got := fmt.Sprint(recover()); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	Evaluate(config, params, in)
}
