package dataset

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/autolfads/autolfads/maths"
)

// Placed are windows of a recording, and the bins of it at which they begin.
type Placed struct {
	Starts []int64
	Values *Array // windows x bins x features
}

// Merged is the windows of a recording put together again.
type Merged struct {
	Bins     int64 // of the whole recording
	Features int
	window   int64               // bins of a window
	pieces   []piece             // in ascending order
	weights  map[int64][]float64 // of the later of two windows, by how many bins they share
}

// piece is one window.
type piece struct {
	start  int64
	values []float32
}

// Merge puts windows together again, of all parts, in any order. Of each window the
// first bins count, as many as given: what a model forecasts behind them does not.
//
// Where two windows share n bins, the earlier one has weight 1 - x^p, the later one
// x^p: x are n points, equally spaced from 1/n to 1 - 1/n, p is the power; of one bin
// each has a half. Elsewhere there are the window's own values, and NaN where no
// window is. This is how LFADS's tools for continuous data merge.
func (c *Chop) Merge(bins int, parts ...Placed) (*Merged, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	m := &Merged{Bins: c.Bins, window: int64(bins), weights: map[int64][]float64{}}
	for _, p := range parts {
		if len(p.Starts) != p.Values.Trials || bins > p.Values.Bins {
			return nil, fmt.Errorf("%d windows of %d bins cannot be merged of %v", len(p.Starts), bins, p.Values)
		}
		m.Features = p.Values.Features
		for i, start := range p.Starts {
			m.pieces = append(m.pieces, piece{start, p.Values.Trial(i)[:bins*m.Features]})
		}
	}
	slices.SortFunc(m.pieces, func(a, b piece) int { return cmp.Compare(a.start, b.start) })
	return m, m.weigh(c.Power)
}

// weigh makes the weights, and checks that all windows lie in the recording and no bin
// in three of them.
func (m *Merged) weigh(power float64) error {
	for i, p := range m.pieces {
		if p.start < 0 || p.start+m.window > m.Bins {
			return fmt.Errorf("a window of %d bins begins at bin %d: the recording has bins 0 to %d", m.window, p.start, m.Bins-1)
		}
		if i == 0 {
			continue
		}
		n := m.pieces[i-1].start + m.window - p.start
		if 2*n > m.window {
			return fmt.Errorf("windows of %d bins begin at bins %d and %d: they must not share more than half", m.window, m.pieces[i-1].start, p.start)
		}
		if n > 0 && m.weights[n] == nil {
			m.weights[n] = laterWeights(n, power)
		}
	}
	return nil
}

// laterWeights are those of the later of two windows in the n bins that they share.
func laterWeights(n int64, power float64) []float64 {
	w := make([]float64, n)
	if n == 1 {
		w[0] = .5
		return w
	}
	first := 1 / float64(n)
	step := (1 - float64(2*first)) / float64(n-1)
	for i := range w {
		w[i] = raised(first+float64(float64(i)*step), power)
	}
	return w
}

// raised is x^power, the same bits everywhere, for x between 0 and 1.
func raised(x, power float64) float64 {
	switch power {
	case 1:
		return x
	case 2:
		return float64(x * x)
	}
	return maths.Exp(float64(power * maths.Log(x)))
}

// Rows writes the bins from first on, as many as into holds, and reports whether any
// is in a window. Several goroutines may call it at a time.
func (m *Merged) Rows(first int64, into []float32) (any bool) {
	for i := range into {
		into[i] = float32(math.NaN())
	}
	last := first + int64(len(into)/m.Features)
	from := sort.Search(len(m.pieces), func(i int) bool { return m.pieces[i].start+m.window > first })
	for i := from; i < len(m.pieces) && m.pieces[i].start < last; i++ {
		m.lay(i, first, last, into)
		any = true
	}
	return any
}

// lay writes what bins from first to last have of piece i: together with the piece in
// front of it where it shares them, but not what the piece behind it shares.
func (m *Merged) lay(i int, first, last int64, into []float32) {
	p := m.pieces[i]
	own := p.start // the first bin that the piece in front has not
	if i > 0 {
		own = max(own, m.pieces[i-1].start+m.window)
	}
	end := p.start + m.window
	if i+1 < len(m.pieces) {
		end = min(end, m.pieces[i+1].start)
	}
	for bin := max(first, p.start); bin < min(last, own); bin++ {
		weight := m.weights[own-p.start][bin-p.start]
		m.mix(m.row(into, bin-first), m.at(i-1, bin), m.at(i, bin), weight)
	}
	if a, b := max(first, own), min(last, end); a < b {
		copy(into[int(a-first)*m.Features:], p.values[int(a-p.start)*m.Features:int(b-p.start)*m.Features])
	}
}

// at is a bin of the recording in piece i.
func (m *Merged) at(i int, bin int64) []float32 {
	return m.row(m.pieces[i].values, bin-m.pieces[i].start)
}

func (m *Merged) row(values []float32, bin int64) []float32 {
	return values[int(bin)*m.Features : int(bin+1)*m.Features]
}

// mix puts two windows' values of a bin together.
func (m *Merged) mix(into, earlier, later []float32, weight float64) {
	for f := range into {
		into[f] = float32(float64((1-weight)*float64(earlier[f])) + float64(weight*float64(later[f])))
	}
}

// Covered returns the stretches that windows cover.
func (m *Merged) Covered() (stretches []Stretch) {
	for _, p := range m.pieces {
		if n := len(stretches); n > 0 && p.start <= stretches[n-1].Last {
			stretches[n-1].Last = p.start + m.window
			continue
		}
		stretches = append(stretches, Stretch{p.start, p.start + m.window})
	}
	return stretches
}
