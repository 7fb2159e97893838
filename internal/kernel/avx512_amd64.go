package kernel

// avx512 is the row of AVX-512, which needs its parts F, DQ, VL and BW. Blocks of 8
// trials and of one fill no register of 16 and have AVX2; so have panels and
// transpose, which are no faster than the memory that they read.
var avx512 = table{
	name:    string(AVX512),
	bits:    "fma",
	vectors: true,

	gemm:      gemmBy512,
	outer:     outerBy512,
	panels:    panelsBy256,
	transpose: transposeBy256,
	addRows: func(dst []float32, ld int, to []int32, panels []float32, rows int, from []int32, factor []float32) {
		addRowsAVX512(first(dst), first(panels), first(to), first(from), first(factor), len(to), ld*floatSize, rows*PanelColumns*floatSize, ld/PanelColumns)
	},

	gruReset: func(z, r, h, rh []float32) {
		gruResetAVX512(first(z), first(r), first(h), first(rh), len(h))
	},
	gruOutput: func(n, z, h, out []float32, limit float32) {
		gruOutputAVX512(first(n), first(z), first(h), first(out), len(h), limit)
	},
	gruOutputBackward: func(n, z, h, dh []float32, limit float32) {
		gruOutputBackwardAVX512(first(n), first(z), first(h), first(dh), len(h), limit)
	},
	gruResetBackward: func(r, h, drh, dh []float32) {
		gruResetBackwardAVX512(first(r), first(h), first(drh), first(dh), len(h))
	},
	addSteps: func(dst, x []float32, steps, stride int) {
		addAVX512(first(dst), first(x), len(dst), steps, stride*floatSize)
	},
	exp: func(dst, x []float32) { expAVX512(first(dst), first(x), len(dst)) },
	log: func(dst, x []float32) { logAVX512(first(dst), first(x), len(dst)) },
	adam: func(p, m, v, grad []float32, s *AdamStep) {
		adamAVX512(first(p), first(m), first(v), first(grad), len(p), scalars(s))
	},
	sumSquares: func(x []float32, sums *[16]float64) { sumSquaresAVX512(first(x), &sums[0], len(x)) },

	dropoutMask: dropoutMaskBy512,
	normals:     normalsBy512,
	drop:        dropBy512,
	poisson:     poissonBy512,
	gamma:       gammaBy512,
	gaussian:    gaussianBy512,

	peak: func(loops int) (flop int) {
		peakAVX512(loops)
		return 12 * 16 * 2
	},
}

func gemmBy512(c []float32, a *Packed, b []float32, w int, bias, start []float32) {
	switch w {
	case 16:
		gemmAVX512x16(first(a.Data), first(b), first(c), first(bias), first(start), a.M, a.K, 16*floatSize)
	case 32:
		gemmAVX512x32(first(a.Data), first(b), first(c), first(bias), first(start), a.M, a.K, 32*floatSize)
	default:
		gemmBy256(c, a, b, w, bias, start)
	}
}

func outerBy512(c []float32, ldc int, a []float32, rows, aStride int, bt []float32, cols, steps, w int) {
	if w == 1 {
		outerLone(c, ldc, a, rows, aStride, bt, cols, steps)
		return
	}
	const f = floatSize
	panel := steps * w * PanelColumns
	for j := 0; j < cols; j += 2 * PanelColumns {
		pc, pb, left := &c[j], &bt[j/PanelColumns*panel], cols-j
		switch {
		case left <= 8:
			outerAVX2x8(pc, &a[0], pb, rows, ldc*f, w*f, aStride*f, panel*f, steps)
		case left <= PanelColumns:
			outerAVX512x16(pc, &a[0], pb, rows, ldc*f, w*f, aStride*f, panel*f, steps)
		default:
			outerAVX512x32(pc, &a[0], pb, rows, ldc*f, w*f, aStride*f, panel*f, steps)
		}
	}
}

func dropoutMaskBy512(keep []uint8, k0, k1 []uint32, bin, features, w int, threshold uint32) {
	if w < 16 {
		dropoutMaskBy256(keep, k0, k1, bin, features, w, threshold)
		return
	}
	var schedule philoxSchedule
	for l := 0; l < w; l += 16 {
		dropoutMaskAVX512(&keep[l/8], &k0[l], &k1[l], &schedule[0], uint32(bin), features, MaskBytes(w), threshold)
	}
}

func normalsBy512(dst []float32, k0, k1 []uint32, bin, features, w int) {
	if w < 16 {
		normalsBy256(dst, k0, k1, bin, features, w)
		return
	}
	var schedule philoxSchedule
	for l := 0; l < w; l += 16 {
		normalsAVX512(&dst[l], &k0[l], &k1[l], &schedule[0], uint32(bin), features, w*floatSize)
	}
}

func dropBy512(dst, x []float32, keep []uint8, scale float32, w int) {
	if w < 16 {
		dropBy256(dst, x, keep, scale, w)
		return
	}
	dropAVX512(&dst[0], &x[0], len(dst), &keep[0], scale)
}

func poissonBy512(grad, o, y []float32, pass []uint8, scale, loss []float32, w int) {
	if w < 16 {
		poissonBy256(grad, o, y, pass, scale, loss, w)
		return
	}
	for l := 0; l < w; l += 16 {
		poissonAVX512(lane(grad, l), &o[l], &y[l], lane(pass, l/8), &scale[l], &loss[l], len(o)/w, w*floatSize, MaskBytes(w))
	}
}

func gammaBy512(grad, o, y []float32, observed, pass []uint8, scale, loss []float32, w int) {
	if w < 16 {
		gammaBy256(grad, o, y, observed, pass, scale, loss, w)
		return
	}
	for l := 0; l < w; l += 16 {
		gammaAVX512(lane(grad, l), &o[l], &y[l], lane(observed, l/8), lane(pass, l/8), &scale[l], &loss[l], len(y)/w, w*floatSize, MaskBytes(w), len(y)*floatSize)
	}
}

func gaussianBy512(grad, o, y []float32, observed, pass []uint8, scale, loss []float32, w int) {
	if w < 16 {
		gaussianBy256(grad, o, y, observed, pass, scale, loss, w)
		return
	}
	for l := 0; l < w; l += 16 {
		gaussianAVX512(lane(grad, l), &o[l], &y[l], lane(observed, l/8), lane(pass, l/8), &scale[l], &loss[l], len(y)/w, w*floatSize, MaskBytes(w), len(y)*floatSize)
	}
}
