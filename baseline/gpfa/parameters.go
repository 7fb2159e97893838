package gpfa

import "github.com/autolfads/autolfads/maths"

// parameters are those of the model, for the neurons in use.
type parameters struct {
	c        *matrix   // loadings, neurons x latents
	d, r     []float64 // means and noise variances of neurons
	tau      []float64 // timescales in bins
	gpNoise  float64
	weighted *matrix   // R^-1 C, neurons x latents
	gain     *matrix   // C' R^-1 C, latents x latents
	offset   []float64 // d' R^-1 C, latents
}

func (p *parameters) latents() int { return len(p.tau) }

// prepare computes what follows from the loadings, means and noise.
func (p *parameters) prepare() {
	p.weighted = newMatrix(p.c.rows, p.c.cols)
	p.offset = make([]float64, p.latents())
	for n, r := range p.r {
		for i := range p.offset {
			w := *p.c.at(n, i) / r
			*p.weighted.at(n, i) = w
			p.offset[i] += float64(p.d[n] * w)
		}
	}
	p.gain = product(p.c, p.weighted, 1)
}

// unexplained is twice the part of the negative log likelihood that does not
// know of latents: that of independent neurons about their means.
//
//	bins (neurons log 2 pi + sum_n log r_n) + sum_n |y_n - d_n|^2 / r_n
func (p *parameters) unexplained(s *sample) (sum float64) {
	bins := float64(s.bins)
	for n, r := range p.r {
		d := p.d[n]
		squares := s.squares[n] - 2*d*s.sums[n] + bins*d*d
		sum += bins*(log2Pi+maths.Log(r)) + squares/r
	}
	return sum
}

const log2Pi = 1.8378770664093454836
