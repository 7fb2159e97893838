package ingest

import (
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// namesBare are those of starts that are of trials even where nothing else says so.
var namesBare = []string{dataset.ColumnStart, "start_times", "starts", "trial_starts"}

// bareTrials makes the trials, if none are found, of arrays that stand beside those of
// the spikes without a prefix: start_time, and what else has its length.
func (a *arrays) bareTrials(g tree.Group) error {
	start := firstOf(g, namesBare)
	_, rows := vector(g, start)
	if a.r.Trials() != nil || rows < 2 {
		return nil
	}
	of := named{Group: g}
	for _, key := range g.Keys() {
		if n, err := g.Open(key); err == nil && !a.used[n.Path()] && lengthOfColumn(n) == rows {
			of.keys = append(of.keys, key)
		}
	}
	a.note("%s and what else has its length, %d, are taken for columns of trials: %s", start, rows, someOf(of.keys))
	return a.table(of, "")
}

// lengthOfColumn is the length of what can be a column; -1 if it cannot.
func lengthOfColumn(n tree.Node) int {
	switch n := n.(type) {
	case tree.Cells:
		return n.Len()
	case tree.Array:
		if rows, ok := lengthOf(n.Shape()); ok && n.Fields() == nil {
			return rows
		}
	}
	return -1
}

// named is what a group has of some names.
type named struct {
	tree.Group
	keys []string
}

// Keys implements tree.Group.
func (n named) Keys() []string { return n.keys }
