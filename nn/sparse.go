package nn

import "github.com/autolfads/autolfads/internal/kernel"

// Input is a stretch of time that a GRU reads, [bins][In][w]. Spikes are
// sparse: where few elements are not zero, products with them and gradients of
// the weights are sums over these elements, in the order in which the dense
// kernels would add them. A product of 0 with a finite number changes no sum, so
// both ways give the same bits and the choice between them is free. (Where
// numbers are not finite training stops, either way.)
type Input struct {
	Dense  []float32
	Sparse *Sparse // the same as a list of its elements; nil: use Dense
	first  int     // bin of Sparse at which the stretch begins
}

// MaxDensity is the share of elements up to which sums over the elements that
// are not zero are faster: BenchmarkSparse of internal/kernel finds forward
// and backward together as fast as the dense kernels at about 15 %.
const MaxDensity = 1. / 8

// From returns the stretch from a bin on, n being In * w.
func (x Input) From(bin, n int) Input {
	return Input{x.Dense[bin*n:], x.Sparse, x.first + bin}
}

// Sparse lists the elements of an input that are not zero, bin after bin, in
// the order [features][w] of each.
type Sparse struct {
	first         []int32 // elements of bin t are those from first[t] to first[t+1]
	feature, lane []int32
	value         []float32
}

// NewSparse returns a list with room for n elements of up to bins time bins.
func NewSparse(a *Arena, bins, n int) *Sparse {
	first := append(Take[int32](a, bins+1)[:0], 0)
	return &Sparse{first, Take[int32](a, n)[:0], Take[int32](a, n)[:0], Take[float32](a, n)[:0]}
}

// Fill lists the elements of x [bins][features][w]. It reports false, and the
// list is of no use, if they are more than it has room for.
func (s *Sparse) Fill(x []float32, features, w int) bool {
	s.first, s.feature, s.lane, s.value = s.first[:1], s.feature[:0], s.lane[:0], s.value[:0]
	for n := features * w; len(x) >= n && n > 0; x = x[n:] {
		for f := range features {
			if !s.addRow(x[f*w:(f+1)*w], int32(f)) {
				return false
			}
		}
		s.first = append(s.first, int32(len(s.value)))
	}
	return true
}

// addRow lists the elements of one feature, eight at a time if there are more
// than one: most rows of spikes are empty. It reports false if there is no room.
func (s *Sparse) addRow(x []float32, feature int32) bool {
	for l := 0; l < len(x); l += 8 {
		eight := x[l:min(l+8, len(x))]
		if len(eight) == 8 && isZero((*[8]float32)(eight)) {
			continue
		}
		for i, e := range eight {
			if e != 0 {
				if len(s.value) == cap(s.value) {
					return false
				}
				s.feature, s.lane, s.value = append(s.feature, feature), append(s.lane, int32(l+i)), append(s.value, e)
			}
		}
	}
	return true
}

func isZero(v *[8]float32) bool {
	return v[0] == 0 && v[1] == 0 && v[2] == 0 && v[3] == 0 && v[4] == 0 && v[5] == 0 && v[6] == 0 && v[7] == 0
}

// bin returns the elements of one bin.
func (s *Sparse) bin(t int) (feature, lane []int32, value []float32) {
	from, to := s.first[t], s.first[t+1]
	return s.feature[from:to], s.lane[from:to], s.value[from:to]
}

// sparseWeights are input weights in the layout that sums over elements read.
type sparseWeights struct {
	in, out int
	panels  []float32 // [ceil(out/16)][in][16]
	bias    []float32 // out, padded to whole panels
}

func newSparseWeights(a *Arena, in, out int) *sparseWeights {
	return &sparseWeights{in, out, Take[float32](a, in*roundUp(out)), Take[float32](a, roundUp(out))}
}

// prepare takes weights [in][out] and their bias.
func (p *sparseWeights) prepare(weights, bias []float32) {
	copy(p.bias, bias)
	for i := range p.in {
		row := weights[i*p.out : (i+1)*p.out]
		for j := 0; j < p.out; j += kernel.PanelColumns {
			copy(p.panels[(j*p.in)+i*kernel.PanelColumns:][:kernel.PanelColumns], row[j:])
		}
	}
}

// forward computes y [out][w] = W x + bias of one bin of x.
func (p *sparseWeights) forward(y []float32, x Input, bin, w int, scratch *Scratch) {
	ld := len(p.bias)
	rows := scratch.panels[:w*ld]
	for l := range w {
		copy(rows[l*ld:(l+1)*ld], p.bias)
	}
	feature, lane, value := x.Sparse.bin(x.first + bin)
	kernel.AddRows(rows, ld, lane, p.panels, p.in, feature, value)
	kernel.FromRows(y, rows, p.out, w, ld)
}

// accumulate adds the gradient of weights over steps bins of x to c [In][ld].
// panels is the gradient at the outputs, transposed. Its arguments are those of
// kernel.Outer, which it stands for.
func (x Input) accumulate(c []float32, ld int, panels []float32, in, out, steps, w int) {
	if x.Sparse == nil {
		kernel.Outer(c, ld, x.Dense, in, in*w, panels, out, steps, w)
		return
	}
	for step := range steps {
		feature, lane, value := x.Sparse.bin(x.first + step)
		kernel.AddRows(c, ld, feature, panels[step*w*kernel.PanelColumns:], steps*w, lane, value)
	}
}
