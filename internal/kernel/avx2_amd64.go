package kernel

// avx2 is the row of AVX2, which needs FMA too.
var avx2 = table{
	name:    string(AVX2),
	bits:    "fma",
	vectors: true,

	gemm:      gemmBy256,
	outer:     outerBy256,
	panels:    panelsBy256,
	transpose: transposeBy256,
	addRows: func(dst []float32, ld int, to []int32, panels []float32, rows int, from []int32, factor []float32) {
		addRowsAVX2(first(dst), first(panels), first(to), first(from), first(factor), len(to), ld*floatSize, rows*PanelColumns*floatSize, ld/PanelColumns)
	},

	gruReset: func(z, r, h, rh []float32) {
		gruResetAVX2(first(z), first(r), first(h), first(rh), len(h))
	},
	gruOutput: func(n, z, h, out []float32, limit float32) {
		gruOutputAVX2(first(n), first(z), first(h), first(out), len(h), limit)
	},
	gruOutputBackward: func(n, z, h, dh []float32, limit float32) {
		gruOutputBackwardAVX2(first(n), first(z), first(h), first(dh), len(h), limit)
	},
	gruResetBackward: func(r, h, drh, dh []float32) {
		gruResetBackwardAVX2(first(r), first(h), first(drh), first(dh), len(h))
	},
	addSteps: func(dst, x []float32, steps, stride int) {
		addAVX2(first(dst), first(x), len(dst), steps, stride*floatSize)
	},
	exp: func(dst, x []float32) { expAVX2(first(dst), first(x), len(dst)) },
	log: func(dst, x []float32) { logAVX2(first(dst), first(x), len(dst)) },
	adam: func(p, m, v, grad []float32, s *AdamStep) {
		adamAVX2(first(p), first(m), first(v), first(grad), len(p), scalars(s))
	},
	sumSquares: func(x []float32, sums *[16]float64) { sumSquaresAVX2(first(x), &sums[0], len(x)) },

	dropoutMask: dropoutMaskBy256,
	normals:     normalsBy256,
	drop:        dropBy256,
	poisson:     poissonBy256,
	gamma:       gammaBy256,
	gaussian:    gaussianBy256,

	peak: func(loops int) (flop int) {
		peakAVX2(loops)
		return 12 * 8 * 2
	},
}

func gemmBy256(c []float32, a *Packed, b []float32, w int, bias, start []float32) {
	switch w {
	case 1:
		gemmLone(c, a, b, bias, start)
	case 8:
		gemmAVX2x8(first(a.Data), first(b), first(c), first(bias), first(start), a.M, a.K, 8*floatSize)
	default:
		for l := 0; l < w && a.M > 0; l += 16 {
			gemmAVX2x16(first(a.Data), lane(b, l), lane(c, l), first(bias), lane(start, l), a.M, a.K, w*floatSize)
		}
	}
}

// gemmLone is for blocks of one trial, where bias and start are alike.
func gemmLone(c []float32, a *Packed, b, bias, start []float32) {
	switch {
	case bias != nil:
		start = bias
	case start == nil:
		start = c[:a.M]
		clear(start)
	}
	gemmAVX2x1(first(a.Data), first(b), first(c), first(start), a.M, a.K)
}

func outerBy256(c []float32, ldc int, a []float32, rows, aStride int, bt []float32, cols, steps, w int) {
	if w == 1 {
		outerLone(c, ldc, a, rows, aStride, bt, cols, steps)
		return
	}
	const f = floatSize
	panel := steps * w * PanelColumns
	for j := 0; j < cols; j += PanelColumns {
		pc, pb := &c[j], &bt[j/PanelColumns*panel]
		if cols-j <= 8 {
			outerAVX2x8(pc, &a[0], pb, rows, ldc*f, w*f, aStride*f, panel*f, steps)
		} else {
			outerAVX2x16(pc, &a[0], pb, rows, ldc*f, w*f, aStride*f, panel*f, steps)
		}
	}
}

func outerLone(c []float32, ldc int, a []float32, rows, aStride int, bt []float32, cols, steps int) {
	const f = floatSize
	panel := steps * PanelColumns
	for j := 0; j < cols; j += PanelColumns {
		pc, pb := &c[j], &bt[j/PanelColumns*panel]
		if cols-j <= 8 {
			outerAVX2x8Lone(pc, &a[0], pb, rows, ldc*f, f, aStride*f, panel*f, steps)
		} else {
			outerAVX2x16Lone(pc, &a[0], pb, rows, ldc*f, f, aStride*f, panel*f, steps)
		}
	}
}

func panelsBy256(c []float64, ldc int, a, b []float64, steps int) {
	panelsAVX2(&c[0], &a[0], &b[0], ldc*doubleSize, steps)
}

func transposeBy256(dst []float32, distance int, src []float32, stride, columns int) {
	transposeAVX2(&dst[0], &src[0], distance*floatSize, stride*floatSize, columns)
}

func dropoutMaskBy256(keep []uint8, k0, k1 []uint32, bin, features, w int, threshold uint32) {
	var schedule philoxSchedule
	for l := 0; l < w; l += 8 {
		dropoutMaskAVX2(&keep[l/8], &k0[l], &k1[l], &schedule[0], uint32(bin), features, MaskBytes(w), threshold)
	}
}

func normalsBy256(dst []float32, k0, k1 []uint32, bin, features, w int) {
	var schedule philoxSchedule
	for l := 0; l < w; l += 8 {
		normalsAVX2(&dst[l], &k0[l], &k1[l], &schedule[0], uint32(bin), features, w*floatSize)
	}
}

func dropBy256(dst, x []float32, keep []uint8, scale float32, _ int) {
	dropAVX2(&dst[0], &x[0], len(dst), &keep[0], scale)
}

func poissonBy256(grad, o, y []float32, pass []uint8, scale, loss []float32, w int) {
	for l := 0; l < w; l += 8 {
		poissonAVX2(lane(grad, l), &o[l], &y[l], lane(pass, l/8), &scale[l], &loss[l], len(o)/w, w*floatSize, MaskBytes(w))
	}
}

func gammaBy256(grad, o, y []float32, observed, pass []uint8, scale, loss []float32, w int) {
	for l := 0; l < w; l += 8 {
		gammaAVX2(lane(grad, l), &o[l], &y[l], lane(observed, l/8), lane(pass, l/8), &scale[l], &loss[l], len(y)/w, w*floatSize, MaskBytes(w), len(y)*floatSize)
	}
}

func gaussianBy256(grad, o, y []float32, observed, pass []uint8, scale, loss []float32, w int) {
	for l := 0; l < w; l += 8 {
		gaussianAVX2(lane(grad, l), &o[l], &y[l], lane(observed, l/8), lane(pass, l/8), &scale[l], &loss[l], len(y)/w, w*floatSize, MaskBytes(w), len(y)*floatSize)
	}
}
