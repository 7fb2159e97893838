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
