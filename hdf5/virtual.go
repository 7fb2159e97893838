package hdf5

import (
	"fmt"
	"reflect"
	"strings"
)

// mapping says that a box of a virtual data set is one of another data set, its
// source, element for element.
type mapping struct {
	file, path string // "." is the same file
	from, to   box
}

// box is a part of a data set, or all of it.
type box struct {
	Block
	all bool
}

// readVirtual reads where the values of a virtual data set are.
func (d *Dataset) readVirtual(dec *decoder) error {
	list, err := d.f.stored(dec)
	if err != nil || list == nil {
		return err
	}
	if err := verify("list of sources", list.b); err != nil {
		return err
	}
	if len(d.space.dims) == 0 {
		return corrupt("a virtual data set without dimensions")
	}
	version, n := list.byte(), list.length()
	if version > 1 && list.err == nil {
		return unsupported("a virtual data set of version %d. Copy its values into one file: %s", version, d.f.copyInPython("h5py"))
	}
	for range n {
		m, err := d.sourceNames(list, version)
		if err != nil {
			return err
		}
		if m.from, err = list.box(); err == nil {
			m.to, err = list.box()
		}
		if err == nil && strings.Contains(m.file+m.path, "%b") {
			err = unsupported("sources numbered by %%b")
		}
		if err != nil {
			return fmt.Errorf("virtual data set: %w. Copy its values into one file: %s", err, d.f.copyInPython("h5py"))
		}
		d.layout.sources = append(d.layout.sources, m)
	}
	return nil
}

// sourceNames reads which data set a source is. Version 1 refers to names that
// came before, by the number of the source.
func (d *Dataset) sourceNames(list *decoder, version byte) (m mapping, err error) {
	const sharedFile, sharedPath, sameFile = 1, 2, 4
	flags := byte(0)
	if version == 1 {
		flags = list.byte()
	}
	name := func(shared byte, of func(*mapping) string) string {
		if flags&shared == 0 {
			return list.cstring()
		}
		n := list.length()
		if n >= uint64(len(d.layout.sources)) {
			list.fail(corrupt("the name of source %d, of %d before it", n, len(d.layout.sources)))
			return ""
		}
		return of(&d.layout.sources[n])
	}
	if m.file = "."; flags&sameFile == 0 {
		m.file = name(sharedFile, func(m *mapping) string { return m.file })
	}
	m.path = name(sharedPath, func(m *mapping) string { return m.path })
	return m, list.err
}

// box reads a selection that must be one box.
func (d *decoder) box() (box, error) {
	s := &selection{decoder: d}
	all, err := s.read()
	switch {
	case err != nil:
		return box{}, err
	case all:
		return box{all: true}, nil
	case len(s.found) != 1:
		return box{}, unsupported("a selection of %d boxes, not one", len(s.found))
	}
	return box{Block: s.found[0]}, nil
}

// sourceSlab is what a slab takes of one source: from a place among the slab's
// elements on, count of them along each dimension.
type sourceSlab struct {
	*Dataset // a slab of the source
	at       []uint64
	count    []uint64
}

// sources finds what a slab takes of each source.
func (d *Dataset) sources(start, count []uint64) (found []sourceSlab, err error) {
	for _, m := range d.layout.sources {
		to := m.to.of(d.space.dims)
		if len(to.Start) != len(start) {
			return nil, corrupt("a selection of %d dimensions in a shape %v", len(to.Start), d.space.dims)
		}
		s := sourceSlab{at: make([]uint64, len(start)), count: make([]uint64, len(start))}
		shift := make([]int, len(start))
		empty := false
		for i := range start {
			low := max(start[i], uint64(to.Start[i]))
			high := min(start[i]+count[i], uint64(to.Start[i])+uint64(to.Count[i]))
			if empty = empty || high <= low; !empty {
				s.at[i], s.count[i], shift[i] = low-start[i], high-low, int(low)-to.Start[i]
			}
		}
		if empty {
			continue
		}
		if s.Dataset, err = d.source(m, to, shift, s.count); isNotFound(err) {
			return nil, corrupt("virtual data set: %v", err) // the data set itself is there
		}
		if err != nil {
			return nil, fmt.Errorf("virtual data set, source %s %s: %w", m.file, m.path, err)
		}
		found = append(found, s)
	}
	return found, nil
}

// of is the box in data of a shape.
func (b box) of(dims []uint64) Block {
	if !b.all {
		return b.Block
	}
	shape := (&space{dims: dims}).shape()
	return Block{make([]int, len(shape)), shape}
}

// source opens a source, and of its box what is shifted from the beginning and has
// count elements along the dimensions of the virtual one.
func (d *Dataset) source(m mapping, to Block, shift []int, count []uint64) (*Dataset, error) {
	f := d.f
	if m.file != "." {
		var err error
		if f, err = d.f.sibling(m.file); err != nil {
			return nil, err
		}
	}
	s, err := f.root.Dataset(m.path)
	if err != nil {
		return nil, err
	}
	if s.layout.class == virtual || !reflect.DeepEqual(s.typ, d.typ) || f != d.f && s.typ.refers() {
		return nil, unsupported("values of type %v out of %v, of data that are virtual or refer to others in their file. Copy them: %s",
			d.typ, s.typ, d.f.copyInPython("h5py"))
	}
	from := m.from.of(s.space.dims)
	start, size := append([]int{}, from.Start...), append([]int{}, from.Count...)
	k := 0
	for i, n := range to.Count { // dimensions of one element may be on one side only
		if n == 1 {
			continue
		}
		for k < len(size) && size[k] == 1 {
			k++
		}
		if k == len(size) || size[k] != n {
			return nil, unsupported("a box of shape %v out of one of shape %v. Copy the values: %s", to.Count, from.Count, d.f.copyInPython("h5py"))
		}
		start[k] += shift[i]
		size[k] = int(count[i])
		k++
	}
	for ; k < len(size); k++ {
		if size[k] != 1 {
			return nil, unsupported("a box of shape %v out of one of shape %v. Copy the values: %s", to.Count, from.Count, d.f.copyInPython("h5py"))
		}
	}
	return s.Slab(append(start, make([]int, len(s.part.dims))...), append(size, (&space{dims: s.part.dims}).shape()...))
}

// refers reports whether values of the type are elsewhere in their file.
func (t *Type) refers() bool {
	for _, m := range t.Members {
		if m.Type.refers() {
			return true
		}
	}
	return t.Class == Variable || t.Class == ReferenceTo || t.Base != nil && t.Base.refers()
}

// backed is how many bytes the sources of a slab can give, and checks that they
// have theirs, and do not give the same elements many times.
func (d *Dataset) backed(start, count []uint64) (bytes uint64, err error) {
	sources, err := d.sources(start, count)
	if err != nil {
		return 0, err
	}
	wanted, _ := product(count)
	given := uint64(0)
	files := map[*File]bool{}
	for _, s := range sources {
		n, err := s.elements()
		if err != nil {
			return 0, s.errorf(err)
		}
		if given += n; given > 4*wanted {
			return 0, corrupt("sources of a virtual data set overlap")
		}
		if !files[s.f] {
			bytes += s.f.size
		}
		files[s.f] = true
	}
	return bytes, nil
}

// visitSources reads a slab of a virtual data set.
func (d *Dataset) visitSources(start, count []uint64, put put) error {
	sources, err := d.sources(start, count)
	if err != nil {
		return err
	}
	for _, s := range sources {
		raw, err := s.Raw()
		if err != nil {
			return err
		}
		last := len(s.count) - 1
		row := s.count[last] * uint64(d.typ.Size)
		if uint64(len(raw)) < row {
			return corrupt("a source of %d bytes", len(raw))
		}
		place := append([]uint64{}, s.at...)
		for more := true; more; more = advance(place[:last], s.at, s.count) {
			if err := put(ravel(place, count), raw[:row]); err != nil {
				return err
			}
			raw = raw[row:]
		}
	}
	return nil
}
