package gpfa

import (
	"context"

	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/internal/parallel"
)

const panel = kernel.ProductPanel

// matrix is [rows][cols] numbers as panels of columns: [panels][rows][12], each
// filled up with zeros to whole panels of rows and columns. Any rows of a panel
// are an operand of kernel.Panels as they lie, and so is any tile of a result.
type matrix struct {
	rows, cols int
	ld         int // rows, rounded up to whole panels
	data       []float64
}

func whole(n int) int { return (n + panel - 1) / panel * panel }

func newMatrix(rows, cols int) *matrix {
	return &matrix{rows, cols, whole(rows), make([]float64, whole(rows)*whole(cols))}
}

// reshaped returns a matrix of zeros in m's memory, if that is large enough.
func (m *matrix) reshaped(rows, cols int) *matrix {
	size := whole(rows) * whole(cols)
	if m == nil || cap(m.data) < size {
		return newMatrix(rows, cols)
	}
	clear(m.data[:size])
	return &matrix{rows, cols, whole(rows), m.data[:size]}
}

func (m *matrix) panels() int { return whole(m.cols) / panel }

// at returns the place of an element.
func (m *matrix) at(row, col int) *float64 {
	return &m.data[(col/panel*m.ld+row)*panel+col%panel]
}

// from returns a panel's rows from one on.
func (m *matrix) from(p, row int) []float64 { return m.data[(p*m.ld+row)*panel : (p+1)*m.ld*panel] }

// row returns the numbers that a row has in a panel.
func (m *matrix) row(p, row int) *[panel]float64 {
	return (*[panel]float64)(m.data[(p*m.ld+row)*panel:])
}

// addProduct adds a'b, on so many cores.
func (m *matrix) addProduct(a, b *matrix, workers int) {
	do(workers, m.panels(), func(j int) {
		for i := range a.panels() {
			kernel.Panels(m.from(j, i*panel), panel, a.from(i, 0), b.from(j, 0), a.rows)
		}
	})
}

// product returns a'b.
func product(a, b *matrix, workers int) *matrix { return (*matrix)(nil).product(a, b, workers) }

// product returns a'b, in m's memory if that is large enough.
func (m *matrix) product(a, b *matrix, workers int) *matrix {
	m = m.reshaped(a.cols, b.cols)
	m.addProduct(a, b, workers)
	return m
}

// mirror copies what lies above the diagonal to below.
func (m *matrix) mirror() {
	for j := range m.cols {
		for i := range j {
			*m.at(j, i) = *m.at(i, j)
		}
	}
}

// do calls task(i) for every i below n, on so many cores. It does not stop: what
// it is used for ends soon, and is looked at between.
func do(workers, n int, task func(i int)) {
	_ = parallel.Do(context.Background(), workers, n, func(_, i int) { task(i) })
}
