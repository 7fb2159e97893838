package gpfa

import (
	"math"

	"github.com/autolfads/autolfads/maths"
)

// A timescale is changed by at most a factor e in a step, and stays between a
// tenth of a bin and a hundred times the longest trial: beyond, the likelihood
// does not depend on it.
const (
	longestStep  = 1
	leastTau     = .1
	greatestTau  = 100 // times the bins of the longest trial
	scoringSteps = 20
	settled      = 1e-6 // of log tau
)

// maximiseTimescales is the M-step of the timescales: for each latent, the tau
// that maximises
//
//	f = -1/2 sum (members log |K| + trace(K^-1 sum E[x x']))
//
// over all groups and halves, by Fisher's scoring in log tau with halved steps:
// f grows with every step. Latents are independent, and go on all cores.
func (t *team) maximiseTimescales(all []*posterior, p *parameters) {
	longest := 0
	for _, a := range all {
		longest = max(longest, a.bins)
	}
	t.do(p.latents(), func(s *space, i int) {
		p.tau[i] = s.ascend(all, i, p, greatestTau*float64(longest))
	})
}

// ascend returns a better timescale of a latent than p has.
func (s *space) ascend(all []*posterior, latent int, p *parameters, greatest float64) float64 {
	tau := p.tau[latent]
	here, ok := s.scored(all, latent, tau, p.gpNoise)
	step := here.step()
	for range scoringSteps {
		if !ok || math.Abs(step) < settled {
			return tau
		}
		next := min(max(tau*maths.Exp(step), leastTau), greatest)
		if there, fine := s.scored(all, latent, next, p.gpNoise); fine && there.f > here.f {
			tau, here, step = next, there, there.step()
		} else {
			step /= 2
		}
	}
	return tau
}

// score is what the objective is, its derivative by log tau, and the
// information, the expectation of the second derivative's negative.
type score struct{ f, slope, information float64 }

func (s score) step() float64 {
	if !(s.information > 0) {
		return 0
	}
	return max(-longestStep, min(longestStep, s.slope/s.information))
}

// scored is false if a covariance cannot be inverted.
func (s *space) scored(all []*posterior, latent int, tau, noise float64) (sum score, ok bool) {
	for _, a := range all {
		s.k = a.covariance(s.k, kernelOf(a.bins, tau, noise))
		log, ok := s.small.invert(s.k)
		if !ok {
			return sum, false
		}
		s.dk = a.covariance(s.dk, slope(a.bins, tau, noise))
		s.changed = s.changed.product(s.k, s.dk, 1)     // K^-1 dK
		s.seen = s.seen.product(s.k, a.time[latent], 1) // K^-1 sum E[x x']
		members := float64(a.members)
		sum.f -= (members*log + trace(s.seen)) / 2
		sum.slope += (crossTrace(s.changed, s.seen) - members*trace(s.changed)) / 2
		sum.information += members * crossTrace(s.changed, s.changed) / 2
	}
	return sum, true
}

func trace(m *matrix) (sum float64) {
	for i := range m.rows {
		sum += *m.at(i, i)
	}
	return sum
}

// crossTrace is trace(a b).
func crossTrace(a, b *matrix) (sum float64) {
	for i := range a.rows {
		for j := range a.cols {
			sum += float64(*a.at(i, j) * *b.at(j, i))
		}
	}
	return sum
}
