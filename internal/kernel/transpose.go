package kernel

import "fmt"

const group = 8 // rows that a row of the table transposes at a time

// Transpose writes x [rows][w], the activations of one time bin, into place
// step (of steps) of the panels bt, which hold
// [ceil(rows/16)][steps*w][16]. Zeros fill the last panel.
func Transpose(bt, x []float32, rows, w, step, steps int) {
	checkTranspose(bt, x, rows, w, step, steps)
	if w == 1 {
		transposeLone(bt, x[:rows], step, steps)
		return
	}
	for j := 0; j < panelUp(rows); j += group {
		to := bt[(j/PanelColumns*steps+step)*w*PanelColumns+j%PanelColumns:]
		if j+group <= rows {
			active.transpose(hide(to), PanelColumns, hide(x[j*w:]), w, w)
		} else {
			transposeTail(to, x[min(j, rows)*w:rows*w], w)
		}
	}
}

// transposeLone copies one trial's features, panel by panel.
func transposeLone(bt, x []float32, step, steps int) {
	for first := 0; first < len(x); first += PanelColumns {
		panel := bt[first*steps+step*PanelColumns:][:PanelColumns]
		n := copy(panel, x[first:])
		clear(panel[n:])
	}
}

// FromRows writes rows [w][ld], one row a lane, as dst [cols][w].
func FromRows(dst, rows []float32, cols, w, ld int) {
	checkWidth(w)
	if cols < 0 || cols > ld || len(dst) < cols*w || len(rows) < w*ld {
		panic(fmt.Sprintf("kernel.FromRows: %d of %d columns, width %d: input %d, output %d", cols, ld, w, len(rows), len(dst)))
	}
	if w == 1 {
		copy(dst, rows[:cols])
		return
	}
	const stretch = 8 * group // columns after which the rows of dst are still in the cache
	whole := cols / group * group
	for j := 0; j < whole; j += stretch {
		for l := 0; l < w; l += group {
			active.transpose(hide(dst[j*w+l:]), w, hide(rows[l*ld+j:]), ld, min(stretch, whole-j))
		}
	}
	if whole < cols {
		fromRowsTail(dst[whole*w:], rows[whole:], cols-whole, w, ld)
	}
}
