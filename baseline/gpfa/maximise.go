package gpfa

import "math"

// maximise is the M-step of loadings, means and noise (Yu et al. 2009, appendix):
// the regression of neurons on latents and a constant, and what it leaves.
//
//	[C d] = [sum y x', sum y] [sum E[x x'], sum x; sum x', bins]^-1
//	r     = (sum y^2 - d sum y - sum_i C_i sum y x_i) / bins
//
// No r is below floor.
func maximise(s *sample, all []*posterior, p *parameters, floor []float64, workers int) bool {
	q, latents := len(s.neurons), p.latents()
	products := newMatrix(latents+1, q) // [x; 1] y'
	moments := newMatrix(latents+1, latents+1)
	x := make([]float64, latents)
	for _, a := range all {
		add(products, product(a.x, a.y, workers))
		add(moments, a.second)
		a.addMeans(x)
	}
	for i, sum := range x {
		*moments.at(i, latents) = sum
	}
	*moments.at(latents, latents) = float64(s.bins)
	for n, sum := range s.sums {
		*products.at(latents, n) = sum
	}
	if _, ok := (&inverter{workers: workers}).invert(moments); !ok {
		return false
	}
	solution := product(moments, products, workers) // latents and the mean, x neurons
	p.take(solution, products, s, floor)
	return true
}

// add adds b to the rows of a that b has.
func add(a, b *matrix) {
	for j := range b.panels() {
		for i := range b.rows {
			y := a.row(j, i)
			for k, v := range b.row(j, i) {
				y[k] += v
			}
		}
	}
}

// addMeans adds the sums of the latents over bins and members.
func (a *posterior) addMeans(sums []float64) {
	for u := range a.len() {
		one := a.one(u)
		for m := range a.members {
			for i := range sums {
				sums[i] += float64(one * *a.x.at(u*a.members+m, i))
			}
		}
	}
}

// take sets parameters from the regression's solution.
func (p *parameters) take(solution, products *matrix, s *sample, floor []float64) {
	latents := p.latents()
	for n := range p.d {
		p.d[n] = *solution.at(latents, n)
		left := s.squares[n]
		for i := range latents + 1 {
			left -= float64(*solution.at(i, n) * *products.at(i, n))
			if i < latents {
				*p.c.at(n, i) = *solution.at(i, n)
			}
		}
		p.r[n] = math.Max(left/float64(s.bins), floor[n])
	}
}
