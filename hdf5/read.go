package hdf5

import (
	"fmt"
	"slices"
)

const (
	// freeFill is how many bytes of never written elements a read may return
	// without the file having data for them.
	freeFill = 64 << 20
	// pieceSize is how many bytes of contiguous data each processor has in memory as
	// they lie in the file: enough that the system reads at its full speed.
	pieceSize = 1 << 20
	// blockSize is how many bytes a block of rows has if there are no chunks.
	blockSize = 4 << 20
	// mostBlock is how many a block has at most if chunks are high and narrow: they
	// are then read for several blocks.
	mostBlock = 128 << 20
)

// put takes elements as they lie in the file: those that have the places from
// at on among all that are read, in row-major order. Calls for different places
// may come at once, and raw is overwritten afterwards.
type put func(at uint64, raw []byte) error

// converter turns values into dst, which has as many. Those of a data set come
// in pieces.
type converter[T any] func(v *values, dst []T) error

// Raw reads the values as they lie in the file: packed, row-major, in the
// file's byte order.
func (d *Dataset) Raw() ([]byte, error) {
	n, err := d.elementsAtOnce()
	each := d.part.count() * uint64(d.part.typ.Size)
	if err != nil || n*each == 0 {
		return nil, d.errorf(err)
	}
	out := make([]byte, n*each)
	if fill := d.fillValues().raw; d.absent() {
		for i := 0; len(fill) > 0 && i < len(out); i += len(fill) {
			copy(out[i:], fill)
		}
	}
	err = d.visit(func(at uint64, raw []byte) error {
		if to := out[at*each:]; d.part.isAll(d.typ.Size) {
			copy(to, raw)
		} else {
			d.part.pack(to, raw, d.typ.Size)
		}
		return nil
	})
	return out, d.errorf(err)
}

// readAs reads all values, with no more memory than the result and a few
// megabytes, or a few chunks.
func readAs[T any](d *Dataset, c converter[T]) ([]T, error) {
	n, err := d.elementsAtOnce()
	if err == nil {
		err = c(d.valuesOf(nil), nil)
	}
	if err != nil {
		return nil, d.errorf(err)
	}
	dst := make([]T, n*d.part.count())
	if err := readInto(d, dst, c); err != nil {
		return nil, d.errorf(err)
	}
	return dst, nil
}

// readInto reads all values into dst, whose elements are zero and as many.
func readInto[T any](d *Dataset, dst []T, c converter[T]) error {
	if len(dst) == 0 {
		return nil
	}
	memory := native(d, dst)
	if v := d.fillValues(); d.absent() && len(v.raw) > 0 && (memory == nil || !zeros(v.raw)) {
		fill := make([]T, v.len())
		if err := c(v, fill); err != nil {
			return err
		}
		for i := 0; i < len(dst); i += len(fill) {
			copy(dst[i:], fill)
		}
	}
	if memory != nil {
		return d.readNative(memory)
	}
	return d.visit(func(at uint64, raw []byte) error { return convertPart(d, dst, at, raw, c) })
}

// zeros reports whether numbers are those that memory has anyway.
func zeros(raw []byte) bool {
	return !slices.ContainsFunc(raw, func(b byte) bool { return b != 0 })
}

// convertPart converts the values of elements that have the places from at on.
func convertPart[T any](d *Dataset, dst []T, at uint64, raw []byte, c converter[T]) error {
	at *= d.part.count()
	if d.part.isAll(d.typ.Size) {
		v := d.valuesOf(raw)
		v.first = at
		return c(v, dst[at:][:v.len()])
	}
	packed := make([]byte, max(d.part.count()*uint64(d.part.typ.Size), min(1<<16, uint64(len(raw)))))
	for len(raw) > 0 {
		n := d.part.pack(packed, raw, d.typ.Size)
		v := d.valuesOf(packed[:uint64(n)*d.part.count()*uint64(d.part.typ.Size)])
		v.first = at
		if err := c(v, dst[at:][:v.len()]); err != nil {
			return err
		}
		at += uint64(v.len())
		raw = raw[n*d.typ.Size:]
	}
	return nil
}

// valuesOf are packed values of the data set's type.
func (d *Dataset) valuesOf(raw []byte) *values {
	return &values{f: d.f, path: d.path, typ: d.part.typ, raw: raw}
}

// fillValues are those of an element that was never written; none: zero.
func (d *Dataset) fillValues() *values { return d.valuesOf(d.part.packed(d.fill, d.typ.Size)) }

// resize returns n elements, of b if it has room for them.
func resize[T any](b []T, n uint64) []T {
	if uint64(cap(b)) < n {
		return make([]T, n)
	}
	return b[:n]
}

// slab is what is read: where it starts and how many elements it has.
func (d *Dataset) slab() (start, count []uint64) {
	if d.start != nil {
		return d.start, d.count
	}
	return make([]uint64, len(d.space.dims)), d.space.dims
}

// elements is how many elements are read. It is an error if the file cannot hold
// them, so that they are safe to allocate.
func (d *Dataset) elements() (uint64, error) {
	if d.space.null {
		return 0, nil
	}
	start, count := d.slab()
	n, ok := product(append([]uint64{uint64(d.typ.Size)}, count...))
	switch {
	case !ok:
		return 0, corrupt("shape %v", count)
	case n == 0 && (d.start != nil || d.absent()):
		return 0, nil
	}
	return n / uint64(d.typ.Size), d.plausible(start, count, n)
}

// Check returns why the file cannot hold as many values as the shape says, or why
// it may not be read; nil if it can. It reads none of them.
func (d *Dataset) Check() error {
	_, err := d.elements()
	return d.errorf(err)
}

// plausible checks that the file holds n bytes of a slab, or enough of them that
// the rest may be filled.
func (d *Dataset) plausible(start, count []uint64, n uint64) error {
	var held uint64 // at most
	switch {
	case d.layout.class == chunked:
		wanted := d.layout.chunks.touching(start, count)
		for _, c := range wanted {
			if err := d.f.knows(d.filters, c.skipped); err != nil {
				return err
			}
			if err := d.dense(c); err != nil {
				return err
			}
			held += most(d.filters, c.size, d.layout.chunks.bytes)
		}
	case d.layout.class == virtual:
		stored, err := d.backed(start, count)
		if err != nil {
			return err
		}
		held = bombShare * stored
	case !d.absent():
		whole, ok := product(append([]uint64{uint64(d.typ.Size)}, d.space.dims...))
		if !ok {
			return corrupt("shape %v", d.space.dims)
		}
		return d.holds(whole)
	}
	if n > freeFill && n-freeFill > held {
		return fmt.Errorf("%w: %d bytes of shape %v, of which at most %d are stored; the others were never written", ErrTooLarge, n, count, held)
	}
	return nil
}

// absent reports whether there may be values that were never written.
func (d *Dataset) absent() bool {
	switch d.layout.class {
	case chunked, virtual:
		return true
	case contiguous:
		return d.layout.external == nil && d.layout.address == undefined
	}
	return false
}
