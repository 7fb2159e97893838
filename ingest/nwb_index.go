package ingest

import (
	"fmt"

	"github.com/autolfads/autolfads/hdf5"
)

// maxNWBRows bounds the rows of a table.
const maxNWBRows = 1 << 22

// ragged says where the values of each row of a column end, in a column that has
// not as many for all: row i has those from ends[i-1] up to ends[i].
type ragged struct {
	ends  []int
	depth int // indices passed through: 1, or 2 for lists of lists
}

func (r *ragged) row(i int) (from, to int) {
	if i > 0 {
		from = r.ends[i-1]
	}
	return from, r.ends[i]
}

// index follows the indices of a column of total values: NAME_index, and where its
// lists have lists, NAME_index_index. Nil: it has none, each row has one value.
func (n *nwbFile) index(g *nwbGroup, name string, total int) (*ragged, error) {
	var r *ragged
	for name += "_index"; g.has(name); name += "_index" {
		ends, err := n.readIndex(g, name, total)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", g.below(name), err)
		}
		if r == nil {
			r = &ragged{}
		} else {
			through(ends, r.ends)
		}
		r.ends, r.depth = ends, r.depth+1
		if total, err = n.length(g, name); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// through replaces the ends of rows of lists by the ends of their values.
func through(rows, lists []int) {
	for i, end := range rows {
		rows[i] = 0
		if end > 0 {
			rows[i] = lists[end-1]
		}
	}
}

// readIndex reads an index and checks that it ascends up to total.
func (n *nwbFile) readIndex(g *nwbGroup, name string, total int) ([]int, error) {
	d, err := n.vector(g, name, maxNWBRows)
	if err != nil {
		return nil, err
	}
	if err := n.spend(16 * int64(d.Shape()[0])); err != nil {
		return nil, err
	}
	stored, err := d.Int64s()
	if err != nil {
		return nil, err
	}
	ends := make([]int, len(stored))
	before := int64(0)
	for i, end := range stored {
		if end < before {
			return nil, fmt.Errorf("row %d ends at %d, before the one in front of it at %d: an index ascends", i, end, before)
		}
		if end > int64(total) {
			return nil, fmt.Errorf("row %d ends at %d, but there are %d values", i, end, total)
		}
		ends[i], before = int(end), end
	}
	return ends, nil
}

// vector opens a data set of one dimension that has no more than most values.
func (n *nwbFile) vector(g *nwbGroup, name string, most int) (*hdf5.Dataset, error) {
	d, err := g.Dataset(name)
	if err != nil {
		return nil, err
	}
	switch shape := d.Shape(); {
	case len(shape) != 1:
		return nil, fmt.Errorf("has the shape %v, should have one dimension", shape)
	case shape[0] > most:
		return nil, fmt.Errorf("has %d values, more than the %d that are read", shape[0], most)
	}
	return d, n.plausible(d)
}

// length is the number of rows of a data set.
func (n *nwbFile) length(g *nwbGroup, name string) (int, error) {
	d, err := g.Dataset(name)
	if err != nil {
		return 0, err
	}
	if len(d.Shape()) == 0 {
		return 0, fmt.Errorf("%s is one value, should have one a row", g.below(name))
	}
	return d.Shape()[0], nil
}
