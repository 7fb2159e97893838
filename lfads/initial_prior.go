package lfads

import (
	"fmt"

	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/prior"
)

// The priors of the initial condition that model.ic_prior may name.
const (
	icPriorNormal = "normal"
	icPriorNone   = prior.NoneName
)

func checkICPrior(name string) error {
	if name != icPriorNormal && name != icPriorNone {
		return fmt.Errorf("model.ic_prior is %q: known are %s and %s", name, icPriorNormal, icPriorNone)
	}
	return nil
}

// initialPrior is the prior of the initial condition, N(learned mean, fixed variance)
// in every dimension. The methods of a nil one do nothing: there is no divergence.
type initialPrior struct {
	mean     *nn.Vector
	variance float64
}

// newInitialPrior returns nil where there is none.
func (m *Model) newInitialPrior() *initialPrior {
	c := &m.Config
	if c.ICPrior == icPriorNone || !c.Variational {
		return nil
	}
	return &initialPrior{add(m, nn.NewVector(&m.Layout, "initial_condition.prior_mean", c.InitialConditionDim)), c.ICPriorVariance}
}

// newGrad returns what accumulates the gradient at the mean.
func (p *initialPrior) newGrad(a *nn.Arena, g *blockGradient) *nn.SumsGrad {
	if p == nil {
		return nil
	}
	return own(g, nn.NewSumsGrad(a, p.mean.Offset, p.mean.Len()))
}

// kl returns the divergence of the posterior from the prior, summed over dimensions
// and the block's trials. If g is not nil, scale times its gradients go to dPosterior,
// in place of what is there, and are added to that of the prior's mean.
func (p *initialPrior) kl(t *tape, scale float64, g *initialGrad) float64 {
	v := &t.initial
	if g != nil {
		clear(v.dPosterior)
	}
	if p == nil {
		return 0
	}
	total, means := 0., p.mean.Values()
	for d, mean := range means {
		for lane := range t.trials {
			i, j := d*t.w+lane, (len(means)+d)*t.w+lane
			std := float64(v.std[i])
			kl, dMean, dVar := prior.NormalKL(float64(v.posterior[i]), std*std, float64(mean), p.variance)
			total += kl
			if g == nil {
				continue
			}
			free := float64(maths.Exp32(v.posterior[j]))
			v.dPosterior[i] += float32(scale * dMean)
			v.dPosterior[j] += float32(scale * float64(dVar*free))
			g.prior.Sums[d] -= float64(scale * dMean)
		}
	}
	return total
}
