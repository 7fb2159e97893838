package kernel

// What a row's vectors leave is done here, for all rows. Elements that fill no
// whole vector go through a padded copy and the same function of the row, and so
// a value never depends on its place. (Portable code in their stead would round
// products that the row fuses with a sum.) Of a block of one trial, whatever has
// no rounding is portable, and the loss takes it as the first lane of a block.

// lanes fill whole vectors of every row.
const lanes = 16

// tail holds what is left of up to four slices, then zeros.
type tail [4][lanes]float32

// load copies x into t[i] and returns that.
func (t *tail) load(i int, x []float32) []float32 {
	copy(t[i][:], x)
	return head(t[i][:], lanes)
}

// store copies t[i] to x.
func (t *tail) store(i int, x []float32) { copy(x, t[i][:]) }

// whole returns the part of n elements that needs no tail.
func whole(n int) int {
	if active.vectors {
		return n &^ (lanes - 1)
	}
	return n
}

func gruResetTail(z, r, h, rh []float32) {
	var t tail
	active.gruReset(t.load(0, z), t.load(1, r), t.load(2, h), t.load(3, nil))
	t.store(0, z)
	t.store(1, r)
	t.store(3, rh)
}

func gruOutputTail(n, z, h, out []float32, limit float32) {
	var t tail
	active.gruOutput(t.load(0, n), t.load(1, z), t.load(2, h), t.load(3, nil), limit)
	t.store(0, n)
	t.store(3, out)
}

func gruOutputBackwardTail(n, z, h, dh []float32, limit float32) {
	var t tail
	active.gruOutputBackward(t.load(0, n), t.load(1, z), t.load(2, h), t.load(3, dh), limit)
	t.store(0, n)
	t.store(1, z)
	t.store(3, dh)
}

func gruResetBackwardTail(r, h, drh, dh []float32) {
	var t tail
	active.gruResetBackward(t.load(0, r), t.load(1, h), t.load(2, drh), t.load(3, dh))
	t.store(0, r)
	t.store(2, drh)
	t.store(3, dh)
}

func addStepsTail(dst, x []float32, steps, stride int) {
	var t tail
	sum := t.load(0, dst)
	for s := range steps {
		active.addSteps(sum, t.load(1, x[s*stride:][:len(dst)]), 1, 0)
	}
	t.store(0, dst)
}

func expTail(dst, x []float32) {
	var t tail
	active.exp(t.load(0, nil), t.load(1, x))
	t.store(0, dst)
}

func logTail(dst, x []float32) {
	var t tail
	active.log(t.load(0, nil), t.load(1, x))
	t.store(0, dst)
}

func adamTail(p, m, v, grad []float32, s *AdamStep) {
	var t tail
	active.adam(t.load(0, p), t.load(1, m), t.load(2, v), t.load(3, grad), noescape(s))
	t.store(0, p)
	t.store(1, m)
	t.store(2, v)
}

func sumSquaresTail(x []float32, sums *[16]float64) {
	var t tail
	active.sumSquares(t.load(0, x), noescape(sums))
}

// poissonLone takes a lone trial as the first lane of a block of 8.
func poissonLone(grad, o, y []float32, pass []uint8, scale, loss []float32) {
	const rows, w = 16, 8
	var logRates, counts [rows * w]float32 // gradients replace log rates
	scales, losses := [w]float32{scale[0]}, [w]float32{loss[0]}
	for from := 0; from < len(o); from += rows {
		n := min(rows, len(o)-from)
		for f := range n {
			logRates[f*w], counts[f*w] = o[from+f], y[from+f]
		}
		var gradient []float32
		if grad != nil {
			gradient = head(logRates[:], n*w)
		}
		var passing []uint8
		if pass != nil {
			passing = head(pass[from:], n)
		}
		active.poisson(gradient, head(logRates[:], n*w), head(counts[:], n*w), passing, head(scales[:], w), head(losses[:], w), w)
		for f := range len(gradient) / w {
			grad[from+f] = gradient[f*w]
		}
	}
	loss[0] = losses[0]
}

// transposeTail transposes x, fewer than 8 rows of w, with zeros below.
func transposeTail(to, x []float32, w int) {
	var last [group * 32]float32
	copy(last[:], x)
	active.transpose(hide(to), PanelColumns, head(last[:], group*w), w, w)
}

// fromRowsTail writes the last cols < 8 columns of rows.
func fromRowsTail(dst, rows []float32, cols, w, ld int) {
	for l := 0; l < w; l += group {
		var last, t [group * group]float32 // the columns, then zeros
		for i := range group {
			copy(last[i*group:(i+1)*group], rows[(l+i)*ld:(l+i)*ld+cols])
		}
		active.transpose(head(t[:], len(t)), group, head(last[:], len(last)), group, group)
		for j := range cols {
			copy(dst[j*w+l:j*w+l+group], t[j*group:])
		}
	}
}
