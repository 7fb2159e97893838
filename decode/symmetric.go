package decode

import (
	"math"

	"github.com/autolfads/autolfads/internal/kernel"
)

const panel = kernel.ProductPanel

// symmetric is the upper triangle of a symmetric matrix. What lies below the
// diagonal means nothing.
type symmetric struct {
	n, ld int // ld is n rounded up to whole panels
	data  []float64
}

func newSymmetric(n int) *symmetric {
	ld := (n + panel - 1) / panel * panel
	return &symmetric{n, ld, make([]float64, ld*ld)}
}

func (s *symmetric) row(i int) []float64 { return s.data[i*s.ld : (i+1)*s.ld] }

// block is how many rows are multiplied at a time: a panel of them stays in the
// first-level cache.
const block = 192

// packed is up to block rows as panels: [panels][steps][12].
type packed struct {
	steps int
	data  []float64
}

func (p *packed) panel(i int) []float64 { return p.data[i*p.steps*panel : (i+1)*p.steps*panel] }

// addProduct adds a'b to the panels of row panel i of the upper triangle.
func (s *symmetric) addProduct(i int, a, b *packed) {
	left := a.panel(i)
	for j := i; j < s.ld/panel; j++ {
		kernel.Panels(s.data[i*panel*s.ld+j*panel:], s.ld, left, b.panel(j), a.steps)
	}
}

// narrow is how many rows are factorised before the rest of the matrix is
// brought up to date: whole panels.
const narrow = 3 * panel

// factor turns the first p rows into U of U'U, the matrix of the first p rows
// and columns, and the columns beyond p into U'^-1 times what they were. It
// reports false if that matrix is not positive definite, or if stop says so.
func (s *symmetric) factor(p int, scratch *scratch, stop func() bool) bool {
	for k := 0; k < p; k += narrow {
		if stop() {
			return false
		}
		end := min(k+narrow, p)
		if !s.factorRows(k, end) {
			return false
		}
		if end < p {
			scratch.pack(s, k, end)
			for i := end / panel; i*panel < p; i++ {
				s.addProduct(i, &scratch.negative, &scratch.positive)
			}
		}
	}
	return true
}

// factorRows factorises rows from..to-1, which those above have been taken out of.
func (s *symmetric) factorRows(from, to int) bool {
	for i := from; i < to; i++ {
		row := s.row(i)
		if !(row[i] > 0) {
			return false
		}
		r := 1 / math.Sqrt(row[i])
		for j := i; j < s.ld; j++ {
			row[j] *= r
		}
		for below := i + 1; below < to; below++ {
			subtract(s.row(below)[below:], row[below:], row[below])
		}
	}
	return true
}

// subtract computes y -= f x.
func subtract(y, x []float64, f float64) {
	x = x[:len(y)]
	for len(y) >= 4 {
		y[0] -= float64(f * x[0])
		y[1] -= float64(f * x[1])
		y[2] -= float64(f * x[2])
		y[3] -= float64(f * x[3])
		y, x = y[4:], x[4:]
	}
	for i := range y {
		y[i] -= float64(f * x[i])
	}
}

// substitute returns U^-1 times columns p..p+q-1 of a factorised matrix: the
// solution of the equations whose right sides these were, [p][q].
func (s *symmetric) substitute(p, q int) []float64 {
	w := make([]float64, p*q)
	for i := p - 1; i >= 0; i-- {
		row, out := s.row(i), w[i*q:(i+1)*q]
		copy(out, row[p:p+q])
		for j := i + 1; j < p; j++ {
			for o := range out {
				out[o] -= float64(row[j] * w[j*q+o])
			}
		}
		for o := range out {
			out[o] /= row[i]
		}
	}
	return w
}

// forward computes x = U'^-1 x of a factorised matrix.
func (s *symmetric) forward(x []float64) {
	for i, v := range x {
		row := s.row(i)
		x[i] = v / row[i]
		subtract(x[i+1:], row[i+1:], x[i])
	}
}

// backward computes x = U^-1 x.
func (s *symmetric) backward(x []float64) {
	for i := len(x) - 1; i >= 0; i-- {
		row, v := s.row(i), x[i]
		for j := i + 1; j < len(x); j++ {
			v -= float64(row[j] * x[j])
		}
		x[i] = v / row[i]
	}
}

// scratch is what factorising needs beside the matrix.
type scratch struct{ positive, negative packed }

func newScratch(ld int) *scratch {
	return &scratch{packed{data: make([]float64, narrow*ld)}, packed{data: make([]float64, narrow*ld)}}
}

// pack copies rows from..to-1, and what is to be added of them, as panels.
func (c *scratch) pack(s *symmetric, from, to int) {
	c.positive.steps, c.negative.steps = to-from, to-from
	for j := to / panel; j < s.ld/panel; j++ {
		plus, minus := c.positive.panel(j), c.negative.panel(j)
		for k := from; k < to; k++ {
			for i, v := range s.row(k)[j*panel : (j+1)*panel] {
				plus[(k-from)*panel+i], minus[(k-from)*panel+i] = v, -v
			}
		}
	}
}
