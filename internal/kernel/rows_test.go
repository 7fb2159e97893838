package kernel

import (
	"fmt"
	"math"
	"testing"

	"github.com/autolfads/autolfads/maths"
)

// sparseInput returns x [features][w] of which about one element in eight is
// not zero, and these in the order (feature, lane).
func sparseInput(features, w int, stream uint64) (x []float32, feature, lane []int32, value []float32) {
	x = normals(features*w, stream, 1)
	for i, v := range x {
		if v < 1.15 { // 12.5 % of a normal distribution lie above
			x[i] = 0
			continue
		}
		feature, lane, value = append(feature, int32(i/w)), append(lane, int32(i%w)), append(value, v)
	}
	return x, feature, lane, value
}

// panelsOf writes x [rows][cols] as Transpose writes its transpose.
func panelsOf(x []float32, rows, cols int) []float32 {
	panels := make([]float32, panelUp(cols)*rows)
	for i := range rows {
		for j := range cols {
			panels[(j/PanelColumns*rows+i)*PanelColumns+j%PanelColumns] = x[i*cols+j]
		}
	}
	return panels
}

// checkSparse compares sums over non-zero elements with Gemm and Outer, to the
// bit: the terms that are left out are products with 0.
func checkSparse(t *testing.T, features, outputs, w int) {
	x, feature, lane, value := sparseInput(features, w, 31)
	weights, bias := normals(outputs*features, 32, 1), normals(outputs, 33, 1) // weights [features][outputs]

	a := NewPacked(outputs, features)
	a.PackTransposed(weights, outputs)
	want := make([]float32, outputs*w)
	Gemm(want, a, x, w, bias)
	ld := panelUp(outputs)
	rows := make([]float32, w*ld)
	for l := range w {
		copy(rows[l*ld:], bias)
	}
	AddRows(rows, ld, lane, panelsOf(weights, features, outputs), features, feature, value)
	got := make([]float32, outputs*w)
	FromRows(got, rows, outputs, w, ld)
	sameBits(t, fmt.Sprintf("product %d x %d, width %d", outputs, features, w), got, want)

	const steps = 3 // with the same input
	bt, gradient := make([]float32, ld*steps*w), normals(steps*outputs*w, 34, 1)
	before := normals(features*ld, 35, 1)
	dense, sparse := clone(before), clone(before)
	for s := range steps {
		Transpose(bt, gradient[s*outputs*w:], outputs, w, s, steps)
	}
	Outer(dense, ld, x, features, 0, bt, outputs, steps, w)
	for s := range steps {
		AddRows(sparse, ld, feature, bt[s*w*PanelColumns:], steps*w, lane, value)
	}
	for f := range features { // Outer may leave anything beyond the outputs
		sameBits(t, fmt.Sprintf("gradient %d x %d, width %d", outputs, features, w), sparse[f*ld:f*ld+outputs], dense[f*ld:f*ld+outputs])
	}
}

func sameBits(t *testing.T, name string, got, want []float32) {
	t.Helper()
	for i, v := range want {
		if math.Float32bits(got[i]) != math.Float32bits(v) {
			t.Fatalf("%s, element %d: %v, want %v", name, i, got[i], v)
		}
	}
}

func TestSparseIsDense(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		for _, w := range blockWidths {
			for outputs := 1; outputs <= 35; outputs++ {
				checkSparse(t, 1+outputs*5%23, outputs, w)
			}
		}
		checkSparse(t, 107, 300, 32)
	})
}

func FuzzSparse(f *testing.F) {
	f.Add(uint8(13), uint8(7), uint8(1))
	f.Fuzz(func(t *testing.T, features, outputs, w uint8) {
		eachLevel(t, func(t *testing.T) { checkSparse(t, 1+int(features), 1+int(outputs), blockWidths[w%4]) })
	})
}

// Nothing is read or written beyond the slices.
func TestRowsAtTheFence(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 3)
		for _, w := range blockWidths {
			for cols := 1; cols <= 33; cols++ {
				rows := mem.normal(0, w*cols, 1)
				got := mem.zeros(1, cols*w)
				FromRows(got, rows, cols, w, cols)
				for j := range cols {
					for l := range w {
						if got[j*w+l] != rows[l*cols+j] {
							t.Fatalf("%d columns, width %d: element %d, %d is %v, want %v", cols, w, j, l, got[j*w+l], rows[l*cols+j])
						}
					}
				}
				ld := panelUp(cols)
				dst := mem.zeros(1, w*ld)
				AddRows(dst, ld, []int32{int32(w - 1)}, mem.normal(2, 3*ld, 1), 3, []int32{2}, []float32{2})
				if dst[(w-1)*ld] == 0 || dst[w*ld-1] == 0 {
					t.Fatalf("rows of %d: the last one is %v", ld, dst[(w-1)*ld:])
				}
			}
		}
	})
}

// ExpTo within a few roundings of e^x, at every tail, limited as Exp is; a NaN
// stays one.
func TestExpTo(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 2)
		for n := range 50 {
			x, dst := mem.normal(0, n, 20), mem.zeros(1, n)
			ExpTo(dst, x)
			for i, v := range x {
				want := math.Exp(min(max(float64(v), -87), 88))
				near(t, dst[i], want, 4*unit*want, "e^%v", v)
			}
		}
		x := []float32{float32(math.NaN()), 200, -200}
		ExpTo(x, x)
		if x[0] == x[0] || x[1] != maths.Exp32(200) || !(x[2] > 0) {
			t.Errorf("e^NaN, e^200, e^-200: %v", x)
		}
	})
}

// AddSteps adds in the order of the steps, at every tail.
func TestAddSteps(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 2)
		for n := 1; n <= 50; n++ {
			for steps := range 5 {
				stride := n + 3*(steps%2)
				dst, x := mem.normal(0, n, 1), mem.normal(1, max(0, (steps-1)*stride+n), 1)
				want := clone(dst)
				for s := range steps {
					for i := range want {
						want[i] += x[s*stride+i]
					}
				}
				AddSteps(dst, x, steps, stride)
				sameBits(t, fmt.Sprintf("%d elements, %d steps", n, steps), dst, want)
			}
		}
	})
}

func TestRowErrors(t *testing.T) {
	x := func(n int) []float32 { return make([]float32, n) }
	i := func(v ...int32) []int32 { return v }
	for name, f := range map[string]func(){
		"from rows: columns":   func() { FromRows(x(99), x(99), 9, 8, 8) },
		"from rows: input":     func() { FromRows(x(64), x(63), 8, 8, 8) },
		"from rows: output":    func() { FromRows(x(63), x(64), 8, 8, 8) },
		"add rows: distance":   func() { AddRows(x(99), 15, i(0), x(99), 1, i(0), x(1)) },
		"add rows: output":     func() { AddRows(x(31), 16, i(1), x(99), 1, i(0), x(1)) },
		"add rows: panels":     func() { AddRows(x(32), 32, i(0), x(63), 2, i(1), x(1)) },
		"add rows: to":         func() { AddRows(x(32), 16, i(-1), x(99), 2, i(0), x(1)) },
		"add rows: from":       func() { AddRows(x(32), 16, i(0), x(99), 2, i(-1), x(1)) },
		"add rows: few places": func() { AddRows(x(32), 16, i(0, 0), x(99), 2, i(0), x(2)) },
		"add rows: factors":    func() { AddRows(x(32), 16, i(0), x(99), 2, i(0), nil) },
		"add steps":            func() { AddSteps(x(8), x(15), 2, 8) },
		"exp":                  func() { ExpTo(x(8), x(7)) },
	} {
		mustPanic(t, name, f)
	}
}

// BenchmarkSparse is an encoder's product of one bin, and its weights'
// gradient, at several shares of elements that are not zero. Gemm and Outer of
// the same size are what it must beat.
func BenchmarkSparse(b *testing.B) {
	const features, outputs, w = 107, 300, 32
	ld := panelUp(outputs)
	weights, rows, out := make([]float32, features*ld), make([]float32, w*ld), make([]float32, outputs*w)
	bt, gradient, bias := make([]float32, ld*w), make([]float32, features*ld), make([]float32, ld)
	for _, percent := range []int{0, 1, 2, 5, 10, 20, 40} {
		var feature, lane []int32
		for i := range features * w * percent / 100 {
			at := i * 100 / percent
			feature, lane = append(feature, int32(at/w)), append(lane, int32(at%w))
		}
		value := make([]float32, len(lane))
		b.Run(fmt.Sprintf("forward/%d%%", percent), func(b *testing.B) {
			reportElement(b, features*w, func() {
				for l := range w {
					copy(rows[l*ld:(l+1)*ld], bias)
				}
				AddRows(rows, ld, lane, weights, features, feature, value)
				FromRows(out, rows, outputs, w, ld)
			})
		})
		b.Run(fmt.Sprintf("backward/%d%%", percent), func(b *testing.B) {
			reportElement(b, features*w, func() { AddRows(gradient, ld, feature, bt, w, lane, value) })
		})
	}
	a := NewPacked(outputs, features)
	x := make([]float32, features*w)
	b.Run("forward/dense", func(b *testing.B) {
		reportElement(b, features*w, func() { Gemm(out, a, x, w, bias[:outputs]) })
	})
	b.Run("backward/dense", func(b *testing.B) {
		reportElement(b, features*w, func() { Outer(gradient, ld, x, features, features*w, bt, outputs, 1, w) })
	})
}
