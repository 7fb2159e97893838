package decode

import "github.com/autolfads/autolfads/internal/kernel"

// prediction is what several regressions predict of the same rows, centred as
// these are: the columns of all of them side by side.
type prediction struct {
	*centred
	columns int
	weights packed    // [ceil(columns/12)][p][12]
	offset  []float64 // of each column
}

func newPrediction(c *centred, solutions [][]float64) *prediction {
	p := &prediction{centred: c, columns: len(solutions) * c.q}
	p.offset = make([]float64, p.columns)
	panels := (p.columns + panel - 1) / panel
	p.weights = packed{c.p, make([]float64, panels*c.p*panel)}
	for column := range p.columns {
		dst := p.weights.panel(column / panel)
		for i := range c.p {
			dst[i*panel+column%panel] = solutions[column/c.q][i*c.q+column%c.q]
		}
	}
	return p
}

// chunk is how many rows are predicted as one task.
const chunk = 8 * panel

// residuals returns the sum of squared residuals of each column: sums over
// chunks, added in their order.
func (p *prediction) residuals(w *work) ([]float64, error) {
	chunks := (p.len() + chunk - 1) / chunk
	parts := make([][]float64, chunks)
	err := w.parallel(chunks, func(_, i int) {
		parts[i] = p.chunk(i*chunk, min((i+1)*chunk, p.len()))
	})
	sum := make([]float64, p.columns)
	for _, part := range parts {
		for c, v := range part {
			sum[c] += v
		}
	}
	w.did(float64(p.len()) * float64(len(p.weights.data)))
	return sum, err
}

// chunk returns the sums of rows from..to-1.
func (p *prediction) chunk(from, to int) []float64 {
	sum := make([]float64, p.columns)
	inputs := make([]float64, p.p*panel)
	for ; from < to; from += panel {
		rows := min(panel, to-from)
		p.transpose(inputs, from, rows)
		for first := 0; first < p.columns; first += panel {
			var out [panel * panel]float64
			kernel.Panels(out[:], panel, inputs, p.weights.panel(first/panel), p.p)
			for r := range rows {
				for c := first; c < min(first+panel, p.columns); c++ {
					o := c % p.q
					d := float64(p.y[from+r][o]) - p.meanY[o] - p.offset[c] - out[r*panel+c-first]
					sum[c] += float64(d * d)
				}
			}
		}
	}
	return sum
}

// transpose writes up to 12 rows of inputs as a panel [p][12].
func (p *prediction) transpose(dst []float64, from, rows int) {
	clear(dst)
	for r := range rows {
		for i, v := range p.x[from+r] {
			dst[i*panel+r] = float64(v) - p.meanX[i]
		}
	}
}
