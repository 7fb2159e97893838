package hdf5

import (
	"encoding/binary"
	"fmt"
)

// maxMessage is the most bytes that a message of an object header can have.
const maxMessage = 1<<16 - 1

func appendValues[T any](b []byte, v []T) ([]byte, error) {
	return binary.Append(b, le, v)
}

// layoutPlace is the layout's among the messages of a data set.
const layoutPlace = 3

// dataset writes the values of a data set and returns its node.
func (w *Writer) dataset(data any, shape []int, options []Option) (*node, error) {
	e, err := w.encode(data)
	if err != nil {
		return nil, err
	}
	if err := e.fits(shape); err != nil {
		return nil, err
	}
	s := storage{}
	for _, option := range options {
		option(&s)
	}
	if err := s.complete(shape, e.size()); err != nil {
		return nil, err
	}
	n := &node{}
	layout, err := w.layout(n, e, shape, s)
	if err != nil {
		return nil, err
	}
	n.messages = s.messages(e, shape, nil, layout)
	return n, nil
}

// messages are those of a data set. Fill is what elements are that are not stored; nil:
// zero.
func (s *storage) messages(e encoded, shape []int, fill, layout []byte) [][]byte {
	filled := []byte{3, 0x0a} // allocated late, filled if set
	if fill != nil {
		filled = append(le.AppendUint32([]byte{3, 0x2a}, uint32(len(fill))), fill...)
	}
	all := [][]byte{
		encodeMessage(msgDatatype, e.typ),
		encodeMessage(msgDataspace, encodeSpace(shape)),
		encodeMessage(msgFill, filled),
		encodeMessage(msgLayout, layout),
	}
	if filters := s.filters(e.size()); filters != nil {
		all = append(all, encodeMessage(msgFilters, filters))
	}
	return all
}

// fits checks that there are as many values as the shape says.
func (e encoded) fits(shape []int) error {
	n := 1
	for _, k := range shape {
		if k < 0 {
			return fmt.Errorf("%w: shape %v", ErrRange, shape)
		}
		n *= k
	}
	if n != e.count || len(shape) > maxRank {
		return fmt.Errorf("%w: %d values for shape %v", ErrRange, e.count, shape)
	}
	return nil
}

// layout writes the values of a node and returns the layout message.
func (w *Writer) layout(n *node, e encoded, shape []int, s storage) ([]byte, error) {
	if s.chunk != nil {
		var err error
		if n.chunks, err = w.writeChunks(newChunkGrid(e.size(), shape, s.chunk).from(e.raw), s); err != nil {
			return nil, err
		}
		return w.indexChunks(n.chunks)
	}
	address := undefined
	if len(e.raw) > 0 {
		var err error
		if address, err = w.put(e.raw); err != nil {
			return nil, err
		}
	}
	b := le.AppendUint64([]byte{3, byte(contiguous)}, address)
	return le.AppendUint64(b, uint64(len(e.raw))), nil
}

// attribute encodes an attribute message.
func (w *Writer) attribute(name string, value any) ([]byte, error) {
	e, err := w.encode(value)
	if err != nil {
		return nil, fmt.Errorf("attribute %s: %w", name, err)
	}
	var shape []int
	if !e.scalar {
		shape = []int{e.count}
	}
	space := encodeSpace(shape)
	b := []byte{3, 0}
	for _, n := range []int{len(name) + 1, len(e.typ), len(space)} {
		b = le.AppendUint16(b, uint16(min(n, maxMessage)))
	}
	b = append(b, 1) // the name is UTF-8
	b = append(append(b, name...), 0)
	b = append(append(append(b, e.typ...), space...), e.raw...)
	if len(b) > maxMessage {
		return nil, fmt.Errorf("%w: attribute %.40s of %d bytes; write it as a data set", ErrRange, name, len(b))
	}
	return b, nil
}

// maxHeapObjects keeps the indices of a collection within 16 bits.
const maxHeapObjects = 60000

// encodeStrings writes strings of variable length.
func (w *Writer) encodeStrings(v []string) (encoded, error) {
	raw, err := w.encodeVariable(len(v), 1, func(i int) ([]byte, error) { return []byte(v[i]), nil })
	return encoded{typ: encodeText(), count: len(v), raw: raw}, err
}

// encodeLists writes lists of numbers, each of its own length.
func (w *Writer) encodeLists(v [][]int32) (encoded, error) {
	raw, err := w.encodeVariable(len(v), 4, func(i int) ([]byte, error) { return appendValues(nil, v[i]) })
	return encoded{typ: encodeSequence(), count: len(v), raw: raw}, err
}

// encodeVariable writes n values, each of as many elements of a size as its bytes
// are, to global heap collections of up to about a megabyte and returns references to
// them. What is empty has none.
func (w *Writer) encodeVariable(n, size int, bytesOf func(i int) ([]byte, error)) (raw []byte, err error) {
	for first := 0; first < n; {
		heap := append([]byte("GCOL"), 1, 0, 0, 0)
		heap = append(heap, make([]byte, 8)...) // size, filled in below
		lengths := []int{}
		for first+len(lengths) < n && len(lengths) < maxHeapObjects && len(heap) < 1<<20 {
			value, err := bytesOf(first + len(lengths))
			if err != nil {
				return nil, err
			}
			lengths = append(lengths, len(value)/size)
			if len(value) > 0 {
				heap = appendHeapObject(heap, len(lengths), value)
			}
		}
		address, err := w.put(closeHeap(heap))
		if err != nil {
			return nil, err
		}
		for i, length := range lengths {
			raw = appendReference(raw, length, address, i+1)
		}
		first += len(lengths)
	}
	return raw, nil
}

func appendReference(b []byte, length int, heap uint64, index int) []byte {
	if length == 0 {
		heap, index = 0, 0
	}
	b = le.AppendUint32(b, uint32(length))
	b = le.AppendUint64(b, heap)
	return le.AppendUint32(b, uint32(index))
}

func appendHeapObject(b []byte, index int, value []byte) []byte {
	b = le.AppendUint16(b, uint16(index))
	b = append(b, 1, 0, 0, 0, 0, 0) // one reference
	b = le.AppendUint64(b, uint64(len(value)))
	b = append(b, value...)
	return append(b, make([]byte, (8-len(value)%8)%8)...)
}

// closeHeap ends a collection with the free space that it must have.
func closeHeap(b []byte) []byte {
	const smallest, head = 4096, 16
	free := max(head, smallest-len(b))
	b = le.AppendUint64(append(b, make([]byte, 8)...), uint64(free))
	b = append(b, make([]byte, free-head)...)
	le.PutUint64(b[8:], uint64(len(b)))
	return b
}
