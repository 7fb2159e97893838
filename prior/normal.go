package prior

import "github.com/autolfads/autolfads/nn"

// Normal says that inferred inputs are independent N(mean, Variance) in
// every bin, with the mean of each input learned. The divergence is in closed
// form, summed over inputs and averaged over bins (and trials).
type Normal struct {
	Variance float64
	mean     nn.Tensor
	means    []float32
}

func newNormal(s Settings) Prior { return &Normal{Variance: s.NoiseVariance} }

// Bind implements [Prior].
func (p *Normal) Bind(l *nn.Layout, inputs int) {
	p.mean = l.New("inferred_inputs.prior_mean", inputs)
}

// Initialise implements [Prior]: means start at 0.
func (p *Normal) Initialise([]float32) {}

// Prepare implements [Prior].
func (p *Normal) Prepare(params []float32) { p.means = p.mean.Of(params) }

// KL implements [Prior].
func (p *Normal) KL(q *Posterior, scale float64, dLearned []float64) float64 {
	total := 0.
	scale /= float64(q.Bins)
	for t := range q.Bins {
		for input := range p.means {
			for lane := range q.Trials {
				mean, logVar, single := q.Place(t, input, lane)
				std := float64(q.Std[single])
				variance := float64(std * std)
				kl, dMean, dVar := NormalKL(float64(q.Head[mean]), variance, float64(p.means[input]), p.Variance)
				total += kl
				if dLearned != nil {
					dLearned[input] -= float64(scale * dMean)
				}
				if q.DHead != nil {
					q.DHead[mean] += float32(scale * dMean)
					q.DHead[logVar] += float32(scale * float64(dVar*variance))
				}
			}
		}
	}
	return total / float64(q.Bins)
}
