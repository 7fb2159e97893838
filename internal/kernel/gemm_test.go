package kernel

import (
	"fmt"
	"math"
	"testing"
)

// TestGemm compares with float64 sums. A chain of n roundings is off by at
// most n units of the sum of the terms' sizes: K products, K sums.
func TestGemm(t *testing.T) {
	shapes := [][2]int{{0, 3}, {3, 0}, {107, 33}}
	if !testing.Short() { // an emulated CPU takes a minute for these
		shapes = append(shapes, [2]int{300, 100}, [2]int{100, 301})
	}
	for m := 1; m <= 26; m++ {
		for k := 1; k <= 20; k += 1 + m%3 {
			shapes = append(shapes, [2]int{m, k})
		}
	}
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 4)
		for _, s := range shapes {
			for _, w := range blockWidths {
				for start := range 4 {
					checkGemm(t, mem, s[0], s[1], w, start)
				}
			}
		}
	})
}

// checkGemm tests one shape; start is 0 for none, 1 for a bias, 2 for c, 3 for
// another array.
func checkGemm(t *testing.T, mem *memory, m, k, w, start int) {
	weights := mem.normal(0, m*k, 1)
	a := &Packed{m, k, mem.zeros(1, m*k)}
	a.Pack(weights, k)
	b := mem.normal(2, k*w, 1)
	c := mem.normal(3, m*w, 1)
	before := clone(c)
	bias := make([]float32, m)
	fillNormal(bias, 7, 1)
	switch start {
	case 0:
		Gemm(c, a, b, w, nil)
	case 1:
		Gemm(c, a, b, w, bias)
	case 2:
		GemmAdd(c, c, a, b, w)
	case 3:
		GemmAdd(c, before, a, b, w)
	}
	for i := range m {
		for l := range w {
			var sum float64
			switch start {
			case 1:
				sum = float64(bias[i])
			case 2, 3:
				sum = float64(before[i*w+l])
			}
			size := math.Abs(sum)
			for j := range k {
				p := float64(weights[i*k+j]) * float64(b[j*w+l])
				sum += p
				size += math.Abs(p)
			}
			near(t, c[i*w+l], sum, float64(2*k)*unit*size, "M %d K %d w %d start %d at %d,%d", m, k, w, start, i, l)
		}
	}
}

func FuzzGemm(f *testing.F) {
	f.Add(uint8(13), uint8(7), uint8(1), uint8(2))
	f.Fuzz(func(t *testing.T, m, k, w, start uint8) {
		eachLevel(t, func(t *testing.T) {
			checkGemm(t, newMemory(t, 4), int(m), int(k), blockWidths[w%4], int(start%4))
		})
	})
}

func FuzzOuter(f *testing.F) {
	f.Add(uint8(13), uint8(7), uint8(1), uint8(2))
	f.Fuzz(func(t *testing.T, rows, cols, steps, w uint8) {
		eachLevel(t, func(t *testing.T) {
			checkOuterShape(t, newMemory(t, 4), 1+int(rows), 1+int(cols), 1+int(steps%4), blockWidths[w%4])
		})
	})
}

func TestPackTransposed(t *testing.T) {
	const m, k = 29, 5
	w, wt := make([]float32, m*k), make([]float32, m*k)
	fillNormal(w, 0, 1)
	for i := range m {
		for j := range k {
			wt[j*m+i] = w[i*k+j]
		}
	}
	a, b := NewPacked(m, k), NewPacked(m, k)
	a.Pack(w, k)
	b.PackTransposed(wt, m)
	for i := range a.Data {
		if a.Data[i] != b.Data[i] {
			t.Fatalf("element %d: %v and %v", i, a.Data[i], b.Data[i])
		}
	}
	if a.Data[24*k+3*5+2] != w[(24+2)*k+3] {
		t.Error("the last panel is not [k][rows]")
	}
}

// TestTransposeOuter builds the panels with Transpose and compares the
// gradient with float64 sums; the tolerance is that of TestGemm.
func TestTransposeOuter(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		mem := newMemory(t, 4)
		for _, w := range blockWidths {
			for rows := 1; rows <= 26; rows++ {
				checkOuterShape(t, mem, rows, 1+rows*7%40, 1+rows%4, w)
			}
			for cols := 1; cols <= 40; cols++ {
				checkOuterShape(t, mem, 1+cols*5%14, cols, 1+cols%3, w)
			}
		}
		checkOuterShape(t, mem, 100, 107, 4, 32)
	})
}

func checkOuterShape(t *testing.T, mem *memory, rows, cols, steps, w int) {
	ldc, gap := panelUp(cols), 3
	aStride := rows*w + gap
	bt := mem.normal(0, panelUp(cols)*steps*w, 1) // what Transpose leaves must not matter
	x := mem.normal(1, steps*cols*w, 1)
	for s := range steps {
		Transpose(bt, x[s*cols*w:], cols, w, s, steps)
	}
	if cols%PanelColumns != 0 && bt[len(bt)-1] != 0 {
		t.Fatalf("%d columns: the last panel ends in %v, want 0", cols, bt[len(bt)-1])
	}
	a := mem.normal(2, steps*aStride-gap, 1)
	c := mem.normal(3, rows*ldc, 1)
	before := clone(c)
	Outer(c, ldc, a, rows, aStride, bt, cols, steps, w)
	for i := range rows {
		for j := range cols {
			sum := float64(before[i*ldc+j])
			size := math.Abs(sum)
			for s := range steps {
				for l := range w {
					p := float64(a[s*aStride+i*w+l]) * float64(x[(s*cols+j)*w+l])
					sum += p
					size += math.Abs(p)
				}
			}
			near(t, c[i*ldc+j], sum, float64(2*steps*w)*unit*size, "%d x %d, %d steps, w %d at %d,%d", rows, cols, steps, w, i, j)
		}
	}
}

// TestShapeErrors: assembly would read or write elsewhere.
func TestShapeErrors(t *testing.T) {
	x := func(n int) []float32 { return make([]float32, n) }
	a := NewPacked(3, 4)
	for name, f := range map[string]func(){
		"width":            func() { Gemm(x(100), a, x(100), 12, nil) },
		"short input":      func() { Gemm(x(24), a, x(31), 8, nil) },
		"short output":     func() { GemmAdd(x(23), x(24), a, x(32), 8) },
		"short start":      func() { GemmAdd(x(24), x(23), a, x(32), 8) },
		"short bias":       func() { Gemm(x(24), a, x(32), 8, x(2)) },
		"short matrix":     func() { Gemm(x(24), &Packed{3, 4, x(11)}, x(32), 8, nil) },
		"outer: distance":  func() { Outer(x(99), 15, x(8), 1, 8, x(128), 3, 1, 8) },
		"outer: output":    func() { Outer(x(15), 16, x(8), 1, 8, x(128), 3, 1, 8) },
		"outer: left":      func() { Outer(x(16), 16, x(7), 1, 8, x(128), 3, 1, 8) },
		"outer: right":     func() { Outer(x(16), 16, x(8), 1, 8, x(127), 3, 1, 8) },
		"transpose: step":  func() { Transpose(x(128), x(128), 3, 8, 1, 1) },
		"transpose: input": func() { Transpose(x(128), x(23), 3, 8, 0, 1) },
		"transpose: right": func() { Transpose(x(127), x(128), 3, 8, 0, 1) },
		"reset":            func() { GRUReset(x(8), x(7), x(8), x(8)) },
		"output":           func() { GRUOutput(x(8), x(8), x(8), x(7), 1) },
		"output backward":  func() { GRUOutputBackward(x(8), x(7), x(8), x(8), 1) },
		"reset backward":   func() { GRUResetBackward(x(8), x(8), x(7), x(8)) },
	} {
		mustPanic(t, name, f)
	}
}

func BenchmarkGemm(b *testing.B) {
	for _, s := range [][3]int{{300, 107, 32}, {300, 100, 32}, {200, 300, 32}, {100, 300, 32}, {192, 64, 32}, {300, 100, 16}, {300, 100, 8}, {300, 100, 1}, {192, 64, 1}, {4, 80, 32}} {
		m, k, w := s[0], s[1], s[2]
		b.Run(fmt.Sprintf("%dx%dx%d", m, k, w), func(b *testing.B) {
			a := NewPacked(m, k)
			x, c, bias := make([]float32, k*w), make([]float32, m*w), make([]float32, m)
			reportShare(b, 2*m*k*w, func() { Gemm(c, a, x, w, bias) })
		})
	}
}

func BenchmarkOuter(b *testing.B) {
	for _, s := range [][4]int{{300, 107, 4, 32}, {200, 100, 4, 32}, {100, 100, 4, 32}, {192, 64, 4, 16}, {192, 64, 4, 8}, {192, 64, 16, 1}} {
		rows, cols, steps, w := s[0], s[1], s[2], s[3]
		b.Run(fmt.Sprintf("%dx%dx%dx%d", rows, cols, steps, w), func(b *testing.B) {
			ldc := panelUp(cols)
			c, a, bt := make([]float32, rows*ldc), make([]float32, steps*rows*w), make([]float32, ldc*steps*w)
			reportShare(b, 2*rows*cols*steps*w, func() { Outer(c, ldc, a, rows, rows*w, bt, cols, steps, w) })
		})
	}
}

func BenchmarkTranspose(b *testing.B) {
	const rows, w = 112, 32
	bt, x := make([]float32, rows*w), make([]float32, rows*w)
	reportElement(b, rows*w, func() { Transpose(bt, x, rows, w, 0, 1) })
}
