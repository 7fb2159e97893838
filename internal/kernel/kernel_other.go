//go:build !amd64

package kernel

// Without assembly every kernel is the portable one.

func detect() Level { return Portable }

func gemm(c []float32, a *Packed, b []float32, w int, bias, start []float32) {
	gemmPortable(c, a, b, w, bias, start)
}

func outer(c []float32, ldc int, a []float32, rows, aStride int, bt []float32, cols, steps, w int) {
	outerPortable(c, ldc, a, rows, aStride, bt, cols, steps, w)
}

func transpose(bt, x []float32, rows, w, step, steps int) {
	transposePortable(bt, x, rows, w, step, steps)
}

func fromRows(dst, rows []float32, cols, w, ld int) { fromRowsPortable(dst, rows, cols, w, ld) }

func addRows(dst []float32, ld int, to []int32, panels []float32, rows int, from []int32, factor []float32) {
	addRowsPortable(dst, ld, to, panels, rows, from, factor)
}

func expTo(dst, x []float32) { expPortable(dst, x) }

func gruReset(z, r, h, rh []float32) { gruResetPortable(z, r, h, rh) }

func gruOutput(n, z, h, out []float32, limit float32) { gruOutputPortable(n, z, h, out, limit) }

func gruOutputBackward(n, z, h, dh []float32, limit float32) {
	gruOutputBackwardPortable(n, z, h, dh, limit)
}

func gruResetBackward(r, h, drh, dh []float32) { gruResetBackwardPortable(r, h, drh, dh) }

func addSteps(dst, x []float32, steps, stride int) { addStepsPortable(dst, x, steps, stride) }

func adam(p, m, v, grad []float32, s *AdamStep) { adamPortable(p, m, v, grad, s) }

func sumSquares(x []float32) float64 { return sumSquaresPortable(x) }

func dropoutMask(keep []uint8, k0, k1 []uint32, bin, features, w int, threshold uint32) {
	dropoutMaskPortable(keep, k0, k1, bin, features, w, threshold)
}

func drawNormals(dst []float32, k0, k1 []uint32, bin, features, w int) {
	normalsPortable(dst, k0, k1, bin, features, w)
}

func drop(dst, x []float32, keep []uint8, scale float32, w int) {
	dropPortable(dst, x, keep, scale, w)
}

func poisson(grad, o, y []float32, pass []uint8, scale, loss []float32, w int) {
	poissonPortable(grad, o, y, pass, scale, loss, w)
}

func peakLoop(int) (flop int) { return 0 }

func panels(c []float64, ldc int, a, b []float64, steps int) { panelsPortable(c, ldc, a, b, steps) }
