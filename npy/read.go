package npy

import (
	"iter"
	"reflect"
)

const (
	// pieceSize is how many bytes as they lie in the file are in memory at a time.
	pieceSize = 1 << 20
	// blockSize is how many bytes a block of Float32Rows has, about.
	blockSize = 4 << 20
	// columnsBlock is the same for arrays in Fortran order, of which each block
	// takes a pass over the file.
	columnsBlock = 64 << 20
)

// put takes elements, packed and in the file's byte order. Their values have the
// places at, at + step, at + 2 step and so on among all that are read, in
// row-major order; an element with several values has these side by side. raw is
// overwritten afterwards.
type put func(at, step int, raw []byte) error

// collect reads all values.
func collect[T any](a *Array, convert func(dst []T, raw []byte, t *Type) error) ([]T, error) {
	n, err := a.values()
	if err != nil {
		return nil, err
	}
	if err := a.entry.admit(uint64(n) * uint64(reflect.TypeFor[T]().Size())); err != nil {
		return nil, err
	}
	c, err := a.entry.cursor(a.isWhole())
	if err != nil {
		return nil, err
	}
	defer c.close()
	dst := make([]T, n)
	return dst, readInto(a, c, dst, convert)
}

// readInto reads all values into dst, which has as many elements.
func readInto[T any](a *Array, c *cursor, dst []T, convert func(dst []T, raw []byte, t *Type) error) error {
	inner, _ := product(a.inner)
	k := int(inner)
	var column []T
	err := a.visit(c, func(at, step int, raw []byte) error {
		n := len(raw) / a.typ.Size
		if step == k {
			return convert(dst[at:at+n], raw, a.typ)
		}
		column = resize(column, n)
		err := convert(column, raw, a.typ)
		for i := 0; i < n; i += k {
			copy(dst[at:], column[i:i+k])
			at += step
		}
		return err
	})
	if err != nil || !a.isWhole() {
		return err
	}
	return c.end()
}

// resize returns n elements, of b if it has room for them.
func resize[T any](b []T, n int) []T {
	if cap(b) < n {
		return make([]T, n)
	}
	return b[:n]
}

// values is how many values are read. The header was held against the file's
// size, so they are safe to allocate, if they are of a type that can be read.
func (a *Array) values() (int, error) {
	if err := a.typ.readable(); err != nil {
		return 0, err
	}
	n, _ := product(a.Shape())
	return int(n), nil
}

// isWhole reports whether all elements are read.
func (a *Array) isWhole() bool {
	_, count := a.slab()
	for i, d := range a.dims {
		if count[i] != d {
			return false
		}
	}
	return true
}

// visit reads the elements, in the order of the file: in runs as long as lie side
// by side.
func (a *Array) visit(c *cursor, put put) error {
	start, count := a.slab()
	n, _ := product(append([]int{a.typ.Size}, append(count[:len(count):len(count)], a.inner...)...))
	if n == 0 {
		return nil
	}
	w := newWalk(a, start, count)
	c.room = resize(c.room, min(w.run, max(1, pieceSize/a.element))*a.element)
	for more := true; more; more = w.next() {
		if err := a.visitRun(c, w, put); err != nil {
			return err
		}
	}
	return nil
}

// visitRun reads the elements of a run, as many at a time as there is room for.
func (a *Array) visitRun(c *cursor, w *walk, put put) error {
	if err := c.seek(a.begin + uint64(w.from())*uint64(a.element)); err != nil {
		return err
	}
	at, most := w.to(), len(c.room)/a.element
	for done := 0; done < w.run; done += most {
		piece := c.room[:min(most, w.run-done)*a.element]
		if err := fill(c, piece); err != nil {
			return err
		}
		if err := put(at+done*w.step, w.step, a.fields(piece)); err != nil {
			return err
		}
	}
	return nil
}

// fields packs the field that is viewed out of whole elements, in their place.
func (a *Array) fields(piece []byte) []byte {
	inner, _ := product(a.inner)
	size := a.typ.Size * int(inner)
	if size == a.element {
		return piece
	}
	n := len(piece) / a.element
	for i := range n {
		copy(piece[i*size:(i+1)*size], piece[i*a.element+a.offset:])
	}
	return piece[:n*size]
}

// Float32Rows yields the values as Float32s returns them, in blocks of whole
// rows: a row is all that shares a place along the first dimension. A block has
// about 4 MiB, of an array in Fortran order 64 MiB, but at least one row. The next
// block overwrites it. An error comes last.
func (a *Array) Float32Rows() iter.Seq2[[]float32, error] {
	return func(yield func([]float32, error) bool) {
		if err := a.eachBlock(yield); err != nil {
			yield(nil, a.errorf(err))
		}
	}
}

func (a *Array) eachBlock(yield func([]float32, error) bool) error {
	n, err := a.values()
	if err == nil {
		err = a.typ.numeric()
	}
	if err != nil || n == 0 {
		return err
	}
	if len(a.dims) == 0 {
		values, err := collect(a, numbers[float32])
		if err == nil {
			yield(values, nil)
		}
		return err
	}
	b := &blocks{array: a, row: n / a.Shape()[0]}
	defer b.close()
	return b.each(yield)
}
