package decode

// dual holds a regression's equations with as many unknowns as rows, for more
// inputs than rows: weights are sums of rows, W = X'A, and
//
//	(XX' + alpha I) A = Y
//
// The equations of some rows alone are a part of the kernel of all, XX',
// centred on their own mean.
type dual struct {
	*centred
	bounds []int
	kernel *symmetric // [rows, rows]
}

func newDual(w *work, c *centred, bounds []int) (*dual, error) {
	s := &dual{centred: c, bounds: bounds, kernel: newSymmetric(c.len())}
	buffer := packed{data: make([]float64, block*s.kernel.ld)}
	for from := 0; from < c.p; from += block {
		to := min(from+block, c.p)
		buffer.steps = to - from
		panels := s.kernel.ld / panel
		if err := w.parallel(panels, func(_, i int) { c.packRows(buffer.panel(i), from, to, i*panel) }); err != nil {
			return nil, err
		}
		if err := w.parallel(panels, func(_, i int) { s.kernel.addProduct(i, &buffer, &buffer) }); err != nil {
			return nil, err
		}
		w.did(float64(to-from) * float64(s.kernel.ld) * float64(s.kernel.ld) / 2)
	}
	return s, nil
}

// packRows writes inputs from..to-1 of rows first..first+11.
func (c *centred) packRows(dst []float64, from, to, first int) {
	clear(dst)
	for r := range min(panel, c.len()-first) {
		for i, v := range c.x[first+r][from:to] {
			dst[i*panel+r] = float64(v) - c.meanX[from+i]
		}
	}
}

func (s *dual) product(i, j int) float64 { return s.kernel.row(min(i, j))[max(i, j)] }

// outside returns the rows that are not of a fold.
func (s *dual) outside(fold int) []int {
	var rows []int
	for i := range s.len() {
		if fold < 0 || i < s.bounds[fold] || i >= s.bounds[fold+1] {
			rows = append(rows, i)
		}
	}
	return rows
}

// without implements problem. mean is, for each row, the mean of its products
// with the rows outside the fold, then of those, then of the outputs.
func (s *dual) without(w *work, fold int) (*equations, error) {
	rows := s.outside(fold)
	n := float64(len(rows))
	e := &equations{symmetric: newSymmetric(len(rows) + s.q), unknowns: len(rows), sides: s.q, flat: true}
	e.mean = make([]float64, s.len()+1+s.q)
	if err := w.parallel(s.len(), func(_, i int) {
		for _, j := range rows {
			e.mean[i] += s.product(i, j) / n
		}
	}); err != nil {
		return nil, err
	}
	all, out := &e.mean[s.len()], e.mean[s.len()+1:]
	for _, i := range rows {
		*all += e.mean[i] / n
		for o := range out {
			out[o] += (float64(s.y[i][o]) - s.meanY[o]) / n
		}
	}
	return e, w.parallel(len(rows), func(_, a int) {
		i, row := rows[a], e.row(a)
		for b := a; b < len(rows); b++ {
			row[b] = s.product(i, rows[b]) - e.mean[i] - e.mean[rows[b]] + *all
		}
		for o := range out {
			row[len(rows)+o] = float64(s.y[i][o]) - s.meanY[o] - out[o]
		}
	})
}

// residuals implements problem.
func (s *dual) residuals(w *work, fold int, e *equations, solutions [][]float64) ([]float64, error) {
	rows, from := s.outside(fold), s.bounds[fold]
	parts := make([][]float64, s.bounds[fold+1]-from)
	err := w.parallel(len(parts), func(_, r int) {
		i := from + r
		predicted := make([]float64, len(solutions)*s.q)
		for a, j := range rows {
			k := s.product(i, j) - e.mean[i] - e.mean[j] + e.mean[s.len()]
			for c := range predicted {
				predicted[c] += float64(k * solutions[c/s.q][a*s.q+c%s.q])
			}
		}
		for c, v := range predicted {
			o := c % s.q
			d := float64(s.y[i][o]) - s.meanY[o] - e.mean[s.len()+1+o] - v
			predicted[c] = d * d
		}
		parts[r] = predicted
	})
	sum := make([]float64, len(solutions)*s.q)
	for _, part := range parts {
		for c, v := range part {
			sum[c] += v
		}
	}
	w.did(float64(len(parts)) * float64(len(rows)) * float64(len(sum)))
	return sum, err
}

// linear implements problem: the solution is of all rows.
func (s *dual) linear(solution []float64, alpha float64) *Linear {
	weights := make([]float64, s.p*s.q)
	for r, x := range s.x {
		for i, v := range x {
			for o := range s.q {
				weights[i*s.q+o] += float64((float64(v) - s.meanX[i]) * solution[r*s.q+o])
			}
		}
	}
	return s.centred.linear(weights, alpha)
}
