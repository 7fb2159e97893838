package gpfa

import (
	"context"

	"github.com/autolfads/autolfads/maths"
)

// inferOthers infers trials in which something was not observed: those that lack
// the same share an inverse, of all bins and latents at once, for what mirrors
// what was observed may not have been.
func (l *Latents) inferOthers(ctx context.Context, d *Trials, others, neurons []int, p *parameters) error {
	alike, order := map[string][]int{}, []string{}
	for _, trial := range others {
		key := lacking(d.Roots[trial], d.Neurons, neurons)
		if alike[key] == nil {
			order = append(order, key)
		}
		alike[key] = append(alike[key], trial)
	}
	g := gaps{parameters: p, neurons: neurons, inverter: inverter{workers: cores()}}
	for _, key := range order {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := g.infer(l, d, alike[key]); err != nil {
			return err
		}
	}
	return nil
}

// lacking says which elements a trial lacks, and how long it is.
func lacking(roots []float64, all int, neurons []int) string {
	key := make([]byte, 0, len(roots)/all*len(neurons))
	for bin := 0; bin < len(roots); bin += all {
		for _, n := range neurons {
			b := byte('.')
			if v := roots[bin+n]; v != v {
				b = '?'
			}
			key = append(key, b)
		}
	}
	return string(key)
}

// gaps infers trials that lack the same elements.
type gaps struct {
	*parameters
	neurons []int
	inverter
}

func (g *gaps) infer(l *Latents, d *Trials, trials []int) error {
	bins, latents := d.bins(trials[0]), g.latents()
	if bins == 0 {
		for _, trial := range trials {
			l.Means[trial] = []float64{}
		}
		return nil
	}
	precision, logPrior, ok := g.prior(bins)
	if !ok {
		return errSingular
	}
	g.observe(precision, d, trials[0])
	logPosterior, ok := g.invert(precision)
	if !ok {
		return errSingular
	}
	evidence := newMatrix(bins*latents, len(trials))
	for k, trial := range trials {
		l.LogLikelihood -= (g.weighEach(evidence, k, d, trial) + logPrior + logPosterior) / 2
	}
	means := product(precision, evidence, g.workers)
	l.LogLikelihood += dot(evidence.data, means.data) / 2
	for k, trial := range trials {
		l.Means[trial] = make([]float64, bins*latents)
		for i := range latents {
			for bin := range bins {
				l.Means[trial][bin*latents+i] = *means.at(i*bins+bin, k)
			}
		}
	}
	return nil
}

// prior returns the inverse of the prior covariance, latent after latent, and
// the logarithm of the covariance's determinant.
func (g *gaps) prior(bins int) (precision *matrix, log float64, ok bool) {
	precision = newMatrix(bins*g.latents(), bins*g.latents())
	for i, tau := range g.tau {
		k := newMatrix(bins, bins)
		c := kernelOf(bins, tau, g.gpNoise)
		for u := range bins {
			for v := range bins {
				*k.at(u, v) = c[abs(u-v)]
			}
		}
		l, ok := g.invert(k)
		if !ok {
			return nil, 0, false
		}
		log += l
		for u := range bins {
			for v := range bins {
				*precision.at(i*bins+u, i*bins+v) = *k.at(u, v)
			}
		}
	}
	return precision, log, true
}

// observe adds what the neurons that were observed tell of the latents, bin by bin.
func (g *gaps) observe(precision *matrix, d *Trials, trial int) {
	bins := d.bins(trial)
	for bin := range bins {
		for k, n := range g.neurons {
			if v := d.at(trial, bin)[n]; v != v {
				continue
			}
			for i := range g.tau {
				for j := range g.tau {
					*precision.at(i*bins+bin, j*bins+bin) += float64(*g.c.at(k, i) * *g.weighted.at(k, j))
				}
			}
		}
	}
}

// weighEach sets column k of the evidence, and returns twice the negative log
// likelihood of independent neurons about their means.
func (g *gaps) weighEach(evidence *matrix, k int, d *Trials, trial int) (unexplained float64) {
	bins := d.bins(trial)
	for bin := range bins {
		for j, n := range g.neurons {
			v := d.at(trial, bin)[n]
			if v != v {
				continue
			}
			rest := v - g.d[j]
			unexplained += log2Pi + maths.Log(g.r[j]) + rest*rest/g.r[j]
			for i := range g.tau {
				*evidence.at(i*bins+bin, k) += float64(rest * *g.weighted.at(j, i))
			}
		}
	}
	return unexplained
}
