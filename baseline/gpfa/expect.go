package gpfa

import (
	"context"
	"errors"

	"github.com/autolfads/autolfads/internal/kernel"
)

// errSingular is a covariance that rounding has made indefinite.
var errSingular = errors.New("gpfa: a covariance is not positive definite to rounding: try fewer latents, or neurons that are no copies of others")

// posterior is what a half says of the latents.
type posterior struct {
	*half
	x      *matrix   // means, as half.y: [coordinates x members] x latents
	second *matrix   // sum over coordinates and members of E[x x'], latents x latents
	time   []*matrix // for each latent, sum over members of E[x x'], coordinates x coordinates
	twice  float64   // twice what the latents add to the log likelihood
}

// expect is the E-step: the posterior of each half, and the log likelihood. It
// is the same on any number of cores.
func (t *team) expect(ctx context.Context, s *sample, p *parameters) (all []*posterior, logLikelihood float64, err error) {
	p.prepare()
	halves := s.halves()
	all = make([]*posterior, len(halves))
	t.do(len(halves), func(s *space, i int) {
		if ctx.Err() == nil {
			all[i] = s.expect(halves[i], p)
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	twice := -p.unexplained(s)
	for _, a := range all {
		if a == nil {
			return nil, 0, errSingular
		}
		twice += a.twice
	}
	return all, twice / 2, nil
}

// expect returns nil if a covariance cannot be inverted.
func (s *space) expect(h *half, p *parameters) *posterior {
	logs, ok := s.invertPrior(h, p)
	if !ok {
		return nil
	}
	log, ok := s.invert(s.covariance)
	if !ok {
		return nil
	}
	s.gather(h, p)
	s.means = s.means.product(s.covariance, s.evidence, s.workers)
	a := &posterior{half: h, twice: -float64(h.members) * (logs + log)}
	a.twice += dot(s.evidence.data, s.means.data)
	a.scatter(s.means, p.latents())
	a.sum(s, p.latents())
	return a
}

// invertPrior sets the inverse of the posterior covariance, that of the prior of
// each latent and what a bin's neurons say of all latents; and returns the
// logarithm of the determinant of the prior covariance.
func (s *space) invertPrior(h *half, p *parameters) (log float64, ok bool) {
	n := h.len()
	s.covariance = s.covariance.reshaped(p.latents()*n, p.latents()*n)
	for i, tau := range p.tau {
		s.k = h.covariance(s.k, kernelOf(h.bins, tau, p.gpNoise))
		l, ok := s.small.invert(s.k)
		if !ok {
			return 0, false
		}
		log += l
		for u := range n {
			for v := u; v < n; v++ {
				*s.covariance.at(i*n+u, i*n+v) = *s.k.at(u, v)
			}
			for j := i; j < p.latents(); j++ {
				*s.covariance.at(i*n+u, j*n+u) += *p.gain.at(i, j)
			}
		}
	}
	return log, true
}

// gather sets what the neurons say of each latent: C' R^-1 (y - d).
func (s *space) gather(h *half, p *parameters) {
	s.weighted = s.weighted.reshaped(h.y.rows, p.latents())
	b := s.weighted
	s.weigh(b, h.y, p.weighted)
	n := h.len()
	s.evidence = s.evidence.reshaped(p.latents()*n, h.members)
	for i, offset := range p.offset {
		for u := range n {
			constant := h.one(u) * offset
			for m := range h.members {
				*s.evidence.at(i*n+u, m) = *b.at(u*h.members+m, i) - constant
			}
		}
	}
}

// weigh adds y weights to b: the rows of 12 are turned, so that panels of
// neurons can be multiplied.
func (s *space) weigh(b, y, weights *matrix) {
	s.rows = grown(s.rows, y.panels()*panel*panel)
	for r := 0; r < y.rows; r += panel {
		for j := range y.panels() {
			for i, v := range y.from(j, r)[:panel*panel] {
				s.rows[(j*panel+i%panel)*panel+i/panel] = v
			}
		}
		for j := range b.panels() {
			kernel.Panels(b.from(j, r), panel, s.rows, weights.from(j, 0), y.cols)
		}
	}
}

// scatter brings means into the order of half.y.
func (a *posterior) scatter(means *matrix, latents int) {
	n := a.len()
	a.x = newMatrix(n*a.members, latents)
	for i := range latents {
		for u := range n {
			for m := range a.members {
				*a.x.at(u*a.members+m, i) = *means.at(i*n+u, m)
			}
		}
	}
}

// sum computes the second moments.
func (a *posterior) sum(s *space, latents int) {
	n, members := a.len(), float64(a.members)
	a.second = product(a.x, a.x, s.workers)
	for i := range latents {
		for j := range latents {
			var trace float64
			for u := range n {
				trace += *s.covariance.at(i*n+u, j*n+u)
			}
			*a.second.at(i, j) += members * trace
		}
		a.time = append(a.time, a.overTime(s, i))
	}
}

// overTime returns the sum over members of a latent's E[x x'].
func (a *posterior) overTime(s *space, latent int) *matrix {
	n := a.len()
	s.seen = s.seen.reshaped(a.members, n)
	x := s.seen
	for u := range n {
		for m := range a.members {
			*x.at(m, u) = *a.x.at(u*a.members+m, latent)
		}
	}
	sum := product(x, x, 1)
	for u := range n {
		for v := range n {
			*sum.at(u, v) += float64(a.members) * *s.covariance.at(latent*n+u, latent*n+v)
		}
	}
	return sum
}

func dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += float64(v * b[i])
	}
	return sum
}
