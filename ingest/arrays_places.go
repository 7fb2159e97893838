package ingest

import (
	"strings"

	"github.com/autolfads/autolfads/tree"
)

// What is looked at for units that stand in groups of groups.
const (
	deepest    = 5    // groups within each other
	mostPlaces = 2000 // groups of a file
)

// places are the groups in which arrays are looked for: the file's top, then the
// groups in it (a struct of MATLAB is one).
func places(root tree.Group) []tree.Group { return append([]tree.Group{root}, within(root)...) }

// deeperPlaces are the groups within those, the outer ones first.
func deeperPlaces(root tree.Group) (found []tree.Group) {
	level := within(root)
	for depth := 1; depth < deepest && len(found) < mostPlaces; depth++ {
		var next []tree.Group
		for _, g := range level {
			if len(next) < mostPlaces {
				next = append(next, within(g)...)
			}
		}
		found, level = append(found, next...), next
	}
	return found
}

// within are the groups in a group.
func within(g tree.Group) (found []tree.Group) {
	for _, key := range g.Keys() {
		if strings.HasPrefix(key, "#") { // MATLAB's own
			continue
		}
		if inner := groupAt(g, key); inner != nil {
			found = append(found, inner)
		}
	}
	return found
}
