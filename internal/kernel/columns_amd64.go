package kernel

// The kernels here go over a block column by column, a column being as many lanes
// as a register holds; a lone trial has no column.

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
