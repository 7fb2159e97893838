package gpfa

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"gonum.org/v1/gonum/mat"
)

// Options say how a model is fitted.
type Options struct {
	Latents    int
	Timescale  float64 // at the start, in bins
	GPNoise    float64 // the share of independent noise in each latent, never learned
	Tolerance  float64 // iterations end when one adds less than this share of all added since the second
	Iterations int     // at most
	Floor      float64 // the least noise variance of a neuron, as a share of its variance
}

// DefaultOptions are those of Yu et al. 2009, for bins of 20 ms.
func DefaultOptions(latents int) Options {
	return Options{latents, 5, 1e-3, 1e-8, 500, .01}
}

// Progress is told of each iteration: how many are done, of how many at most,
// and the log likelihood before it.
type Progress func(done, most int, logLikelihood float64)

// Model is a fitted model. Time is in bins.
type Model struct {
	Loadings      *mat.Dense // neurons x latents
	Mean          []float64  // of each neuron
	Noise         []float64  // variance of each neuron; 0: it was constant, and is not modelled
	Timescales    []float64  // of each latent
	GPNoise       float64
	LogLikelihood []float64 // before each iteration
	Converged     bool      // the tolerance ended the iterations
}

// Fit fits a model to the stretches of trials in which every neuron was
// observed. The errors are: fewer neurons that vary than latents, too few bins,
// and ctx's end, which is looked for once in an iteration. tell may be nil.
func Fit(ctx context.Context, d *Trials, o Options, tell Progress) (*Model, error) {
	s, err := newSample(d, d.stretches())
	if err != nil {
		return nil, err
	}
	if n := len(s.neurons); n < 2 {
		return nil, fmt.Errorf("gpfa: %d neuron varies in these trials, and latents are what two or more share: take another method", n)
	}
	if o.Latents < 1 || o.Latents >= len(s.neurons) {
		return nil, fmt.Errorf("%w: %d for %d neurons", errTooMany, o.Latents, len(s.neurons))
	}
	q := len(s.neurons)
	p := &parameters{c: newMatrix(q, o.Latents), d: make([]float64, q), r: make([]float64, q), gpNoise: o.GPNoise}
	for range o.Latents {
		p.tau = append(p.tau, o.Timescale)
	}
	if err := factorAnalysis(ctx, s, p, s.floor(o.Floor), cores()); err != nil {
		return nil, err
	}
	return climb(ctx, s, p, o, tell)
}

// Continue goes on from a model, with all of o but what says where to start.
func Continue(ctx context.Context, d *Trials, m *Model, o Options, tell Progress) (*Model, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	p, neurons := m.parameters()
	return climb(ctx, sampleOf(d, d.stretches(), neurons), p, o, tell)
}

var errTooMany = errors.New("gpfa: latents must be at least 1, and fewer than neurons that vary")

func cores() int { return runtime.GOMAXPROCS(0) }

// climb is expectation maximisation from p.
func climb(ctx context.Context, s *sample, p *parameters, o Options, tell Progress) (*Model, error) {
	floor, t := s.floor(o.Floor), newTeam(cores())
	var course []float64
	for i := range o.Iterations {
		all, likelihood, err := t.expect(ctx, s, p)
		if err != nil {
			return nil, err
		}
		if tell != nil {
			tell(i, o.Iterations, likelihood)
		}
		course = append(course, likelihood)
		if !maximise(s, all, p, floor, t.cores) {
			return nil, errSingular
		}
		t.maximiseTimescales(all, p)
		if settledAt(course, o.Tolerance) {
			break
		}
	}
	m := newModel(s, p)
	m.LogLikelihood, m.Converged = course, settledAt(course, o.Tolerance)
	return m, nil
}

// settledAt says whether the last iteration added too little to go on.
func settledAt(course []float64, tolerance float64) bool {
	n := len(course)
	if n < 3 {
		return false
	}
	return course[n-1]-course[1] < (1+tolerance)*(course[n-2]-course[1])
}

// newModel makes a model of all neurons of the parameters of those in use.
func newModel(s *sample, p *parameters) *Model {
	neurons := len(s.means)
	m := &Model{
		Loadings: mat.NewDense(neurons, p.latents(), nil), Mean: s.means, Noise: make([]float64, neurons),
		Timescales: p.tau, GPNoise: p.gpNoise,
	}
	for k, n := range s.neurons {
		m.Mean[n], m.Noise[n] = p.d[k], p.r[k]
		for i := range p.latents() {
			m.Loadings.Set(n, i, *p.c.at(k, i))
		}
	}
	return m
}

// parameters returns a copy of those of the neurons that are modelled, and their places.
func (m *Model) parameters() (*parameters, []int) {
	p := &parameters{tau: append([]float64{}, m.Timescales...), gpNoise: m.GPNoise}
	var used []int
	for n, r := range m.Noise {
		if r > 0 {
			used = append(used, n)
			p.d, p.r = append(p.d, m.Mean[n]), append(p.r, r)
		}
	}
	p.c = newMatrix(len(used), len(m.Timescales))
	for k, n := range used {
		for i := range m.Timescales {
			*p.c.at(k, i) = m.Loadings.At(n, i)
		}
	}
	return p, used
}
