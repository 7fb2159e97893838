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

// lookup is a group in which firstOf finds names in one step: some files have a name
// for each of many thousands of arrays.
type lookup struct {
	tree.Group
	keys   []string
	byName map[string]string // the first key of a folded name
}

func newLookup(g tree.Group) *lookup {
	l := &lookup{g, g.Keys(), map[string]string{}}
	for _, key := range l.keys {
		if _, taken := l.byName[folded(key)]; !taken {
			l.byName[folded(key)] = key
		}
	}
	return l
}

// Keys implements tree.Group.
func (l *lookup) Keys() []string { return l.keys }

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
			found = append(found, newLookup(inner))
		}
	}
	return found
}
