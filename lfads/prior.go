package lfads

import (
	"fmt"

	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/nn"
)

// InputPrior is the prior over inferred inputs. To add one, implement it in a
// file of its own and name it in newInputPrior.
type InputPrior interface {
	// Bind adds the learned parameters to the model.
	Bind(layout *nn.Layout, inputs int)
	// Initialise sets the learned parameters' first values.
	Initialise(params []float32)
	// Prepare reads the learned parameters: called whenever they changed.
	Prepare(params []float32)
	// Learned is the number of learned parameters, for AddTo.
	Learned() int
	// KL returns the divergence of the posterior from the prior, summed over
	// the block's trials, and adds scale times its gradients: to q.DHead, and
	// to dLearned.
	KL(q *InputPosterior, scale float64, dLearned []float64) float64
	// AddTo adds the gradients of the learned parameters to the flat gradient.
	AddTo(grad []float32, dLearned []float64)
}

// InputPosterior is the posterior of a block's inferred inputs.
type InputPosterior struct {
	Bins, Inputs, Trials, Width int
	Head                        []float32 // [Bins][2 Inputs][Width]: means, then log variances
	Std                         []float32 // [Bins][Inputs][Width]
	Noise                       []float32 // [Bins][Inputs][Width], of one fresh sample
	DHead                       []float32 // gradient at Head is added here; nil: not wanted
}

func newInputPrior(c *Config) (InputPrior, error) {
	switch c.InputPrior {
	case "ar1":
		return &AR1Prior{Tau: c.InputPriorTau, NoiseVariance: c.InputPriorNoiseVariance}, nil
	case "normal":
		return &NormalPrior{Variance: c.InputPriorNoiseVariance}, nil
	}
	return nil, fmt.Errorf("model.input_prior is %q: known are ar1 and normal", c.InputPrior)
}

// head returns the places of mean and log variance of one input, one lane, in
// one bin.
func (q *InputPosterior) head(bin, input, lane int) (mean, logVar int) {
	row := bin * 2 * q.Inputs * q.Width
	return row + input*q.Width + lane, row + (q.Inputs+input)*q.Width + lane
}

// normalKL adds the closed-form divergence of N(mean, variance) from
// N(priorMean, priorVariance) and its gradients.
//
//	KL = .5 (ln(pv / v) + (v + (m - pm)^2) / pv - 1)
func normalKL(mean, variance, priorMean, priorVariance float64) (kl, dMean, dVariance float64) {
	d := mean - priorMean
	kl = float64(.5 * (log(priorVariance) - log(variance) + (variance+float64(d*d))/priorVariance - 1))
	return kl, d / priorVariance, float64(.5 * (1/priorVariance - 1/variance))
}

// log and exp are those of the training path: the same bits on every amd64.
func log(x float64) float64 { return maths.Log(x) }
func exp(x float64) float64 { return maths.Exp(x) }
