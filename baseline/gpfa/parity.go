package gpfa

import (
	"math"

	"github.com/autolfads/autolfads/maths"
)

// parity is one half of time. A stationary Gaussian process looks the same
// backwards, so that sums of bins that mirror each other about the middle of a
// trial, and their differences, are independent: in
//
//	even_u = (y_u + y_(T-1-u)) / sqrt 2      odd_u = (y_u - y_(T-1-u)) / sqrt 2
//
// (even: also the middle bin as it is, if T is odd) all covariances over time
// fall into two blocks of half the size, which take a quarter of the work to
// invert. The basis is orthonormal: sums over bins of products stay what they are.
type parity struct {
	bins int     // of the trial: T
	sign float64 // 1: even; -1: odd
}

// parities are both halves of trials of so many bins; one bin has no odd half.
func parities(bins int) []parity {
	if bins == 1 {
		return []parity{{1, 1}}
	}
	return []parity{{bins, 1}, {bins, -1}}
}

// len is how many coordinates the half has.
func (p parity) len() int {
	if p.sign > 0 {
		return (p.bins + 1) / 2
	}
	return p.bins / 2
}

// twin is the bin that mirrors u.
func (p parity) twin(u int) int { return p.bins - 1 - u }

// weight is that of a bin and its twin in coordinate u; the middle bin is its own twin.
func (p parity) weight(u int) float64 {
	if p.twin(u) == u {
		return .5
	}
	return math.Sqrt2 / 2
}

// covariance returns the half's covariance of a process whose covariance over d
// bins is k[d], in m's memory if that is large enough.
func (p parity) covariance(m *matrix, k []float64) *matrix {
	m = m.reshaped(p.len(), p.len())
	for u := range m.rows {
		for v := u; v < m.cols; v++ {
			pair := k[v-u] + p.sign*k[p.twin(v)-u]
			*m.at(u, v) = 2 * p.weight(u) * p.weight(v) * pair
		}
	}
	m.mirror()
	return m
}

func abs(i int) int { return max(i, -i) }

// one returns what a constant 1 becomes.
func (p parity) one(u int) float64 { return p.weight(u) * (1 + p.sign) }

// kernelOf returns the covariance over 0, 1, ... bins of a latent: squared
// exponential with the timescale tau, in bins, and independent noise.
//
//	k(d) = (1 - noise) exp(-d^2 / 2 tau^2) + noise [d = 0]
func kernelOf(bins int, tau, noise float64) []float64 {
	k := make([]float64, bins)
	for d := range k {
		k[d] = smooth(float64(d), tau, noise)
	}
	k[0] += noise
	return k
}

// smooth is the part of the covariance that reaches from a bin to moments beside it.
func smooth(d, tau, noise float64) float64 {
	return (1 - noise) * maths.Exp(-d*d/(2*tau*tau))
}

// slope returns the derivative of kernelOf by log tau.
func slope(bins int, tau, noise float64) []float64 {
	k := make([]float64, bins)
	for i := range k {
		d := float64(i)
		k[i] = smooth(d, tau, noise) * d * d / (tau * tau)
	}
	return k
}
