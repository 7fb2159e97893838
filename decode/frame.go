package decode

import (
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/maths"
)

// frame is coordinates u of weights w in which the curvature of an output's
// objective is about the identity.
type frame interface {
	weights(w, u []float64)     // w of u
	coordinates(u, w []float64) // u of w
	gradient(g []float64)       // by w, becomes that by u
}

// common is the frame of constant rates, the inputs' covariance and a decay: its
// eigenvectors are those of all outputs and penalties.
type common struct {
	*poissonProblem
	scale   []float64 // of each eigenvector: one over the root of the curvature
	scratch []float64
}

func (p *poissonProblem) newCommon(decay float64) *common {
	f := &common{p, make([]float64, p.p), make([]float64, p.p)}
	for i, v := range p.variance {
		f.scale[i] = 1 / math.Sqrt(v+decay)
	}
	return f
}

func (f *common) weights(w, u []float64) {
	for k, v := range u {
		f.scratch[k] = v * f.scale[k]
	}
	for i := range w {
		w[i] = dot(f.vectors.RawRowView(i), f.scratch)
	}
}

func (f *common) coordinates(u, w []float64) {
	f.project(u, w)
	for k, s := range f.scale {
		u[k] /= s
	}
}

func (f *common) gradient(g []float64) {
	f.project(f.scratch, g)
	for k, s := range f.scale {
		g[k] = f.scratch[k] * s
	}
}

// project writes x in the eigenvectors.
func (f *common) project(dst, x []float64) {
	clear(dst)
	for i, v := range x {
		subtract(dst, f.vectors.RawRowView(i), -v)
	}
}

// local is the frame of the curvature at some weights, H = U'U: u = U w.
type local struct{ *symmetric }

func (f local) weights(w, u []float64) {
	copy(w, u)
	f.backward(w)
}

func (f local) coordinates(u, w []float64) {
	for i := range u {
		u[i] = dot(w[i:], f.row(i)[i:])
	}
}

func (f local) gradient(g []float64) { f.forward(g) }

// looking is what a worker needs to look at a curvature.
type looking struct {
	plain, scaled packed
	scratch       *scratch
}

func newLooking(ld int) *looking {
	return &looking{packed{data: make([]float64, block*ld)}, packed{data: make([]float64, block*ld)}, newScratch(ld)}
}

// curvature returns the frame at a course's best weights; false if rounding leaves
// none.
func (p *poissonProblem) curvature(c *course, l *looking, stop func() bool) (local, bool) {
	g := &gram{newSymmetric(width(p.p, 0)), p.p, 0}
	for from := 0; from < p.len() && !stop(); from += block {
		p.addWeighted(g, c, l, from, min(from+block, p.len()))
	}
	total := g.row(p.p)[p.p]
	g.centre()
	for i := range p.p {
		row := g.row(i)
		for j := i; j < p.p; j++ {
			row[j] /= total
		}
		row[i] += c.decay
	}
	return local{g.symmetric}, g.factor(p.p, l.scratch, stop)
}

// addWeighted adds rows to a gram, each as many times as its rate says.
func (p *poissonProblem) addWeighted(g *gram, c *course, l *looking, from, to int) {
	l.plain.steps, l.scaled.steps = to-from, to-from
	rates := p.rates(c, from, to)
	for i := range g.ld / panel {
		p.pack(l.plain.panel(i), from, to, i*panel)
		weigh(l.scaled.panel(i), l.plain.panel(i), rates)
	}
	for i := range g.ld / panel {
		g.addProduct(i, &l.scaled, &l.plain)
	}
}

// rates returns exp(x'w) of rows, 0 where the output was not recorded.
func (p *poissonProblem) rates(c *course, from, to int) []float64 {
	out := make([]float64, to-from)
	for r := range out {
		if dataset.IsMissing(p.counts[from+r][c.index]) {
			continue
		}
		for i, v := range p.x[from+r] {
			out[r] += float64((float64(v) - p.meanX[i]) * c.best[i])
		}
		out[r] = maths.Exp(out[r])
	}
	return out
}

// weigh multiplies each row of a panel by a weight.
func weigh(dst, src, weights []float64) {
	for r, f := range weights {
		for i, v := range src[r*panel : (r+1)*panel] {
			dst[r*panel+i] = f * v
		}
	}
}
