package decode

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/maths"
)

// slabs is in how many parts rows are summed at most: enough for all cores, and
// the same whatever their number.
const slabs = 32

// slab sums exp(x'w) x and exp(x'w) over some rows, for all courses.
type slab struct {
	*poissonProblem
	active  []*course
	weights *packed   // [ceil(courses/12)][inputs][12]
	sum     []float64 // [inputs + 1, in whole panels][courses, in whole panels]
}

// buffers is what a worker needs.
type buffers struct {
	rows    []float64 // 12 rows: [inputs][12]
	columns []float64 // 12 inputs: [block][12]
	rates   []float64 // [ceil(courses/12)][block][12]
}

// sums returns for each course the sums over its rows of exp(x'w) x, then of
// exp(x'w).
func (p *poissonProblem) sums(w *work, active []*course) ([][]float64, error) {
	weights := p.packWeights(active)
	blocks := (p.len() + block - 1) / block
	parts := make([]*slab, min(slabs, blocks))
	var spaces [most]*buffers
	err := w.parallel(len(parts), func(worker, i int) {
		if spaces[worker] == nil {
			spaces[worker] = p.newBuffers(len(active))
		}
		s := &slab{p, active, weights, make([]float64, whole(p.p+1)*whole(len(active)))}
		for b := i * blocks / len(parts); b < (i+1)*blocks/len(parts); b++ {
			s.add(spaces[worker], b*block, min((b+1)*block, p.len()))
		}
		parts[i] = s
	})
	if err != nil {
		return nil, err
	}
	out := make([][]float64, len(active))
	return out, w.parallel(len(active), func(_, c int) {
		out[c] = make([]float64, p.p+1)
		for _, s := range parts {
			for i := range out[c] {
				out[c][i] += s.sum[i*whole(len(active))+c]
			}
		}
	})
}

// whole rounds up to whole panels.
func whole(n int) int { return (n + panel - 1) / panel * panel }

func (p *poissonProblem) packWeights(active []*course) *packed {
	weights := &packed{p.p, make([]float64, whole(len(active))*p.p)}
	for c, a := range active {
		dst := weights.panel(c / panel)
		for i, v := range a.asked {
			dst[i*panel+c%panel] = v
		}
	}
	return weights
}

func (p *poissonProblem) newBuffers(courses int) *buffers {
	return &buffers{make([]float64, p.p*panel), make([]float64, block*panel), make([]float64, whole(courses)*block)}
}

// add adds up to block rows.
func (s *slab) add(b *buffers, from, to int) {
	for first := from; first < to; first += panel {
		s.packRows(b.rows, 0, s.p, first)
		for j := range whole(len(s.active)) / panel {
			logs := b.panel(j)[(first-from)*panel:][:panel*panel]
			clear(logs)
			kernel.Panels(logs, panel, b.rows, s.weights.panel(j), s.p)
		}
	}
	for c, a := range s.active {
		s.exponentiate(b.panel(c / panel)[c%panel:], a.index, from, to)
	}
	ld := whole(len(s.active))
	for i := range whole(s.p+1) / panel {
		s.pack(b.columns, from, to, i*panel)
		for j := range ld / panel {
			kernel.Panels(s.sum[i*panel*ld+j*panel:], ld, b.columns, b.panel(j), to-from)
		}
	}
}

func (b *buffers) panel(j int) []float64 { return b.rates[j*block*panel : (j+1)*block*panel] }

// exponentiate makes logs, 12 apart, rates; 0 in rows that an output lacks.
func (s *slab) exponentiate(logs []float64, output, from, to int) {
	for r, y := range s.counts[from:to] {
		if dataset.IsMissing(y[output]) {
			logs[r*panel] = 0
		} else {
			logs[r*panel] = maths.Exp(logs[r*panel])
		}
	}
}
