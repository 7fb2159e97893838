package hdf5

import "fmt"

// Region is a part of a data set that a reference points to.
type Region struct {
	Dataset Reference
	All     bool    // everything; Blocks are none
	Blocks  []Block // in the order stored; points are blocks of one element
}

// Block is a box of elements: where it starts and how many it has along each
// dimension, as Slab takes them.
type Block struct{ Start, Count []int }

func (v *values) regions(dst []Region) error {
	if v.typ.Class != ReferenceTo || v.typ.reference == toObject {
		return v.wrong("regions of data sets")
	}
	for i := range dst {
		target, kind, err := v.target(i)
		if err == nil && target != nil {
			err = dst[i].read(v.f, target, kind)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// read reads the address of the data set and the selection behind it. The newer
// kind of reference has sizes before the selection.
func (r *Region) read(f *File, d *decoder, of referenceKind) error {
	r.Dataset.set(f, d.address())
	switch of {
	case toRegion:
	case toRegion2:
		d.skip(8) // bytes of the selection, its dimensions
	default: // of an object as a whole
		r.All = true
		return d.err
	}
	s := &selection{decoder: d}
	var err error
	r.All, err = s.read()
	r.Blocks = s.found
	return err
}

// read reads a selection: everything, or the boxes that are found.
func (s *selection) read() (all bool, err error) {
	kind, version := s.uint(4), s.uint(4)
	switch {
	case kind == selectNone || kind == selectAll:
		s.skip(8)
	case kind == selectPoints && version == 1:
		s.skip(8)
		s.points(4, 4)
	case kind == selectPoints && version == 2:
		width := s.int(1)
		s.points(width, width)
	case kind == selectBlocks && version == 1:
		s.skip(8)
		s.blocks(4, 4)
	case kind == selectBlocks && (version == 2 || version == 3):
		s.hyperslab(int(version))
	case s.err == nil:
		return false, unsupported("a selection of kind %d, version %d", kind, version)
	}
	return kind == selectAll, s.err
}

// Kinds of selections.
const (
	selectNone   = 0
	selectPoints = 1
	selectBlocks = 2
	selectAll    = 3
)

// selection reads the blocks of a selection.
type selection struct {
	*decoder
	found []Block
}

// head reads the number of dimensions and of entries, of which each has size
// numbers for every dimension.
func (s *selection) head(width, size int) (rank int, entries uint64) {
	rank = s.int(4)
	entries = s.uint(min(width, 8))
	room := uint64(s.remaining())
	if s.err == nil && (rank < 1 || rank > maxRank || entries > room/uint64(rank*size)) {
		s.fail(corrupt("a selection of %d parts in %d dimensions, in %d bytes", entries, rank, room))
	}
	if s.err != nil {
		return 0, 0
	}
	return rank, entries
}

// place reads a number for each dimension.
func (s *selection) place(rank, width int) []uint64 {
	p := make([]uint64, rank)
	for i := range p {
		if p[i] = s.uint(width); p[i] > 1<<62 {
			s.fail(corrupt("a selection that begins or ends at %d", p[i]))
		}
	}
	return p
}

// points reads single elements.
func (s *selection) points(width, ofCount int) {
	if width < 1 || width > 8 {
		s.fail(corrupt("a selection with numbers of %d bytes", width))
		return
	}
	rank, n := s.head(ofCount, width)
	for range n {
		p := s.place(rank, width)
		s.add(p, p)
	}
}

// blocks reads boxes by their first and last elements.
func (s *selection) blocks(width, ofCount int) {
	rank, n := s.head(ofCount, 2*width)
	for range n {
		first := s.place(rank, width)
		s.add(first, s.place(rank, width))
	}
}

// add records a box from its first to its last element.
func (s *selection) add(first, last []uint64) {
	b := Block{make([]int, len(first)), make([]int, len(first))}
	for i := range first {
		if last[i] < first[i] {
			s.fail(corrupt("a selection from %v to %v", first, last))
		}
		b.Start[i], b.Count[i] = int(first[i]), int(last[i]-first[i])+1
	}
	if s.err == nil {
		s.found = append(s.found, b)
	}
}

// hyperslab reads versions 2 and 3: boxes as above, or evenly spaced.
func (s *selection) hyperslab(version int) {
	const regular = 1
	flags := s.byte()
	width := 8
	if version == 3 {
		width = s.int(1)
	} else {
		s.skip(4)
	}
	if width != 2 && width != 4 && width != 8 {
		s.fail(corrupt("a selection with numbers of %d bytes", width))
		return
	}
	if flags&regular == 0 {
		s.blocks(width, width)
		return
	}
	rank := s.int(4)
	if rank < 1 || rank > maxRank {
		s.fail(corrupt("a selection in %d dimensions", rank))
		return
	}
	s.grid(rank, width)
}

// maxBlocks bounds the boxes of one evenly spaced selection, which a few bytes
// can say are many.
const maxBlocks = 1 << 16

// grid reads an evenly spaced selection and lists its boxes. Those that touch
// are one.
func (s *selection) grid(rank, width int) {
	start, stride, count, size := make([]uint64, rank), make([]uint64, rank), make([]uint64, rank), make([]uint64, rank)
	for i := range rank {
		start[i], stride[i], count[i], size[i] = s.uint(width), s.uint(width), s.uint(width), s.uint(width)
		if endless := ^uint64(0) >> (64 - 8*width); count[i] == endless || size[i] == endless {
			s.fail(unsupported("a selection without end"))
			return
		}
		if stride[i] == size[i] || count[i] == 1 {
			whole, ok := product([]uint64{count[i], size[i]})
			if !ok {
				s.fail(corrupt("a selection of %d blocks of %d", count[i], size[i]))
				return
			}
			size[i], count[i] = whole, 1
		}
	}
	n, ok := product(count)
	if !ok || n > maxBlocks {
		s.fail(fmt.Errorf("%w: a selection of %v blocks; at most %d are read", ErrTooLarge, count, maxBlocks))
	}
	if s.err != nil || n == 0 {
		return
	}
	s.boxes(start, stride, count, size)
}

func (s *selection) boxes(start, stride, count, size []uint64) {
	rank := len(start)
	zero, place := make([]uint64, rank), make([]uint64, rank)
	for more := true; more && s.err == nil; more = advance(place, zero, count) {
		first, last := make([]uint64, rank), make([]uint64, rank)
		for i := range rank {
			step, ok := product([]uint64{place[i], stride[i]})
			if !ok || size[i] == 0 || start[i] > 1<<62 {
				s.fail(corrupt("a selection of blocks of %v every %v from %v on", size, stride, start))
				return
			}
			if first[i] = start[i] + step; first[i] > 1<<62 {
				s.fail(corrupt("a selection from %d on", first[i]))
				return
			}
			last[i] = first[i] + size[i] - 1
		}
		s.add(first, last)
	}
}
