package lfads

import "github.com/autolfads/autolfads/nn"

// NormalPrior says that inferred inputs are independent N(mean, Variance) in
// every bin, with the mean of each input learned. The divergence is in closed
// form, summed over inputs and averaged over bins (and trials).
type NormalPrior struct {
	Variance float64
	mean     nn.Tensor
	means    []float32
}

// Bind implements InputPrior.
func (p *NormalPrior) Bind(l *nn.Layout, inputs int) {
	p.mean = l.New("inferred_inputs.prior_mean", inputs)
}

// Initialise implements InputPrior: means start at 0.
func (p *NormalPrior) Initialise([]float32) {}

// Prepare implements InputPrior.
func (p *NormalPrior) Prepare(params []float32) { p.means = p.mean.Of(params) }

// Learned implements InputPrior.
func (p *NormalPrior) Learned() int { return p.mean.Len() }

// KL implements InputPrior.
func (p *NormalPrior) KL(q *InputPosterior, scale float64, dLearned []float64) float64 {
	total := 0.
	scale /= float64(q.Bins)
	for t := range q.Bins {
		for input := range p.means {
			for lane := range q.Trials {
				mean, logVar := q.head(t, input, lane)
				std := float64(q.Std[(t*q.Inputs+input)*q.Width+lane])
				variance := float64(std * std)
				kl, dMean, dVar := normalKL(float64(q.Head[mean]), variance, float64(p.means[input]), p.Variance)
				total += kl
				dLearned[input] -= float64(scale * dMean)
				if q.DHead != nil {
					q.DHead[mean] += float32(scale * dMean)
					q.DHead[logVar] += float32(scale * float64(dVar*variance))
				}
			}
		}
	}
	return total / float64(q.Bins)
}

// AddTo implements InputPrior.
func (p *NormalPrior) AddTo(grad []float32, dLearned []float64) {
	for i, d := range dLearned {
		p.mean.Of(grad)[i] += float32(d)
	}
}
