package kernel

// PanelColumns is the width of the panels that Transpose writes and Outer
// reads.
const PanelColumns = 16

// Gemm computes c = A b + bias: b is [K][w], c is [M][w], bias has M elements
// or is nil for none.
func Gemm(c []float32, a *Packed, b []float32, w int, bias []float32) {
	a.check(c, b, w, bias)
	active.gemm(hide(c), noescape(a), hide(b), w, hide(bias), nil)
}

// GemmAdd computes c = start + A b: start is [M][w] and may be c itself. A
// product cut into ranges of k and added up so has the bits of the whole.
func GemmAdd(c, start []float32, a *Packed, b []float32, w int) {
	a.check(c, b, w, nil)
	checkLengths("GemmAdd", a.M*w, len(start))
	active.gemm(hide(c), noescape(a), hide(b), w, nil, hide(start))
}

// Outer accumulates a weight gradient over steps time bins of one block:
//
//	c[i][j] += sum over s < steps, l < w of a[s*aStride + i*w + l] * x_s[j][l]
//
// for i < rows, j < cols, where bt holds x as Transpose wrote it. The sum runs
// over s, then l, as one chain that begins with c. Row i of c begins at
// c[i*ldc]; ldc is at least cols rounded up to 16, and what lies in columns
// cols and above is overwritten with anything.
//
// These are nine arguments, and seven of AddRows, DropoutMask and Poisson, as BLAS
// has them: filling a struct and reading it took 2 to 5 ns a call, 5 to 7 % of a
// small layer's (24 x 12, widths 1 and 8).
func Outer(c []float32, ldc int, a []float32, rows, aStride int, bt []float32, cols, steps, w int) {
	checkOuter(c, ldc, a, rows, aStride, bt, cols, steps, w)
	if rows > 0 && cols > 0 && steps > 0 {
		active.outer(hide(c), ldc, hide(a), rows, aStride, hide(bt), cols, steps, w)
	}
}
