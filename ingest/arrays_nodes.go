package ingest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/tree"
)

// groupAt returns the group of a name; nil if what stands there is none.
func groupAt(g tree.Group, key string) tree.Group {
	return nodeAt[tree.Group](g, key)
}

// nodeAt returns what stands at a name if it is of one kind, else the zero value.
func nodeAt[T tree.Node](g tree.Group, key string) T {
	var none T
	if key == "" || !g.Has(key) {
		return none
	}
	n, err := g.Open(key)
	if err != nil {
		return none
	}
	if is, ok := n.(T); ok {
		return is
	}
	return none
}

// firstOf returns the name, of those in use, that a group has; whatever their
// letters' case and what parts their words. "": none.
func firstOf(g tree.Group, names []string) string {
	l, ok := g.(*lookup)
	if !ok {
		l = newLookup(g)
	}
	for _, name := range names {
		if key, ok := l.byName[folded(name)]; ok {
			return key
		}
	}
	return ""
}

// isOneOf reports whether a name is one of those in use, as firstOf finds it.
func isOneOf(names []string, name string) bool {
	return slices.ContainsFunc(names, func(known string) bool { return folded(known) == folded(name) })
}

var parting = strings.NewReplacer("_", "", ".", "", "-", "", " ", "")

// folded is a name without what differs between Spike_Times, spikes.times and
// spikeTimes: case and what parts words.
func folded(name string) string { return parting.Replace(strings.ToLower(name)) }

// vector returns the array of a name if it is one of numbers along one axis
// (others may have the length 1, as MATLAB's have), with its length.
func vector(g tree.Group, key string) (tree.Array, int) {
	a := nodeAt[tree.Array](g, key)
	if a == nil || !a.IsNumber() || a.Fields() != nil {
		return nil, 0
	}
	n, ok := lengthOf(a.Shape())
	if !ok {
		return nil, 0
	}
	return a, n
}

// lengthOf returns the length of the one axis that is longer than 1; false if
// there are several, or none at all.
func lengthOf(shape []int) (n int, ok bool) {
	if len(shape) == 0 {
		return 0, false
	}
	n = 1
	for _, length := range shape {
		if length == 1 {
			continue
		}
		if n != 1 {
			return 0, false
		}
		n = length
	}
	return n, true
}

// scalar returns the number of a name; false if there is no single one.
func (a *arrays) scalar(g tree.Group, key string) (float64, bool) {
	n := nodeAt[tree.Array](g, key)
	if n == nil || !n.IsNumber() || n.Fields() != nil || sizeOf(n.Shape()) != 1 {
		return 0, false
	}
	v, err := n.Float64s()
	if err != nil || len(v) != 1 {
		return 0, false
	}
	a.take(n)
	return v[0], true
}

// word returns the text of a name; "": there is none.
func (a *arrays) word(g tree.Group, key string) string {
	n := nodeAt[tree.Array](g, key)
	if n == nil || !n.IsText() || sizeOf(n.Shape()) != 1 {
		return ""
	}
	words, err := n.Strings()
	if err != nil || len(words) != 1 {
		return ""
	}
	a.take(n)
	return words[0]
}

func sizeOf(shape []int) int {
	n := 1
	for _, length := range shape {
		n *= length
	}
	return n
}

// idText writes numbers that are ids as whole numbers where they are.
func idText(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// cellsOf returns an array of times for each cell. The error names the cell.
func cellsOf(c tree.Cells) ([]tree.Array, error) {
	all := make([]tree.Array, c.Len())
	for i := range all {
		n, err := c.Cell(i)
		if err != nil {
			return nil, err
		}
		if n == nil {
			continue
		}
		a, ok := unwrapped(n).(tree.Array)
		if !ok || !a.IsNumber() && sizeOf(a.Shape()) > 0 {
			return nil, fmt.Errorf("cell %d of %s is %s, must be an array of numbers", i, c.Path(), tree.Kind(n))
		}
		all[i] = a
	}
	return all, nil
}

// unwrapped is what a single cell holds, for a cell that a script put into one more.
func unwrapped(n tree.Node) tree.Node {
	if c, ok := n.(tree.Cells); ok && c.Len() == 1 {
		if inner, err := c.Cell(0); err == nil && inner != nil {
			return inner
		}
	}
	return n
}

// lastName is a node's own name, without its group's.
func lastName(n tree.Node) string {
	path := n.Path()
	return path[strings.LastIndexAny(path, "/.")+1:]
}
