package decode

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/autolfads/autolfads/dataset"
)

// Subspace is the plane, or line, or space, of a model's state in which some
// behaviour is read out: it is spanned by the weights of the regression that
// predicts the behaviour from factors or rates. Movement in it changes the
// prediction, movement at right angles to it does not.
type Subspace struct {
	Axes   *mat.Dense // [inputs, dimensions], orthonormal; the first along the first output's weights
	Centre []float64  // [inputs], what is projected to 0
}

// Subspace returns the space that the outputs of l are read from. centre, [inputs],
// for instance the mean of the training bins, becomes its origin. Outputs whose
// weights depend on those before them add no dimension; it is an error if there is
// none at all.
func (l *Linear) Subspace(centre []float64) (*Subspace, error) {
	inputs, outputs := l.Weights.Dims()
	if len(centre) != inputs {
		panic(fmt.Sprintf("decode: a centre of %d numbers for %d inputs", len(centre), inputs))
	}
	var axes [][]float64
	for o := range outputs {
		if axis := perpendicular(mat.Col(nil, o, l.Weights), axes); axis != nil {
			axes = append(axes, axis)
		}
	}
	if len(axes) == 0 {
		return nil, errors.New("all weights are 0: nothing is read out")
	}
	s := &Subspace{Axes: mat.NewDense(inputs, len(axes), nil), Centre: centre}
	for d, axis := range axes {
		s.Axes.SetCol(d, axis)
	}
	return s, nil
}

// dependent is the part of a vector's length below which nothing but rounding is
// left of it at right angles to others.
const dependent = 1e-9

// perpendicular returns the direction of v at right angles to orthonormal axes, nil
// if there is none. It is projected twice: once leaves rounding of the first order.
func perpendicular(v []float64, axes [][]float64) []float64 {
	length := norm(v)
	for range 2 {
		for _, axis := range axes {
			along := dot(v, axis)
			for i := range v {
				v[i] -= float64(along * axis[i])
			}
		}
	}
	rest := norm(v)
	if !(rest > dependent*length) {
		return nil
	}
	for i := range v {
		v[i] /= rest
	}
	return v
}

// Project returns where inputs, [trials, bins, inputs], lie in the subspace:
// [trials, bins, dimensions].
func (s *Subspace) Project(inputs *dataset.Array) *dataset.Array {
	n, dims := s.Axes.Dims()
	if inputs.Features != n {
		panic(fmt.Sprintf("decode: a subspace of %d inputs, given %v", n, inputs))
	}
	out := dataset.NewArray(inputs.Trials, inputs.Bins, dims)
	sum := make([]float64, dims)
	for row := range inputs.Trials * inputs.Bins {
		clear(sum)
		for i, v := range inputs.Data[row*n : (row+1)*n] {
			for d, a := range s.Axes.RawRowView(i) {
				sum[d] += float64((float64(v) - s.Centre[i]) * a)
			}
		}
		for d, v := range sum {
			out.Data[row*dims+d] = float32(v)
		}
	}
	return out
}

func norm(v []float64) float64 { return math.Sqrt(dot(v, v)) }
