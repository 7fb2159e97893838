package naive

import "fmt"

// Matrix is a dense matrix in row-major order.
type Matrix struct {
	Rows, Cols int
	Data       []float64
}

// NewMatrix returns a zero matrix.
func NewMatrix(rows, cols int) *Matrix {
	return &Matrix{rows, cols, make([]float64, rows*cols)}
}

// At returns the element in row i and column j.
func (m *Matrix) At(i, j int) float64 { return m.Data[i*m.Cols+j] }

// Set changes the element in row i and column j.
func (m *Matrix) Set(i, j int, v float64) { m.Data[i*m.Cols+j] = v }

// Clone returns a copy that shares nothing with m.
func (m *Matrix) Clone() *Matrix {
	return &Matrix{m.Rows, m.Cols, append([]float64(nil), m.Data...)}
}

// Map returns the matrix of f(x) for every element x of m.
func (m *Matrix) Map(f func(float64) float64) *Matrix {
	out := NewMatrix(m.Rows, m.Cols)
	for i, x := range m.Data {
		out.Data[i] = f(x)
	}
	return out
}

// Sum returns the sum of all elements.
func (m *Matrix) Sum() float64 {
	var s float64
	for _, x := range m.Data {
		s += x
	}
	return s
}

// String gives the shape, for messages.
func (m *Matrix) String() string { return fmt.Sprintf("%dx%d", m.Rows, m.Cols) }

// Sequence is one matrix per time bin, each [trials, features].
type Sequence []*Matrix

// NewSequence returns bins zero matrices.
func NewSequence(bins, trials, features int) Sequence {
	s := make(Sequence, bins)
	for t := range s {
		s[t] = NewMatrix(trials, features)
	}
	return s
}

// Params holds matrices by parameter name: the parameters themselves, their
// gradients, or the optimiser's moments. Vectors are single rows.
type Params map[string]*Matrix

// Clone returns a copy that shares nothing with p.
func (p Params) Clone() Params {
	out := make(Params, len(p))
	for name, m := range p {
		out[name] = m.Clone()
	}
	return out
}
