package kernel

const group = 8 // rows that the transposing assembly takes at a time

func transpose(bt, x []float32, rows, w, step, steps int) {
	if active == Portable || w == 1 {
		transposePortable(bt, x, rows, w, step, steps)
		return
	}
	const f = floatSize
	for j := 0; j < panelUp(rows); j += group {
		to := &bt[(j/PanelColumns*steps+step)*w*PanelColumns+j%PanelColumns]
		if j+group <= rows {
			transposeAVX2(to, &x[j*w], PanelColumns*f, w*f, w)
			continue
		}
		var last [group * 32]float32 // the rows there are, then zeros
		if j < rows {
			copy(last[:], x[j*w:rows*w])
		}
		transposeAVX2(to, &last[0], PanelColumns*f, w*f, w)
	}
}

func fromRows(dst, rows []float32, cols, w, ld int) {
	if active == Portable || w == 1 {
		fromRowsPortable(dst, rows, cols, w, ld)
		return
	}
	const f = floatSize
	const stretch = 8 * group // columns after which the rows of dst are still in the cache
	whole := cols / group * group
	for j := 0; j < whole; j += stretch {
		for l := 0; l < w; l += group {
			transposeAVX2(&dst[j*w+l], &rows[l*ld+j], w*f, ld*f, min(stretch, whole-j))
		}
	}
	if whole == cols {
		return
	}
	for l := 0; l < w; l += group {
		var last, t [group * group]float32 // the columns that are left, then zeros
		for i := range group {
			copy(last[i*group:(i+1)*group], rows[(l+i)*ld+whole:(l+i)*ld+cols])
		}
		transposeAVX2(&t[0], &last[0], group*f, group*f, group)
		for j := whole; j < cols; j++ {
			copy(dst[j*w+l:j*w+l+group], t[(j-whole)*group:])
		}
	}
}

func addRows(dst []float32, ld int, to []int32, panels []float32, rows int, from []int32, factor []float32) {
	switch {
	case active == Portable:
		addRowsPortable(dst, ld, to, panels, rows, from, factor)
	case len(to) == 0 || ld == 0:
	case active == AVX512:
		addRowsAVX512(&dst[0], &panels[0], &to[0], &from[0], &factor[0], len(to), ld*floatSize, rows*PanelColumns*floatSize, ld/PanelColumns)
	default:
		addRowsAVX2(&dst[0], &panels[0], &to[0], &from[0], &factor[0], len(to), ld*floatSize, rows*PanelColumns*floatSize, ld/PanelColumns)
	}
}
