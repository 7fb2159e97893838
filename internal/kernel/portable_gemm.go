package kernel

// gemmPortable computes c[m][w] = start + A b, with b [K][w]. Sums run over k
// in ascending order, beginning with bias[m], with start, or with 0.
func gemmPortable(c []float32, a *Packed, b []float32, w int, bias, start []float32) {
	o := 0
	for top := 0; top < a.M; top += PanelRows {
		rows := min(PanelRows, a.M-top)
		panel := a.Data[o : o+rows*a.K]
		for r := range rows {
			out := c[(top+r)*w : (top+r+1)*w]
			switch {
			case bias != nil:
				fill(out, bias[top+r])
			case start != nil:
				copy(out, start[(top+r)*w:])
			default:
				clear(out)
			}
			accumulate(out, a.K, panel, r, rows, b, w)
		}
		o += rows * a.K
	}
}

// accumulate adds n rows of x, each times its factor, to y, one after the
// other: y += a[first+k*step] * x[k*stride:]. It takes four rows at a time to
// read and write y less often.
func accumulate(y []float32, n int, a []float32, first, step int, x []float32, stride int) {
	k := 0
	for ; k+4 <= n; k += 4 {
		f := a[first+k*step:]
		a0, a1, a2, a3 := f[0], f[step], f[2*step], f[3*step]
		x0, x1 := x[k*stride:][:len(y)], x[(k+1)*stride:][:len(y)]
		x2, x3 := x[(k+2)*stride:][:len(y)], x[(k+3)*stride:][:len(y)]
		for i, sum := range y {
			sum += float32(a0 * x0[i])
			sum += float32(a1 * x1[i])
			sum += float32(a2 * x2[i])
			sum += float32(a3 * x3[i])
			y[i] = sum
		}
	}
	for ; k < n; k++ {
		factor, row := a[first+k*step], x[k*stride:][:len(y)]
		for i := range y {
			y[i] += float32(factor * row[i])
		}
	}
}

func fill(x []float32, v float32) {
	for i := range x {
		x[i] = v
	}
}

// outerPortable accumulates c[i][j] += sum over steps s and lanes l of
// a[s*aStride+i*w+l] * bt[j/16][s*w+l][j%16].
func outerPortable(c []float32, ldc int, a []float32, rows, aStride int, bt []float32, cols, steps, w int) {
	depth := steps * w
	for first := 0; first < cols; first += PanelColumns {
		panel := bt[first/PanelColumns*depth*PanelColumns:]
		n := min(PanelColumns, cols-first)
		for i := range rows {
			out := c[i*ldc+first : i*ldc+first+n]
			for s := range steps {
				accumulate(out, w, a, s*aStride+i*w, 1, panel[s*w*PanelColumns:], PanelColumns)
			}
		}
	}
}

// transposePortable writes 8 rows of src as columns of dst.
func transposePortable(dst []float32, distance int, src []float32, stride, columns int) {
	for c := range columns {
		out := dst[c*distance:][:group]
		for r := range out {
			out[r] = src[r*stride+c]
		}
	}
}
