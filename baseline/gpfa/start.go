package gpfa

import (
	"context"
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/autolfads/autolfads/maths"
)

// factorAnalysis sets loadings, means and noise to those of factor analysis,
// which knows no time: for given noise R, the loadings of greatest likelihood
// follow from the eigenvectors of R^-1/2 S R^-1/2 (Barber 2012, section 21.1),
// S the covariance of the bins; and R from them; in turn, until the log
// likelihood grows by less than a hundredth.
func factorAnalysis(ctx context.Context, s *sample, p *parameters, floor []float64, cores int) error {
	covariance := s.covariance(cores)
	for n := range p.r {
		p.r[n] = math.Max(*covariance.at(n, n), floor[n])
		p.d[n] = s.mean[n]
	}
	last := math.Inf(-1)
	for range 1000 {
		if err := ctx.Err(); err != nil {
			return err
		}
		likelihood, err := analyse(covariance, s.bins, p)
		if err != nil {
			return err
		}
		if likelihood-last < .01 {
			return nil
		}
		last = likelihood
		for n := range p.r {
			p.r[n] = math.Max(*covariance.at(n, n)-communality(p.c, n), floor[n])
		}
	}
	return nil
}

// communality is the variance that a neuron has of the latents.
func communality(c *matrix, neuron int) (sum float64) {
	for i := range c.cols {
		sum += float64(*c.at(neuron, i) * *c.at(neuron, i))
	}
	return sum
}

// analyse sets the loadings for p's noise, and returns their log likelihood,
// without what depends on nothing.
func analyse(covariance *matrix, bins int, p *parameters) (float64, error) {
	q := len(p.r)
	scaled := mat.NewSymDense(q, nil)
	for i := range q {
		for j := i; j < q; j++ {
			scaled.SetSym(i, j, *covariance.at(i, j)/math.Sqrt(p.r[i]*p.r[j]))
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(scaled, true) {
		return 0, errors.New("gpfa: factor analysis: the eigenvalues of the covariance did not converge")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	values := eigen.Values(nil) // ascending
	var sum float64
	for i := range q {
		v, used := values[q-1-i], false
		if i < p.latents() {
			used = v > 1 // else the noise explains as much
			size := math.Sqrt(math.Max(v-1, 0))
			for n := range q {
				*p.c.at(n, i) = size * math.Sqrt(p.r[n]) * vectors.At(n, q-1-i)
			}
		}
		if used {
			v = 1 + maths.Log(v)
		}
		sum += v + maths.Log(p.r[i])
	}
	return -float64(bins) / 2 * sum, nil
}
