package outputs

import (
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// piece is an array of the file, trials x bins x features, and where its numbers go.
type piece struct {
	key     string
	array   tree.Array
	bins    int                                  // of the array
	rows    []place                              // where each of its trials goes
	bin     int                                  // where its first bin goes
	columns []int                                // where each of its features goes
	value   func(v float64, feature int) float64 // what becomes of a number; nil: it stays
	into    func(s *wanted) *dataset.Array
}

// place is that of a trial in the dataset.
type place struct {
	*wanted
	trial int
}

// copy reads the array and puts its numbers in their places.
func (p *piece) copy() error {
	row, size := 0, p.bins*len(p.columns)
	for block, err := range p.array.Float32Rows() {
		if err != nil {
			return fmt.Errorf("%s: %w", p.key, err)
		}
		for ; len(block) >= size && row < len(p.rows); block = block[size:] {
			if err := p.put(row, block[:size]); err != nil {
				return err
			}
			row++
		}
	}
	if row < len(p.rows) {
		return fmt.Errorf("%s has numbers of %d trials, and its shape says %d: write it anew", p.key, row, len(p.rows))
	}
	return nil
}

// put puts a trial's numbers in their places.
func (p *piece) put(row int, values []float32) error {
	to := p.rows[row]
	array := p.into(to.wanted)
	for bin := range p.bins {
		out := array.Bin(to.trial, p.bin+bin)
		for f, v := range values[bin*len(p.columns):][:len(p.columns)] {
			if p.value != nil {
				v = float32(p.value(float64(v), f))
			}
			if v-v != 0 {
				return fmt.Errorf("%s: trial %d, bin %d, feature %d is %g: numbers must be finite; did the model diverge?", p.key, row, bin, f, values[bin*len(p.columns)+f])
			}
			out[p.columns[f]] = v
		}
	}
	return nil
}

// upTo are the places from, from+1, ... of n features.
func upTo(from, n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = from + i
	}
	return all
}

// arrayAt opens an array of trials x bins x features. One feature may have no axis, as
// MATLAB leaves it, and an axis of one may stand behind all.
func arrayAt(g tree.Group, key string) (a tree.Array, shape [3]int, err error) {
	if a, err = tree.ArrayAt(g, key); err != nil {
		return nil, shape, err
	}
	axes := a.Shape()
	switch {
	case len(axes) == 2:
		axes = append(slices.Clone(axes), 1)
	case len(axes) == 4 && axes[3] == 1:
		axes = axes[:3]
	}
	if len(axes) != 3 || !a.IsNumber() {
		return nil, shape, fmt.Errorf("%s is %s of shape %v: it must be numbers, trials x bins x features", key, tree.Kind(a), a.Shape())
	}
	return a, [3]int(axes), nil
}
