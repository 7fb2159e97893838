package nlb

import (
	"fmt"
	"math"
	"slices"
)

// Tensor is one array of the file. One of Numbers, Flags, Whole and Lists holds its
// values, in row-major order.
type Tensor struct {
	Key     string // with the group, if it stands in one
	Shape   []int
	Numbers []float32
	Flags   []bool
	Whole   []int32
	Lists   [][]int32
}

// take is spikes of a group of units that go into a tensor, as many bins a trial as
// its shape says.
type take struct {
	*Tensor
	group  int
	pieces []piece
	at     []int // of each piece: where in its trial its first bin goes
}

// fill puts a unit's counts in their place.
func (t *take) fill(u *unit, place int) {
	if u.group != t.group {
		return
	}
	bins, units := t.Shape[1], t.Shape[2]
	for trial, p := range t.pieces {
		for k, row := range p.rows {
			t.Numbers[(trial*bins+t.at[trial]+k)*units+place] = u.bins[row]
		}
	}
}

// newNumbers is a tensor of values not known.
func newNumbers(key string, shape ...int) *Tensor {
	n := 1
	for _, k := range shape {
		n *= k
	}
	t := &Tensor{Key: key, Shape: shape, Numbers: make([]float32, n)}
	for i := range t.Numbers {
		t.Numbers[i] = float32(math.NaN())
	}
	return t
}

// stack plans a tensor of pieces, which must be equally long.
func (m *maker) stack(key string, group int, pieces []piece) error {
	if len(pieces) == 0 {
		return fmt.Errorf("%s: no trial has a bin in which nothing is missing", key)
	}
	bins := usualLength(pieces)
	for i := range pieces {
		if p := &pieces[i]; len(p.rows) != bins {
			return fmt.Errorf("%s: trial %d, counted from 0, has %d bins, and most have %d: %s; nlb_tools refuse this, too: give it the split none in the file",
				key, p.trial, len(p.rows), bins, p.why(m.session))
		}
	}
	m.plan(key, group, bins, pieces, make([]int, len(pieces)))
	return nil
}

// plan adds a tensor that is filled when units are read.
func (m *maker) plan(key string, group, bins int, pieces []piece, at []int) {
	t := newNumbers(key, len(pieces), bins, len(m.units[group]))
	m.add(t)
	m.takes = append(m.takes, take{t, group, pieces, at})
}

// usualLength is the most frequent number of bins, of several the largest.
func usualLength(pieces []piece) (bins int) {
	count := map[int]int{}
	for _, p := range pieces {
		count[len(p.rows)]++
	}
	for n, c := range count {
		if c > count[bins] || c == count[bins] && n > bins {
			bins = n
		}
	}
	return bins
}

// why says why a piece may be short.
func (p *piece) why(s *session) string {
	switch {
	case p.lacked != "":
		return p.lacked + " is missing in the others"
	case p.bound:
		return "the next trial begins before its window ends"
	case p.rows[0] == 0 || p.rows[len(p.rows)-1] == s.rows-1:
		return "the recording has no more"
	}
	return "its moment of alignment lies less than 1 us behind the edge of a bin"
}

// frontPadded plans a tensor of windows of unequal length that all end at its end, or
// some ms before, in front of which values are not known.
func (m *maker) frontPadded(key string, bins int, pieces []piece, jitter []float64) {
	at := make([]int, len(pieces))
	for i := range pieces {
		jit := int(math.RoundToEven(jitter[i] / float64(m.factor)))
		rows := pieces[i].rows
		if over := len(rows) - (bins - jit); over > 0 {
			rows = rows[over:]
		}
		pieces[i].rows = rows
		at[i] = bins - jit - len(rows)
	}
	m.plan(key, heldOut, bins, pieces, at)
}

// jagged makes a tensor of a signal in windows, each from the front on; behind its end
// values are not known.
func (m *maker) jagged(key string, columns [][]float64, pieces []piece) {
	bins := 0
	for _, p := range pieces {
		bins = max(bins, len(p.rows))
	}
	t := newNumbers(key, len(pieces), bins, len(columns))
	for trial, p := range pieces {
		for k, row := range p.rows {
			for c, column := range columns {
				t.Numbers[(trial*bins+k)*len(columns)+c] = float32(column[row])
			}
		}
	}
	m.add(t)
}

// ofTrials makes a tensor of columns of trials, those of outliers not known.
func (m *maker) ofTrials(key string, columns []string, trials []int) {
	t := newNumbers(key, len(trials), len(columns))
	for k, i := range trials {
		if m.trials.number(columnOutlier, i) != 0 {
			continue
		}
		for c, column := range columns {
			t.Numbers[k*len(columns)+c] = float32(m.trials.number(column, i))
		}
	}
	m.add(t)
}

// decodeMask makes a tensor of two flags a trial: the column is 0, and it is 1.
func (m *maker) decodeMask(key string, trials []int) {
	t := &Tensor{Key: key, Shape: []int{len(trials), 2}}
	for _, i := range trials {
		v := m.trials.number(m.mask, i)
		t.Flags = append(t.Flags, v == 0, v == 1)
	}
	m.add(t)
}

func (m *maker) add(t *Tensor) { m.set.Tensors = append(m.set.Tensors, t) }

// Tensor returns the tensor of a key; nil if there is none.
func (s *Set) Tensor(key string) *Tensor {
	i := slices.IndexFunc(s.Tensors, func(t *Tensor) bool { return t.Key == key })
	if i < 0 {
		return nil
	}
	return s.Tensors[i]
}
