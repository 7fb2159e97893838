package ingest

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
)

const nwbObserved = "obs_intervals"

// observed reads when each unit was observed: pairs of times, a list of them a
// unit.
func (n *nwbFile) observed(g *nwbGroup, units int) ([][]dataset.Interval, error) {
	pairs, err := n.pairs(g)
	if err != nil {
		return nil, err
	}
	r, err := n.index(g, nwbObserved, len(pairs))
	if err != nil {
		return nil, err
	}
	if r == nil { // a pair a unit
		r = &ragged{ends: make([]int, len(pairs))}
		for i := range r.ends {
			r.ends[i] = i + 1
		}
	}
	if len(r.ends) != units {
		return nil, fmt.Errorf("has %d rows, but there are %d units", len(r.ends), units)
	}
	all := make([][]dataset.Interval, units)
	for i := range all {
		from, to := r.row(i)
		all[i] = pairs[from:to:to]
	}
	return all, nil
}

// pairs reads all intervals.
func (n *nwbFile) pairs(g *nwbGroup) ([]dataset.Interval, error) {
	d, err := g.Dataset(nwbObserved)
	if err != nil {
		return nil, err
	}
	shape := d.Shape()
	if len(shape) != 2 || shape[1] != 2 && shape[0] > 0 {
		return nil, fmt.Errorf("has the shape %v, should be pairs of a start and a stop", shape)
	}
	if shape[0] > maxNWBRows {
		return nil, fmt.Errorf("has %d pairs, more than the %d that are read", shape[0], maxNWBRows)
	}
	if err := n.plausible(d); err != nil {
		return nil, err
	}
	pairs := make([]dataset.Interval, 0, shape[0])
	if err := n.spend(16 * int64(shape[0])); err != nil {
		return nil, err
	}
	for block, err := range d.Float64Rows() {
		if err != nil {
			return nil, err
		}
		for ; len(block) > 1; block = block[2:] {
			pairs = append(pairs, dataset.Interval{Start: block[0], Stop: block[1]})
		}
	}
	return pairs, nil
}
