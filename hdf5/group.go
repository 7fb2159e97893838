package hdf5

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// object is what groups and data sets have in common.
type object struct {
	f       *File
	path    string
	address uint64 // of the header
	header  *header
}

// Path returns where the object was found, from the root.
func (o *object) Path() string { return o.path }

func (o *object) errorf(err error) error { return o.f.at(o.path, err) }

// open reads the header of the object at an address.
func (f *File) open(address uint64, path string) (*object, error) {
	h, err := f.readHeader(address)
	if err != nil {
		return nil, f.at(path, err)
	}
	return &object{f, path, address, h}, nil
}

func (o *object) isDataset() bool { return o.header.has(msgLayout) }

// otherwise names what is no group; empty: a group.
func (o *object) otherwise() string {
	switch {
	case o.isDataset():
		return "data set"
	case o.header.has(msgDatatype):
		return "named type"
	}
	return ""
}

// Group is a folder of named groups and data sets.
type Group struct {
	*object
	links map[string]link
	names []string // sorted
}

// group reads the links of an object that must be a group.
func (o *object) group() (*Group, error) {
	if kind := o.otherwise(); kind != "" {
		return nil, o.errorf(fmt.Errorf("%w: a %s, not a group", ErrType, kind))
	}
	links, err := o.header.readLinks()
	if err != nil {
		return nil, o.errorf(err)
	}
	g := &Group{object: o, links: make(map[string]link, len(links))}
	for _, l := range links {
		if _, double := g.links[l.name]; !double {
			g.names = append(g.names, l.name)
		}
		g.links[l.name] = l
	}
	slices.Sort(g.names)
	return g, nil
}

// Keys returns the names in the group, sorted.
func (g *Group) Keys() []string { return slices.Clone(g.names) }

// errDangling is of a link to something that is not there.
var errDangling = fmt.Errorf("%w: a link leads nowhere", ErrNotFound)

// Has reports whether the group has something at a path. What cannot be read
// counts as there, and so does a link that leads nowhere: opening it says
// what is wrong.
func (g *Group) Has(path string) bool {
	_, err := g.lookUp(path)
	return !isNotFound(err) || errors.Is(err, errDangling)
}

// Group opens a group by name or by a path with slashes. Soft links are
// followed, and links into other files of the file's own folder.
func (g *Group) Group(path string) (*Group, error) {
	o, err := g.lookUp(path)
	if err != nil {
		return nil, err
	}
	return o.group()
}

// Dataset opens a data set by name or by a path with slashes.
func (g *Group) Dataset(path string) (*Dataset, error) {
	o, err := g.lookUp(path)
	if err != nil {
		return nil, err
	}
	return o.dataset()
}

// maxSoftLinks bounds how many links that are paths one look-up may pass, so that
// links in a circle come to an end.
const maxSoftLinks = 16

// maxDepth bounds how deep groups lie in each other: it takes time and memory to
// name what is deep, and links in a circle are as deep as one likes.
const maxDepth = 1000

// lookUp follows a path from g, or from the root if it begins with a slash.
func (g *Group) lookUp(path string) (*object, error) {
	soft := 0
	return g.find(path, &soft)
}

// find is lookUp as part of another one, which has passed some soft links.
func (g *Group) find(path string, soft *int) (*object, error) {
	if strings.HasPrefix(path, "/") {
		g = g.f.root
	}
	found := g.object
	for name := range strings.SplitSeq(path, "/") {
		if name == "" || name == "." {
			continue
		}
		var err error
		if found != g.object {
			if g, err = found.group(); err != nil {
				return nil, err
			}
		}
		l, ok := g.links[name]
		if !ok {
			return nil, g.errorf(fmt.Errorf("%w: no %q; it has %s", ErrNotFound, name, list(g.names)))
		}
		if found, err = g.follow(l, soft); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// follow opens the object that a link of g points to.
func (g *Group) follow(l link, soft *int) (*object, error) {
	path := strings.TrimSuffix(g.path, "/") + "/" + l.name
	if strings.Count(path, "/") > maxDepth {
		return nil, g.errorf(unsupported("groups more than %d deep. Give what is below a name nearer the root: h5copy, or in h5py f[name] = f[path]", maxDepth))
	}
	switch {
	case l.soft != "":
		if *soft++; *soft > maxSoftLinks {
			return nil, g.f.at(path, corrupt("more than %d links on one way", maxSoftLinks))
		}
		o, err := g.find(l.soft, soft)
		if isNotFound(err) && !errors.Is(err, errDangling) {
			err = g.f.at(path, fmt.Errorf("%w: %s is not in the file. Put the data there, or delete the link: "+
				"in h5py, del f[%q]", errDangling, l.soft, path))
		}
		return o, err
	case l.file != "":
		if *soft++; *soft > maxSoftLinks {
			return nil, g.f.at(path, corrupt("more than %d links on one way", maxSoftLinks))
		}
		other, err := g.f.sibling(l.file)
		if err != nil {
			return nil, g.f.at(path, err)
		}
		return other.root.find(l.path, soft)
	case l.address == undefined:
		return nil, g.f.at(path, unsupported("link of an unknown kind"))
	}
	return g.f.open(l.address, path)
}

// list shows at most ten names.
func list(names []string) string {
	const most = 10
	switch {
	case len(names) == 0:
		return "nothing"
	case len(names) > most:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
