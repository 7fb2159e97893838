package kernel

import "unsafe"

func addSteps(dst, x []float32, steps, stride int) {
	if active == Portable {
		addStepsPortable(dst, x, steps, stride)
		return
	}
	n, end := whole(len(dst)), len(dst)
	if n > 0 {
		addStepsVector(&dst[0], &x[0], n, steps, stride)
	}
	if n == end {
		return
	}
	var t tail
	t.load(0, dst, n, end)
	for s := range steps {
		t.load(1, x[s*stride:], n, end)
		addStepsVector(&t[0][0], &t[1][0], 16, 1, 0)
	}
	t.store(0, dst, n, end)
}

func addStepsVector(dst, x *float32, n, steps, stride int) {
	if active == AVX512 {
		addAVX512(dst, x, n, steps, stride*floatSize)
	} else {
		addAVX2(dst, x, n, steps, stride*floatSize)
	}
}

func expTo(dst, x []float32) {
	if active == Portable {
		expPortable(dst, x)
		return
	}
	n, end := whole(len(dst)), len(dst)
	expVector(first(dst), first(x), n)
	if n == end {
		return
	}
	var t tail
	t.load(1, x, n, end)
	expVector(&t[0][0], &t[1][0], 16)
	t.store(0, dst, n, end)
}

func expVector(dst, x *float32, n int) {
	if active == AVX512 {
		expAVX512(dst, x, n)
	} else {
		expAVX2(dst, x, n)
	}
}

// drop needs no tail: rows are whole vectors but for a lone trial.
func drop(dst, x []float32, keep []uint8, scale float32, w int) {
	switch {
	case active == Portable, w == 1:
		dropPortable(dst, x, keep, scale, w)
	case len(dst) == 0:
	case active == AVX512 && w >= 16:
		dropAVX512(&dst[0], &x[0], len(dst), &keep[0], scale)
	default:
		dropAVX2(&dst[0], &x[0], len(dst), &keep[0], scale)
	}
}

func adam(p, m, v, grad []float32, s *AdamStep) {
	if active == Portable {
		adamPortable(p, m, v, grad, s)
		return
	}
	n, end := whole(len(p)), len(p)
	adamVector(first(p), first(m), first(v), first(grad), n, s)
	if n == end {
		return
	}
	var t tail
	t.load(0, p, n, end)
	t.load(1, m, n, end)
	t.load(2, v, n, end)
	t.load(3, grad, n, end)
	adamVector(&t[0][0], &t[1][0], &t[2][0], &t[3][0], 16, s)
	t.store(0, p, n, end)
	t.store(1, m, n, end)
	t.store(2, v, n, end)
}

// adamVector passes AdamStep as what it is in memory: nine float32.
func adamVector(p, m, v, grad *float32, n int, s *AdamStep) {
	scalars := (*float32)(unsafe.Pointer(s))
	if active == AVX512 {
		adamAVX512(p, m, v, grad, n, scalars)
	} else {
		adamAVX2(p, m, v, grad, n, scalars)
	}
}

func sumSquares(x []float32) float64 {
	if active == Portable {
		return sumSquaresPortable(x)
	}
	var sums [16]float64
	n := whole(len(x))
	sumSquaresVector(first(x), &sums, n)
	if n < len(x) {
		var t tail
		t.load(0, x, n, len(x))
		sumSquaresVector(&t[0][0], &sums, 16)
	}
	return treeSum(sums[:])
}

func sumSquaresVector(x *float32, sums *[16]float64, n int) {
	if active == AVX512 {
		sumSquaresAVX512(x, &sums[0], n)
	} else {
		sumSquaresAVX2(x, &sums[0], n)
	}
}

// dropoutMask, drawNormals and poisson go over a block column by column, a column being as
// many lanes as a register holds; a lone trial has no column.

func dropoutMask(keep []uint8, k0, k1 []uint32, bin, features, w int, threshold uint32) {
	var schedule [40 * 16]uint32
	switch {
	case active == Portable, w == 1:
		dropoutMaskPortable(keep, k0, k1, bin, features, w, threshold)
	case features == 0:
	case active == AVX512 && w >= 16:
		for l := 0; l < w; l += 16 {
			dropoutMaskAVX512(&keep[l/8], &k0[l], &k1[l], &schedule[0], uint32(bin), features, MaskBytes(w), threshold)
		}
	default:
		for l := 0; l < w; l += 8 {
			dropoutMaskAVX2(&keep[l/8], &k0[l], &k1[l], &schedule[0], uint32(bin), features, MaskBytes(w), threshold)
		}
	}
}

func drawNormals(dst []float32, k0, k1 []uint32, bin, features, w int) {
	var schedule [40 * 16]uint32
	switch {
	case active == Portable, w == 1:
		normalsPortable(dst, k0, k1, bin, features, w)
	case features == 0:
	case active == AVX512 && w >= 16:
		for l := 0; l < w; l += 16 {
			normalsAVX512(&dst[l], &k0[l], &k1[l], &schedule[0], uint32(bin), features, w*floatSize)
		}
	default:
		for l := 0; l < w; l += 8 {
			normalsAVX2(&dst[l], &k0[l], &k1[l], &schedule[0], uint32(bin), features, w*floatSize)
		}
	}
}

func poisson(grad, o, y []float32, pass []uint8, scale, loss []float32, w int) {
	features := len(o) / w
	switch {
	case active == Portable:
		poissonPortable(grad, o, y, pass, scale, loss, w)
	case features == 0:
	case w == 1:
		poissonLone(grad, o, y, pass, scale, loss)
	case active == AVX512 && w >= 16:
		for l := 0; l < w; l += 16 {
			poissonAVX512(lane(grad, l), &o[l], &y[l], lane(pass, l/8), &scale[l], &loss[l], features, w*floatSize, MaskBytes(w))
		}
	default:
		for l := 0; l < w; l += 8 {
			poissonAVX2(lane(grad, l), &o[l], &y[l], lane(pass, l/8), &scale[l], &loss[l], features, w*floatSize, MaskBytes(w))
		}
	}
}

// poissonLone takes a lone trial as the first lane of a column of 8.
func poissonLone(grad, o, y []float32, pass []uint8, scale, loss []float32) {
	const rows = 16
	var logRates, counts [rows * 8]float32 // gradients replace log rates
	scales, losses := [8]float32{scale[0]}, [8]float32{loss[0]}
	var pgrad *float32
	if grad != nil {
		pgrad = &logRates[0]
	}
	for from := 0; from < len(o); from += rows {
		n := min(rows, len(o)-from)
		for f := range n {
			logRates[f*8], counts[f*8] = o[from+f], y[from+f]
		}
		poissonAVX2(pgrad, &logRates[0], &counts[0], lane(pass, from), &scales[0], &losses[0], n, 8*floatSize, 1)
		if grad != nil {
			for f := range n {
				grad[from+f] = logRates[f*8]
			}
		}
	}
	loss[0] = losses[0]
}

// lane returns a pointer to lane l of the first row of x, nil if x is empty.
func lane[T float32 | uint8](x []T, l int) *T {
	if len(x) == 0 {
		return nil
	}
	return &x[l]
}

// peakLoop runs the given number of loops of 12 register multiply-adds and
// returns how many floating-point operations one loop is.
func peakLoop(loops int) (flop int) {
	switch {
	case active == AVX512:
		peakAVX512(loops)
		return 12 * 16 * 2
	case Supported(AVX2):
		peakAVX2(loops)
		return 12 * 8 * 2
	}
	return 0
}
