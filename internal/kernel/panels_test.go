package kernel

import (
	"math"
	"testing"
	"unsafe"
)

// doubles returns n numbers before a fence.
func doubles(t *testing.T, n int, stream uint64) []float64 {
	memory := fence(t)
	all := unsafe.Slice((*float64)(unsafe.Pointer(&memory[0])), len(memory)/2)
	x := all[len(all)-n:]
	single := make([]float32, n)
	fillNormal(single, stream, 1)
	for i, v := range single {
		x[i] = float64(v)
	}
	return x
}

// Products of float32 numbers are exact in double precision: each sum errs by a
// rounding for each step.
func TestPanels(t *testing.T) {
	const ldc = 17
	for _, steps := range []int{0, 1, 2, 7, 64, 255} {
		a, b := doubles(t, steps*ProductPanel, 1), doubles(t, steps*ProductPanel, 2)
		start := doubles(t, 11*ldc+ProductPanel, 3)
		eachLevel(t, func(t *testing.T) {
			c := doubles(t, len(start), 3)
			Panels(c, ldc, a, b, steps)
			for i := range c {
				row, column := i/ldc, i%ldc
				want, size := start[i], math.Abs(start[i])
				if column < ProductPanel {
					for k := range steps {
						p := a[k*ProductPanel+row] * b[k*ProductPanel+column]
						want += p
						size += math.Abs(p)
					}
				}
				if math.Abs(c[i]-want) > float64(steps)*0x1p-52*size {
					t.Fatalf("%d steps: element %d, %d is %v, want %v", steps, row, column, c[i], want)
				}
			}
		})
	}
}

func TestPanelsShapeErrors(t *testing.T) {
	x := make([]float64, 2*ProductPanel)
	for _, call := range []func(){
		func() { Panels(make([]float64, 143), 12, x, x, 2) },
		func() { Panels(make([]float64, 144), 12, x[1:], x, 2) },
		func() { Panels(make([]float64, 144), 12, x, x[1:], 2) },
		func() { Panels(make([]float64, 144), 11, x, x, 2) },
		func() { Panels(make([]float64, 144), 12, x, x, -1) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("a shape that does not fit is taken")
				}
			}()
			call()
		}()
	}
}

func BenchmarkPanels(b *testing.B) {
	const steps = 256
	x, y, c := make([]float64, steps*ProductPanel), make([]float64, steps*ProductPanel), make([]float64, 144)
	for b.Loop() {
		Panels(c, ProductPanel, x, y, steps)
	}
	b.ReportMetric(2e-9*float64(b.N)*steps*144/b.Elapsed().Seconds(), "GFLOP/s")
}
