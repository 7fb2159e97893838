package decode

// gram is the sum over rows of the products of all pairs of their inputs,
// outputs and 1, in this order, each less a mean that all grams of a fit share:
// everything that a regression needs to know of the rows.
type gram struct {
	*symmetric
	p, q int
}

// column of the ones, whose products are sums.
func (g *gram) ones() int { return g.p + g.q }

// width is the size of a gram of p inputs and q outputs.
func width(p, q int) int { return p + q + 1 }

// centred subtracts means from rows on the way into panels.
type centred struct {
	*rowset
	meanX, meanY []float64
}

// add adds rows to g.
func (c *centred) add(w *work, g *gram) error {
	buffer := packed{data: make([]float64, block*g.ld)}
	for from := 0; from < c.len(); from += block {
		to := min(from+block, c.len())
		buffer.steps = to - from
		if err := w.parallel(g.ld/panel, func(_, i int) { c.pack(buffer.panel(i), from, to, i*panel) }); err != nil {
			return err
		}
		if err := w.parallel(g.ld/panel, func(_, i int) { g.addProduct(i, &buffer, &buffer) }); err != nil {
			return err
		}
		w.did(float64(to-from) * float64(g.ld) * float64(g.ld) / 2)
	}
	return nil
}

// pack writes columns first..first+11 of rows from..to-1.
func (c *centred) pack(dst []float64, from, to, first int) {
	clear(dst)
	inputs := max(0, min(panel, c.p-first))
	for row := from; row < to; row++ {
		out := dst[(row-from)*panel:][:panel]
		if inputs > 0 {
			x, mean := c.x[row][first:first+inputs], c.meanX[first:first+inputs]
			for i, v := range x {
				out[i] = float64(v) - mean[i]
			}
		}
		for i := inputs; i < panel; i++ {
			switch o := first + i - c.p; {
			case o < c.q:
				out[i] = float64(c.y[row][o]) - c.meanY[o]
			case o == c.q:
				out[i] = 1
			}
		}
	}
}

// centre makes g the products of what rows differ from their own mean.
func (g *gram) centre() {
	one := g.ones()
	n := g.row(one)[one]
	sums := make([]float64, one)
	for i := range sums {
		sums[i] = g.row(i)[one]
	}
	for i := range sums {
		subtract(g.row(i)[i:one], sums[i:], sums[i]/n)
	}
}

// mean returns what the rows' mean of column i differs from the shared one.
func (g *gram) mean(i int) float64 { return g.row(i)[g.ones()] / g.row(g.ones())[g.ones()] }
