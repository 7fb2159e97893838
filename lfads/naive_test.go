package lfads

import (
	"fmt"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/internal/naive"
	"github.com/autolfads/autolfads/rng"
)

// everyFeature is a small model with every feature on; a clip this tight cuts
// some states.
func everyFeature() *naive.Config {
	return &naive.Config{
		Neurons: 7, ReconNeurons: 9, Bins: 11, ReconBins: 13, ICSegmentBins: 3, ExternalInputs: 2,
		GeneratorDim: 21, Factors: 5, InitialConditionDim: 6, ICEncoderDim: 9,
		CIEncoderDim: 8, ControllerDim: 10, CILag: 1, InferredInputs: 3,
		CellClip: .8, ICPosteriorMinVariance: 1e-4,
		Variational: true, ICPrior: naive.Normal, InputPrior: naive.AR1, Likelihood: naive.Poisson, CoordinatedDropoutRate: .4,
		LossScale: 100, KLICScale: .1, KLInputScale: .2,
		L2GeneratorScale: 1, L2ControllerScale: .5, L2ICEncoderScale: .25, L2CIEncoderScale: .75,
		Epoch: 2, KLRampEpochs: 4, L2RampEpochs: 3,
	}
}

func notVariational(c *naive.Config) {
	c.Variational, c.ICPrior, c.InputPrior = false, naive.None, naive.None
}

// The engine against the naive float64 implementation, at batch sizes that
// need every block width, with dropout and coordinated dropout drawn by the
// engine's own generator. Batches of an odd number lack a fifth of their elements.
func TestEngineMatchesNaive(t *testing.T) {
	variants := map[string]func(*naive.Config){
		"all features":           func(*naive.Config) {},
		"normal prior, gaussian": func(c *naive.Config) { c.InputPrior, c.Likelihood = naive.Normal, naive.Gaussian },
		"student t prior":        func(c *naive.Config) { c.InputPrior, c.DegreesOfFreedom = naive.StudentT, 3 },
		"no priors":              func(c *naive.Config) { c.ICPrior, c.InputPrior = naive.None, naive.None },
		"gamma":                  func(c *naive.Config) { c.Likelihood = naive.Gamma },
		"zero-inflated gamma": func(c *naive.Config) {
			c.Likelihood, c.ZIG = naive.ZeroInflatedGamma, naive.ZIG{Location: .1, Prior: 2, Penalty: .3}
		},
		"squared error":        func(c *naive.Config) { c.Likelihood = naive.MSE },
		"not variational":      notVariational,
		"sum, lag 2":           func(c *naive.Config) { c.SumRecon, c.ICSegmentBins, c.CILag = true, 0, 2 },
		"lag 0":                func(c *naive.Config) { c.CILag = 0 },
		"lag beyond the trial": func(c *naive.Config) { c.CILag = 40 },
		"no controller":        func(c *naive.Config) { c.InferredInputs, c.ControllerDim, c.CIEncoderDim = 0, 0, 0 },
		"no generator input":   func(c *naive.Config) { c.InferredInputs, c.ExternalInputs = 0, 0 },
	}
	for name, change := range variants {
		for _, trials := range []int{3, 16, 21, 37, 65} {
			t.Run(fmt.Sprintf("%s/%d trials", name, trials), func(t *testing.T) {
				config := everyFeature()
				change(config)
				source := rng.NewSource(rng.Derive(1, rng.Synthesis))
				r := reference{config, config.RandomParams(source), config.RandomInputs(source, trials)}
				if trials%2 == 1 {
					r.in.HideAtRandom(source, .2)
				}
				r.fixVariances()
				model, batch, objective, pass := r.build(t)
				pass.Draws = Draws{Seed: 3, Pass: rng.Training, IDs: [4]uint64{1, 2, 3, 4}}
				pass.DropoutRate = .25
				pass.Augmentations = []augment.Augmentation{augment.CoordinatedDropout{Rate: config.CoordinatedDropoutRate, PassRate: .2}}
				r.in.Kept = mask(pass, rng.CoordinatedDropout, config.CoordinatedDropoutRate, 1, config.Bins, trials, config.Neurons)
				r.in.Pass = mask(pass, rng.CoordinatedPass, .2, 1, config.Bins, trials, config.Neurons)
				for _, m := range r.in.Pass {
					*m = *m.Map(func(v float64) float64 { return 1 - v })
				}
				r.in.Dropout = engineDropout(pass, config, trials)
				r.check(t, model, batch, objective, pass)
			})
		}
	}
}

// check compares losses and gradients.
func (r reference) check(t *testing.T, model *Model, batch Batch, objective *Objective, pass *Pass) {
	t.Helper()
	want := naive.Evaluate(r.config, r.params, r.in)
	grad := make([]float32, len(model.Params))
	pass.ByTrial = make([]float64, len(batch.Trials))
	loss := NewCPU(model, 1).Gradient(grad, batch, objective, pass)
	golden.NearScalar(t, "total", loss.Total, want.Losses.Total)
	golden.NearScalar(t, "recon", loss.Recon, want.Losses.Recon)
	golden.NearScalar(t, "KL of the initial condition", loss.KLIC, want.Losses.KLIC)
	golden.NearScalar(t, "KL of inferred inputs", loss.KLInput, want.Losses.KLInput)
	golden.NearScalar(t, "L2", loss.L2, want.Losses.L2)
	sum := 0.
	for _, trial := range pass.ByTrial {
		sum += trial
	}
	golden.NearScalar(t, "recon of trials", sum*model.reconWeight(batch, objective, pass), want.Losses.Recon)
	r.eachTensor(model, grad, want.Grads, func(name string, got []float32, want []float64) {
		golden.Near(t, "gradient of "+name, got, want, golden.Tolerance)
	})
}

// mask returns the engine's mask of a purpose as matrices: 0 with probability
// rate, else scale.
func mask(p *Pass, purpose rng.Purpose, rate, scale float64, bins, trials, features int) naive.Sequence {
	s := naive.NewSequence(bins, trials, features)
	for trial := range trials {
		key := p.Draws.Key(purpose, trial)
		for bin, m := range s {
			for f := range features {
				if float64(key.Uint32(bin, f)) >= rate*(1<<32) {
					m.Set(trial, f, scale)
				}
			}
		}
	}
	return s
}

func engineDropout(p *Pass, c *naive.Config, trials int) naive.Dropout {
	scale := 1 / (1 - p.DropoutRate)
	of := func(purpose rng.Purpose, bins, features int) naive.Sequence {
		return mask(p, purpose, p.DropoutRate, scale, bins, trials, features)
	}
	return naive.Dropout{
		EncoderInput:    of(rng.DropoutEncoder, c.Bins, c.Neurons),
		ICHead:          of(rng.DropoutICHead, 1, 2*c.ICEncoderDim)[0],
		ControllerInput: of(rng.DropoutController, c.ReconBins, 2*c.CIEncoderDim+c.Factors),
		External:        of(rng.DropoutExternal, c.ReconBins, c.ExternalInputs),
		Factors:         of(rng.DropoutFactors, c.ReconBins+1, c.GeneratorDim),
	}
}
