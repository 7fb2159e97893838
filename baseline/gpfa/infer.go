package gpfa

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Latents are the posterior means of the latents of each trial, [bins][latents].
type Latents struct {
	Means         [][]float64
	LogLikelihood float64 // of all that was observed, in nats
}

// Infer returns what trials say of the latents. Trials in which something was
// not observed are used as they are: what was, counts. The errors are ctx's end,
// and a covariance that cannot be inverted.
func (m *Model) Infer(ctx context.Context, d *Trials) (*Latents, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	p, neurons := m.parameters()
	whole, others := d.whole()
	l := &Latents{Means: make([][]float64, len(d.Roots))}
	if len(whole) > 0 {
		if err := l.inferWhole(ctx, sampleOf(d, whole, neurons), p); err != nil {
			return nil, err
		}
	}
	p.prepare()
	return l, l.inferOthers(ctx, d, others, neurons, p)
}

// inferWhole infers trials in which all was observed.
func (l *Latents) inferWhole(ctx context.Context, s *sample, p *parameters) error {
	all, likelihood, err := newTeam(cores()).expect(ctx, s, p)
	if err != nil {
		return err
	}
	l.LogLikelihood = likelihood
	for _, g := range s.groups {
		for _, a := range all[:len(g.halves)] {
			for m, member := range g.members {
				l.unfold(a, m, member.trial)
			}
		}
		all = all[len(g.halves):]
	}
	return nil
}

// unfold adds a half's means of a member to those of its trial.
func (l *Latents) unfold(a *posterior, member, trial int) {
	latents := a.x.cols
	if l.Means[trial] == nil {
		l.Means[trial] = make([]float64, a.bins*latents)
	}
	x := l.Means[trial]
	for u := range a.len() {
		for i := range latents {
			v := a.weight(u) * *a.x.at(u*a.members+member, i)
			x[u*latents+i] += v
			x[a.twin(u)*latents+i] += a.sign * v
		}
	}
}

// At returns the latents of one trial at moments, in bins from the middle of the
// first: between bins, and before and after all, which is what the process
// predicts. means are [bins][latents], the result is [moments][latents].
//
// Given the latents at the bins, others do not depend on the neurons: what is
// expected of them is k' K^-1 x.
func (m *Model) At(means []float64, moments []float64) []float64 {
	return m.Interpolate([][]float64{means}, moments)[0]
}

// Interpolate is At for trials of one length.
func (m *Model) Interpolate(means [][]float64, moments []float64) [][]float64 {
	latents := len(m.Timescales)
	bins := len(means[0]) / latents
	out := make([][]float64, len(means))
	for i := range out {
		out[i] = make([]float64, len(moments)*latents)
	}
	for i := range latents {
		w := m.weights(i, bins, moments)
		for trial, x := range means {
			for t := range moments {
				var sum float64
				for bin := range bins {
					sum += float64(*w.at(bin, t) * x[bin*latents+i])
				}
				out[trial][t*latents+i] = sum
			}
		}
	}
	return out
}

// weights returns K^-1 k of a latent, bins x moments.
func (m *Model) weights(latent, bins int, moments []float64) *matrix {
	tau := m.Timescales[latent]
	over, k := newMatrix(bins, bins), newMatrix(bins, len(moments))
	c := kernelOf(bins, tau, m.GPNoise)
	for bin := range bins {
		for other := range bins {
			*over.at(bin, other) = c[abs(bin-other)]
		}
		for t, moment := range moments {
			*k.at(bin, t) = smooth(float64(bin)-moment, tau, m.GPNoise)
		}
	}
	(&inverter{workers: 1}).invert(over) // its least eigenvalue is GPNoise or more
	return product(over, k, 1)
}

// Orthonormal returns the transformation T [latents x latents] after which
// directions of the neurons are orthonormal, in the order of the variance they
// carry: with C = U D V', D V'. T x are the orthonormalised latents of Yu et al.
// 2009. Of each, the neuron that shares most in it does so with a positive sign.
func (m *Model) Orthonormal() *mat.Dense {
	var svd mat.SVD
	var u, v, t mat.Dense
	if !svd.Factorize(m.Loadings, mat.SVDThin) {
		panic("gpfa: loadings are not finite")
	}
	svd.UTo(&u)
	svd.VTo(&v)
	t.CloneFrom(v.T())
	for i, size := range svd.Values(nil) {
		sign := size * signOf(mat.Col(nil, i, &u))
		for j := range len(m.Timescales) {
			t.Set(i, j, sign*t.At(i, j))
		}
	}
	return &t
}

// signOf is the sign of the greatest number by size.
func signOf(x []float64) float64 {
	var greatest float64
	for _, v := range x {
		if math.Abs(v) > math.Abs(greatest) {
			greatest = v
		}
	}
	return math.Copysign(1, greatest)
}
