package prior

import (
	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/nn"
)

// Prior is the prior over a model's inferred inputs. One value serves one model;
// KL is called by several threads at a time.
type Prior interface {
	// Bind adds the learned parameters to the model's.
	Bind(layout *nn.Layout, inputs int)
	// Initialise sets the learned parameters' first values; all are 0 before.
	Initialise(params []float32)
	// Prepare reads the learned parameters: called whenever they changed.
	Prepare(params []float32)
	// KL returns the divergence of the posterior from the prior, summed over the
	// block's trials, and adds scale times its gradients: to q.DHead, and, if that
	// is not nil, to dLearned, the gradient at the learned parameters, tensor
	// after tensor in the order in which Bind added them.
	KL(q *Posterior, scale float64, dLearned []float64) float64
}

// Posterior is the posterior of the inferred inputs of a block of trials. Lanes
// from Trials on, of Width, hold nothing.
type Posterior struct {
	Bins, Inputs, Trials, Width int
	Head                        []float32 // [Bins][2 Inputs][Width]: means, then log variances
	Std                         []float32 // [Bins][Inputs][Width]
	Noise                       []float32 // [Bins][Inputs][Width], standard normal, of one fresh sample
	DHead                       []float32 // gradient at Head is added here; nil: not wanted
}

// Place returns where mean and log variance of one input of one lane in one bin
// lie in Head and DHead, and where what there is one of lies in Std and Noise.
func (q *Posterior) Place(bin, input, lane int) (mean, logVar, single int) {
	row := bin * 2 * q.Inputs * q.Width
	return row + input*q.Width + lane, row + (q.Inputs+input)*q.Width + lane, (bin*q.Inputs+input)*q.Width + lane
}

// Sample returns the fresh sample of one input in one bin and its log
// probability under the posterior.
func (q *Posterior) Sample(bin, input, lane int) (s, logQ float64) {
	mean, logVar, i := q.Place(bin, input, lane)
	noise := float64(q.Noise[i])
	s = float64(q.Head[mean]) + float64(noise*float64(q.Std[i]))
	return s, float64(-.5 * (log2Pi + float64(q.Head[logVar]) + float64(noise*noise)))
}

// AddGradient adds scale times the gradient of logQ - log prior at one sample,
// ds being the gradient of the negative log prior there.
func (q *Posterior) AddGradient(bin, input, lane int, scale, ds float64) {
	if q.DHead == nil {
		return
	}
	mean, logVar, i := q.Place(bin, input, lane)
	q.DHead[mean] += float32(scale * ds)
	spread := float64(ds * float64(q.Noise[i]*q.Std[i]))
	q.DHead[logVar] += float32(scale * .5 * (spread - 1))
}

const log2Pi = 1.8378770664093453

// NormalKL returns the divergence of N(mean, variance) from N(priorMean,
// priorVariance), in nats, and its gradients at mean and variance.
//
//	KL = .5 (ln(pv / v) + (v + (m - pm)^2) / pv - 1)
func NormalKL(mean, variance, priorMean, priorVariance float64) (kl, dMean, dVariance float64) {
	d := mean - priorMean
	kl = float64(.5 * (maths.Log(priorVariance) - maths.Log(variance) + (variance+float64(d*d))/priorVariance - 1))
	return kl, d / priorVariance, float64(.5 * (1/priorVariance - 1/variance))
}
