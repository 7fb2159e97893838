package kernel

// gemmPortable computes c[m][w] = start + A b, with b [K][w]. Sums run over k
// in ascending order, beginning with bias[m], with 0, or with c itself.
func gemmPortable(c []float32, a *Packed, b []float32, w int, bias []float32, add bool) {
	o := 0
	for top := 0; top < a.M; top += PanelRows {
		rows := min(PanelRows, a.M-top)
		panel := a.Data[o : o+rows*a.K]
		for r := range rows {
			out := c[(top+r)*w : (top+r+1)*w]
			switch {
			case bias != nil:
				fill(out, bias[top+r])
			case !add:
				clear(out)
			}
			for k := range a.K {
				axpyPortable(out, panel[k*rows+r], b[k*w:(k+1)*w])
			}
		}
		o += rows * a.K
	}
}

func axpyPortable(y []float32, a float32, x []float32) {
	x = x[:len(y)]
	for i := range y {
		y[i] += float32(a * x[i])
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
				x := a[s*aStride+i*w : s*aStride+(i+1)*w]
				for l, v := range x {
					axpyPortable(out, v, panel[(s*w+l)*PanelColumns:][:n])
				}
			}
		}
	}
}

// transposePortable writes x [rows][w] as panels of 16 columns: feature j of
// lane l goes to bt[j/16][step*w+l][j%16]; zeros fill the last panel.
func transposePortable(bt []float32, x []float32, rows, w, step, steps int) {
	for j := range panelUp(rows) {
		panel := bt[(j/PanelColumns*steps+step)*w*PanelColumns+j%PanelColumns:]
		for l := range w {
			v := float32(0)
			if j < rows {
				v = x[j*w+l]
			}
			panel[l*PanelColumns] = v
		}
	}
}
