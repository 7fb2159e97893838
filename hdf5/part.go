package hdf5

import (
	"fmt"
	"slices"
)

// part is what is read of each element: all of it, or one member of a compound.
// Arrays inside an element are dimensions, which come behind those of the data
// set.
type part struct {
	typ     *Type    // of a value
	offset  uint64   // of the first value in the element, in bytes
	dims    []uint64 // values of one element, along each dimension
	strides []uint64 // bytes from one value to the next along each of them
}

// wholeOf is the part that is all of an element.
func wholeOf(t *Type) part { return part{typ: t}.unfold() }

// unfold turns arrays into dimensions.
func (p part) unfold() part {
	p.dims, p.strides = slices.Clone(p.dims), slices.Clone(p.strides)
	for p.typ.Class == ArrayOf {
		stride := uint64(p.typ.Size)
		for _, n := range p.typ.Dims {
			stride /= uint64(n)
			p.dims, p.strides = append(p.dims, uint64(n)), append(p.strides, stride)
		}
		p.typ = p.typ.Base
	}
	return p
}

// field is the part that is a member of what p is.
func (p part) field(name string) (part, error) {
	if p.typ.Class != Compound {
		return p, fmt.Errorf("%w: %v has no fields, so not %q", ErrType, p.typ, name)
	}
	names := make([]string, len(p.typ.Members))
	for i, m := range p.typ.Members {
		if m.Name == name {
			p.offset += uint64(m.Offset)
			p.typ = m.Type
			return p.unfold(), nil
		}
		names[i] = m.Name
	}
	return p, fmt.Errorf("%w: no field %q; it has %s", ErrNotFound, name, list(names))
}

// slab is the part that has count values from start on along each dimension.
func (p part) slab(start, count []uint64) part {
	for i := range start {
		p.offset += start[i] * p.strides[i]
	}
	p.dims = count
	return p
}

// count is the number of values in one element.
func (p *part) count() uint64 {
	n, _ := product(p.dims) // no more than the bytes of an element
	return n
}

// flat is the dimension from which on values lie side by side.
func (p *part) flat() int {
	stride := uint64(p.typ.Size)
	for i := len(p.dims) - 1; i >= 0; i-- {
		if p.strides[i] != stride {
			return i + 1
		}
		stride *= p.dims[i]
	}
	return 0
}

// isAll reports whether the values are all of elements of size bytes.
func (p *part) isAll(size int) bool {
	return p.flat() == 0 && p.count()*uint64(p.typ.Size) == uint64(size)
}

// pack copies the values of elements of size bytes each to dst, as many elements
// as it has room for. It returns how many these were.
func (p *part) pack(dst, raw []byte, size int) (elements int) {
	each := int(p.count()) * p.typ.Size
	if each == 0 {
		return 0
	}
	elements = min(len(dst)/each, len(raw)/size)
	flat := p.flat()
	run := uint64(p.typ.Size)
	for _, n := range p.dims[flat:] {
		run *= n
	}
	for i := range elements {
		p.take(dst[i*each:], raw[i*size:][p.offset:], 0, flat, run)
	}
	return elements
}

// take copies what is left of an element from a dimension on: runs of as many
// bytes as lie side by side. It returns the rest of dst.
func (p *part) take(dst, element []byte, dim, flat int, run uint64) []byte {
	if dim == flat {
		return dst[copy(dst, element[:run]):]
	}
	for i := range p.dims[dim] {
		dst = p.take(dst, element[i*p.strides[dim]:], dim+1, flat, run)
	}
	return dst
}

// packed returns the values of whole elements, in new memory unless they are all
// of them.
func (p *part) packed(raw []byte, size int) []byte {
	if p.isAll(size) {
		return raw
	}
	dst := make([]byte, uint64(len(raw)/size)*p.count()*uint64(p.typ.Size))
	p.pack(dst, raw, size)
	return dst
}
