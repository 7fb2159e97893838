package gpfa

import (
	"math"

	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/maths"
)

// narrow is how many rows are factorised before the rest is brought up to date.
const narrow = 2 * panel

// inverter inverts symmetric positive definite matrices. It keeps its memory
// from one to the next.
type inverter struct {
	v        *matrix   // U'^-1, lower triangular
	negative []float64 // rows of a panel with their signs turned, for each panel of rows
	workers  int       // 0 is 1
}

// invert turns m, of which it reads what lies on and above the diagonal, into
// its inverse, and returns the logarithm of m's determinant; false if m is not
// positive definite to rounding, when m is spoilt. It factorises m = U'U, carries
// the identity along, which becomes V = U'^-1, and multiplies V'V: n^3/2
// multiply-adds, for no part of either triangle that is zero is touched.
func (s *inverter) invert(m *matrix) (logDeterminant float64, ok bool) {
	s.v = s.v.reshaped(m.rows, m.rows)
	s.negative = grown(s.negative, m.ld*narrow)
	for i := range m.rows {
		*s.v.at(i, i) = 1
	}
	for k := 0; k < m.rows; k += narrow {
		end := min(k+narrow, m.rows)
		sum, ok := s.factorRows(m, k, end)
		if !ok {
			return 0, false
		}
		logDeterminant += sum
		if end < m.rows {
			s.update(m, k, end)
		}
	}
	s.square(m)
	return logDeterminant, true
}

// grown returns a slice of n numbers, in x's memory if that is large enough.
func grown(x []float64, n int) []float64 {
	if cap(x) < n {
		return make([]float64, n)
	}
	return x[:n]
}

// factorRows factorises rows k..end-1, which those above have been taken out of.
func (s *inverter) factorRows(m *matrix, k, end int) (logDeterminant float64, ok bool) {
	for i := k; i < end; i++ {
		pivot := *m.at(i, i)
		if !(pivot > 0) {
			return 0, false
		}
		logDeterminant += maths.Log(pivot)
		r := 1 / math.Sqrt(pivot)
		m.scaleRow(i, i/panel, m.panels(), r)
		s.v.scaleRow(i, 0, i/panel+1, r)
		for below := i + 1; below < end; below++ {
			f := *m.at(i, below)
			m.subtractRow(below, i, below/panel, m.panels(), f)
			s.v.subtractRow(below, i, 0, i/panel+1, f)
		}
	}
	return logDeterminant, true
}

// scaleRow multiplies a row's numbers in panels from..to-1.
func (m *matrix) scaleRow(row, from, to int, f float64) {
	for p := from; p < to; p++ {
		y := m.row(p, row)
		for i := range y {
			y[i] *= f
		}
	}
}

// subtractRow takes f times another row from a row, in panels from..to-1.
func (m *matrix) subtractRow(row, other, from, to int, f float64) {
	for p := from; p < to; p++ {
		y, x := m.row(p, row), m.row(p, other)
		for i := range y {
			y[i] -= float64(f * x[i])
		}
	}
}

// update takes rows k..end-1 out of those below, panel of rows by panel.
func (s *inverter) update(m *matrix, k, end int) {
	first, steps := end/panel, end-k
	do(s.workers, m.ld/panel-first, func(i int) {
		i += first
		negative := s.negative[i*panel*narrow:][:steps*panel]
		for n, x := range m.from(i, k)[:len(negative)] {
			negative[n] = -x
		}
		for j := i; j < m.panels(); j++ {
			kernel.Panels(m.from(j, i*panel), panel, negative, m.from(j, k), steps)
		}
		for j := range first {
			kernel.Panels(s.v.from(j, i*panel), panel, negative, s.v.from(j, k), steps)
		}
	})
}

// square makes m V'V.
func (s *inverter) square(m *matrix) {
	clear(m.data)
	do(s.workers, m.panels(), func(j int) {
		from := j * panel
		for i := range j + 1 {
			kernel.Panels(m.from(j, i*panel), panel, s.v.from(i, from), s.v.from(j, from), m.rows-from)
		}
	})
	m.mirror()
}
