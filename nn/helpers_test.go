package nn_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/autolfads/autolfads/internal/golden"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/internal/naive"
	"github.com/autolfads/autolfads/nn"
)

// tolerance bounds max|a-b| / max|b| of a tensor. Sums of some hundred float32
// products err by some 1e-6 of the largest element; the rational tanh adds
// 3e-7 a step, over at most 40 steps.
const tolerance = 2e-5

var widths = []int{1, 8, 16, 32}

// goldenWidths are those that hold the trials of the golden cases.
var goldenWidths = widths[1:]

// eachLevel runs a test on every instruction set that this CPU has.
func eachLevel(t *testing.T, test func(*testing.T)) {
	for _, level := range kernel.Levels() {
		t.Run(level.String(), func(t *testing.T) {
			defer kernel.Use(level)()
			test(t)
		})
	}
}

// eachSize also runs it at every block width and some sizes of layers: below,
// on and above the borders of the kernels' tiles (12 rows, 16 columns).
func eachSize(t *testing.T, test func(t *testing.T, in, out, w int)) {
	eachLevel(t, func(t *testing.T) {
		for _, w := range widths {
			for _, size := range [][2]int{{1, 1}, {3, 8}, {7, 5}, {13, 19}, {16, 24}, {33, 17}} {
				t.Run(fmt.Sprintf("%d to %d, width %d", size[0], size[1], w), func(t *testing.T) {
					test(t, size[0], size[1], w)
				})
			}
		}
	})
}

// trialsIn returns how many trials to put into a block of width w, to leave
// some lanes empty if there are several.
func trialsIn(w, empty int) int { return max(1, w-empty) }

func near(t *testing.T, name string, got []float32, want []float64) {
	t.Helper()
	wide := make([]float64, len(got))
	for i, v := range got {
		wide[i] = float64(v)
	}
	if e := golden.MaxError(wide, want); !(e <= tolerance) {
		t.Errorf("%s: relative error %.3g, want at most %g (%d elements, want %d)", name, e, tolerance, len(got), len(want))
	}
}

// blocked lays a sequence out as [bins][features][w]; lanes beyond the trials
// are zero.
func blocked(s naive.Sequence, w int) []float32 {
	features := s[0].Cols
	x := nn.NewActivations(nil, len(s), features, w)
	for bin, m := range s {
		for trial := range m.Rows {
			for f := range features {
				x[(bin*features+f)*w+trial] = float32(m.At(trial, f))
			}
		}
	}
	return x
}

// trialsFirst takes activations [bins][features][w] of some trials into the
// order [trials][bins][features].
func trialsFirst(x []float32, bins, features, trials, w int) []float32 {
	var out []float32
	for trial := range trials {
		for i := range bins * features {
			out = append(out, x[i*w+trial])
		}
	}
	return out
}

// numbers takes a sequence into the same order.
func numbers(s naive.Sequence) []float64 {
	var out []float64
	for trial := range s[0].Rows {
		for _, m := range s {
			out = append(out, m.Data[trial*m.Cols:(trial+1)*m.Cols]...)
		}
	}
	return out
}

// transposed turns the reference's weights [out][in] into ours [in][out], and
// back.
func transposed(m *naive.Matrix) []float64 {
	var out []float64
	for j := range m.Cols {
		for i := range m.Rows {
			out = append(out, m.At(i, j))
		}
	}
	return out
}

// set copies numbers to a tensor's place.
func set(params []float32, tensor nn.Tensor, values []float64) {
	if len(values) != tensor.Len() {
		panic(fmt.Sprintf("%d values for %s %v", len(values), tensor.Name, tensor.Shape))
	}
	for i, v := range values {
		tensor.Of(params)[i] = float32(v)
	}
}

// matrix and sequence read golden arrays; the last two dimensions of a
// sequence [trials, bins, features] become matrices of one bin.
func matrix(a golden.Array) *naive.Matrix {
	cols := a.Shape[len(a.Shape)-1]
	return &naive.Matrix{Rows: len(a.Data) / cols, Cols: cols, Data: a.Data}
}

func sequence(a golden.Array) naive.Sequence {
	trials, bins, features := a.Shape[0], a.Shape[1], a.Shape[2]
	s := naive.NewSequence(bins, trials, features)
	for i, v := range a.Data {
		s[i/features%bins].Set(i/features/bins, i%features, v)
	}
	return s
}

// trial returns one trial of a sequence as a sequence.
func trial(s naive.Sequence, i int) naive.Sequence {
	out := naive.NewSequence(len(s), 1, s[0].Cols)
	for bin, m := range s {
		copy(out[bin].Data, m.Data[i*m.Cols:(i+1)*m.Cols])
	}
	return out
}

func sum(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] + b[i]
	}
	return out
}

// wide converts to float64.
func wide(x []float32) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}

var infinite = float32(math.Inf(1))
