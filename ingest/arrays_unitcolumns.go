package ingest

import (
	"slices"
	"strings"

	"github.com/autolfads/autolfads/tree"
)

// prefixesUnits begin the names of arrays that are columns of units.
var prefixesUnits = []string{"units_", "unit_", "units.", "unit."}

// unitColumns reads what a file knows of its units, such as unit_region: a value for
// each, in the order of the list of ids beside it. Without one no order is known, and
// nothing is read.
func (a *arrays) unitColumns(g tree.Group) {
	units := &a.r.Units
	if len(units.Columns.Columns) > 0 || !listsUnits(g, units.IDs) {
		return
	}
	units.Columns.Name, units.Columns.Rows = "units", len(units.IDs)
	for _, key := range g.Keys() {
		name := withoutPrefix(key, prefixesUnits)
		n, err := g.Open(key)
		if name == "" || err != nil || a.used[n.Path()] || lengthOfColumn(n) != len(units.IDs) {
			continue
		}
		a.take(n)
		c, err := a.columnOf(n)
		if err == nil {
			c.Name = name
			err = units.Columns.Add(c)
		}
		if err != nil {
			a.note("column %s of units is left out: %v", name, err)
		}
	}
}

// listsUnits reports whether a group has a list of ids that is these, in their order.
func listsUnits(g tree.Group, ids []string) bool {
	key := firstOf(g, namesIDs)
	if key == "" {
		return false
	}
	n, err := g.Open(key)
	return err == nil && lengthOfColumn(n) == len(ids) && slices.Equal(wordsOf(n), ids)
}

// withoutPrefix is what is behind the first prefix that a name begins with; "": it
// begins with none, or is an id.
func withoutPrefix(name string, prefixes []string) string {
	if isOneOf(namesIDs, name) {
		return ""
	}
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return rest
		}
	}
	return ""
}
