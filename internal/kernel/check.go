package kernel

import "fmt"

// checkLengths panics unless every slice holds at least n elements: a
// programmer's fault that assembly would turn into corrupt memory.
func checkLengths(name string, n int, lengths ...int) {
	for i, l := range lengths {
		if l < n {
			panic(fmt.Sprintf("kernel.%s: slice %d holds %d elements, want %d", name, i, l, n))
		}
	}
}

func checkWidth(w int) {
	if w != 32 && w != 16 && w != 8 && w != 1 {
		panic(fmt.Sprintf("kernel: block width %d, want 1, 8, 16 or 32", w))
	}
}

func (p *Packed) check(c, b []float32, w int, bias []float32) {
	checkWidth(w)
	if p.M < 0 || p.K < 0 || len(p.Data) < p.M*p.K {
		panic(fmt.Sprintf("kernel: matrix %d x %d holds %d elements", p.M, p.K, len(p.Data)))
	}
	if len(b) < p.K*w || len(c) < p.M*w || bias != nil && len(bias) < p.M {
		panic(fmt.Sprintf("kernel: matrix %d x %d, width %d: input %d, output %d, bias %d",
			p.M, p.K, w, len(b), len(c), len(bias)))
	}
}

func checkOuter(c []float32, ldc int, a []float32, rows, aStride int, bt []float32, cols, steps, w int) {
	checkWidth(w)
	if rows < 0 || cols < 0 || steps < 0 || ldc < panelUp(cols) || aStride < 0 {
		panic(fmt.Sprintf("kernel.Outer: %d x %d, %d steps, distance of rows %d (want at least %d), of steps %d",
			rows, cols, steps, ldc, panelUp(cols), aStride))
	}
	if rows == 0 || cols == 0 || steps == 0 {
		return
	}
	needC, needA, needB := (rows-1)*ldc+panelUp(cols), (steps-1)*aStride+rows*w, panelUp(cols)*steps*w
	if len(c) < needC || len(a) < needA || len(bt) < needB {
		panic(fmt.Sprintf("kernel.Outer: %d x %d, %d steps, width %d: output %d, want %d; left %d, want %d; right %d, want %d",
			rows, cols, steps, w, len(c), needC, len(a), needA, len(bt), needB))
	}
}

func checkTranspose(bt, x []float32, rows, w, step, steps int) {
	checkWidth(w)
	needX, needB := rows*w, panelUp(rows)*steps*w
	if rows < 0 || step < 0 || step >= steps || len(x) < needX || len(bt) < needB {
		panic(fmt.Sprintf("kernel.Transpose: %d rows, width %d, step %d of %d: input %d, want %d; panels %d, want %d",
			rows, w, step, steps, len(x), needX, len(bt), needB))
	}
}

// panelUp rounds n up to whole panels of columns.
func panelUp(n int) int { return (n + PanelColumns - 1) / PanelColumns * PanelColumns }

func checkPoisson(grad, o, y []float32, pass []uint8, scale, loss []float32, w int) {
	checkWidth(w)
	n := len(o)
	if n%w != 0 || len(y) < n || grad != nil && len(grad) < n || pass != nil && len(pass) < n/w*MaskBytes(w) ||
		len(scale) < w || len(loss) < w {
		panic(fmt.Sprintf("kernel.Poisson: width %d: log rates %d, counts %d, mask %d, gradient %d, scale %d, loss %d",
			w, n, len(y), len(pass), len(grad), len(scale), len(loss)))
	}
}
