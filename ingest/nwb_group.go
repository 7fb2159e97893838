package ingest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/hdf5"
)

// nwbGroup is a group with what it says of itself.
type nwbGroup struct {
	*hdf5.Group
	path  string // from the root, without a slash before it
	kind  string // its neurodata_type; "": none
	attrs nwbAttrs
	keys  []string
}

func newNWBGroup(g *hdf5.Group, path string) (*nwbGroup, error) {
	attrs, err := nwbAttrsOf(g)
	if err != nil {
		return nil, err
	}
	return &nwbGroup{g, path, attrs.text("neurodata_type"), attrs, g.Keys()}, nil
}

// has reports whether the group has something of a name.
func (g *nwbGroup) has(name string) bool {
	_, found := slices.BinarySearch(g.keys, name)
	return found
}

// below is the path of something in the group.
func (g *nwbGroup) below(name string) string { return strings.TrimPrefix(g.path+"/"+name, "/") }

// isTable reports whether the group is a DynamicTable, or one of the types that are.
func (g *nwbGroup) isTable() bool {
	_, listed := g.attrs["colnames"]
	return listed || g.has("id") && (g.has("start_time") || g.has("spike_times_index"))
}

// isSeries reports whether the group is a TimeSeries, or one of the types that are.
func (g *nwbGroup) isSeries() bool {
	return g.has("timestamps") || g.has("starting_time") || g.has("data") && strings.HasSuffix(g.kind, "Series")
}

// maxNWBDepth bounds how deep groups are looked for; real files have five or six
// levels.
const maxNWBDepth = 32

// walk finds tables and series in a group and in those below it. Each is visited
// once, whatever links lead to it. What cannot be read is noted, but the session's
// units must be.
func (n *nwbFile) walk(g *nwbGroup, depth int) error {
	if _, seen := n.names[g.Reference()]; seen {
		return nil
	}
	n.names[g.Reference()] = g.path
	if depth > maxNWBDepth {
		n.leave(g.path, fmt.Sprintf("more than %d groups deep", maxNWBDepth))
		return nil
	}
	if n.collect(g) {
		return nil
	}
	for _, key := range g.keys {
		if depth == 0 && key == "specifications" {
			continue
		}
		if err := n.walkInto(g, key, depth); err != nil {
			return err
		}
	}
	return nil
}

// walkInto visits what stands under a name if it is a group.
func (n *nwbFile) walkInto(g *nwbGroup, key string, depth int) error {
	path := g.below(key)
	below, err := g.Group.Group(key)
	if errors.Is(err, hdf5.ErrType) && path != nwbUnits {
		return nil // a data set
	}
	var child *nwbGroup
	if err == nil {
		child, err = newNWBGroup(below, path)
	}
	switch {
	case err == nil:
		return n.walk(child, depth+1)
	case path == nwbUnits:
		return err
	}
	n.leaveBroken(path, err)
	return nil
}

// collect keeps a group that is a table or a series. Those of general describe
// the apparatus.
func (n *nwbFile) collect(g *nwbGroup) bool {
	apparatus := strings.HasPrefix(g.path, "general/")
	switch {
	case g.isTable():
		if !apparatus {
			n.tables = append(n.tables, g)
		}
		return true
	case g.isSeries():
		if !apparatus {
			n.series = append(n.series, g)
		}
		return true
	case g.kind == "Clustering" || g.kind == "UnitTimes":
		n.sorted = append(n.sorted, g)
		return true
	}
	return false
}

// nwbAttrs are the attributes of an object, by name.
type nwbAttrs map[string]*hdf5.Attribute

func nwbAttrsOf(o hdf5.Object) (nwbAttrs, error) {
	all, err := o.Attrs()
	attrs := make(nwbAttrs, len(all))
	for _, a := range all {
		attrs[a.Name] = a
	}
	return attrs, err
}

// text returns an attribute that is a string, or the first of several; "" if there
// is none.
func (a nwbAttrs) text(name string) string {
	if attr, ok := a[name]; ok {
		return firstText(attr)
	}
	return ""
}

// number returns an attribute that is a number; otherwise where there is none.
func (a nwbAttrs) number(name string, otherwise float64) (float64, error) {
	attr, ok := a[name]
	if !ok {
		return otherwise, nil
	}
	all, err := attr.Float64s()
	if err == nil && len(all) != 1 {
		err = fmt.Errorf("attribute %s has %d numbers, should be one", name, len(all))
	}
	if err != nil {
		return 0, err
	}
	return all[0], nil
}
