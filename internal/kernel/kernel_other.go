//go:build !amd64

package kernel

// Without assembly every kernel is the portable one.

func detect() Level { return Portable }

func gemm(c []float32, a *Packed, b []float32, w int, bias []float32, add bool) {
	gemmPortable(c, a, b, w, bias, add)
}

func outer(c []float32, ldc int, a []float32, rows, aStride int, bt []float32, cols, steps, w int) {
	outerPortable(c, ldc, a, rows, aStride, bt, cols, steps, w)
}

func transpose(bt, x []float32, rows, w, step, steps int) {
	transposePortable(bt, x, rows, w, step, steps)
}

func gruReset(z, r, h, rh []float32) { gruResetPortable(z, r, h, rh) }

func gruOutput(n, z, h, out []float32, limit float32) { gruOutputPortable(n, z, h, out, limit) }

func gruOutputBackward(n, z, h, dh []float32, limit float32) {
	gruOutputBackwardPortable(n, z, h, dh, limit)
}

func gruResetBackward(r, h, drh, dh []float32) { gruResetBackwardPortable(r, h, drh, dh) }
