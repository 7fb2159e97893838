package prior

import (
	"math"

	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/nn"
)

// StudentT says that inferred inputs are independent in every bin, each from
// Student's t distribution around a learned location m:
//
//	p(u) ~ (1 + (u - m)^2 / (f v))^(-(f + 1) / 2)
//
// with f degrees of freedom and the squared scale v, both fixed. Its tails are heavy,
// the heavier the smaller f: inputs that are small but for rare strong ones cost less
// than under [Normal], whose variance v would have to hold the strong ones. With f > 2
// the variance is v f / (f - 2). The divergence is that of one fresh sample,
// log q(s) - log p(s), summed over bins and inputs.
type StudentT struct {
	DegreesOfFreedom, SquaredScale float64
	location                       nn.Tensor
	locations                      []float32
	logPeak                        float64 // log p at the location
}

func newStudentT(s Settings) Prior {
	return &StudentT{DegreesOfFreedom: s.DegreesOfFreedom, SquaredScale: s.NoiseVariance}
}

// Bind implements [Prior].
func (p *StudentT) Bind(l *nn.Layout, inputs int) {
	p.location = l.New("inferred_inputs.prior_location", inputs)
}

// Initialise implements [Prior]: locations start at 0.
func (p *StudentT) Initialise([]float32) {}

// Prepare implements [Prior].
func (p *StudentT) Prepare(params []float32) {
	f := p.DegreesOfFreedom
	p.locations = p.location.Of(params)
	p.logPeak = maths.Lgamma((f+1)/2) - maths.Lgamma(f/2) - float64(.5*maths.Log(math.Pi*f*p.SquaredScale))
}

// KL implements [Prior].
func (p *StudentT) KL(q *Posterior, scale float64, dLearned []float64) float64 {
	total := 0.
	for t := range q.Bins {
		for input, location := range p.locations {
			for lane := range q.Trials {
				s, logQ := q.Sample(t, input, lane)
				logP, pull := p.log(s - float64(location))
				total += logQ - logP
				q.AddGradient(t, input, lane, scale, pull)
				if dLearned != nil {
					dLearned[input] -= float64(scale * pull)
				}
			}
		}
	}
	return total
}

// log returns the log density at a distance from the location, and the gradient of
// its negative there.
func (p *StudentT) log(distance float64) (logP, pull float64) {
	f := p.DegreesOfFreedom
	spread := float64(f * p.SquaredScale)
	square := float64(distance * distance)
	logP = p.logPeak - float64(.5*(f+1)*maths.Log(1+square/spread))
	return logP, (f + 1) * distance / (spread + square)
}
