package hdf5

import (
	"encoding/binary"
	"fmt"
	"unsafe"
)

// native returns the memory of dst if values lie in the file as Go has them in
// memory, one behind the other: then they are read where they are wanted. It is
// nil for all others, which are converted.
//
// Of 500 MB of spike times, read a unit at a time, the copy that this saves is a tenth
// of the time (go run ./internal/studies reading).
func native[T any](d *Dataset, dst []T) []byte {
	plain := d.layout.class == compact || d.layout.class == contiguous && !d.absent() || d.plainChunks()
	if !plain || !d.part.isAll(d.typ.Size) || !lastByteFirst() || !asInMemory(dst, d.part.typ) {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(dst))), len(dst)*d.typ.Size)
}

// plainChunks reports whether the chunks of a vector are stored as they are. Of
// more dimensions a chunk's rows are short: it is read whole.
func (d *Dataset) plainChunks() bool {
	return d.layout.class == chunked && len(d.filters) == 0 && len(d.space.dims) == 1
}

func asInMemory[T any](dst []T, t *Type) bool {
	if t.odd != "" || t.bits != nil || t.BigEndian {
		return false
	}
	switch any(dst).(type) {
	case []float64:
		return t.Class == Float && t.Size == 8
	case []float32:
		return t.Class == Float && t.Size == 4
	case []int64:
		return t.Class == Integer && t.Size == 8 && t.Signed
	}
	return false
}

// memoryOf returns the memory of numbers that lie there as a file is written, the last
// byte first: then they are written from where they are. It is nil for all others,
// which are converted.
func memoryOf(v any) []byte {
	if !lastByteFirst() {
		return nil
	}
	switch v := v.(type) {
	case []float32:
		return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), 4*len(v))
	case []float64:
		return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), 8*len(v))
	}
	return nil
}

// lastByteFirst reports whether this machine has the last byte first in memory, as
// most files have.
func lastByteFirst() bool { return binary.NativeEndian.Uint16([]byte{1, 0}) == 1 }

// nativePiece is how much one goroutine reads at a time.
const nativePiece = 256 << 10

// readNative reads what was written of the values, as they lie in the file.
func (d *Dataset) readNative(memory []byte) error {
	start, count := d.slab()
	if d.layout.class == chunked {
		return d.readPlainChunks(memory, start[0], count[0])
	}
	size := uint64(d.typ.Size)
	return d.eachRun(start, count, func(from, n, at uint64) error {
		most := max(1, nativePiece/size)
		return share((n+most-1)/most, func(_ *struct{}, i uint64) error {
			done := i * most
			piece := memory[(at+done)*size:][:min(most, n-done)*size]
			return d.readBytes(piece, (from+done)*size)
		})
	})
}

// readPlainChunks reads n elements of a vector, from one on.
func (d *Dataset) readPlainChunks(memory []byte, from, n uint64) error {
	index, size := d.layout.chunks, uint64(d.typ.Size)
	wanted := index.touching([]uint64{from}, []uint64{n})
	return share(uint64(len(wanted)), func(_ *struct{}, i uint64) error {
		c := wanted[i]
		first := c.position * index.shape[0]
		low, high := max(first, from), min(first+index.shape[0], from+n)
		err := d.f.inside(c.address, c.size)
		if err == nil && c.size != index.bytes {
			err = corrupt("a chunk has %d bytes, should have %d", c.size, index.bytes)
		}
		if err == nil {
			err = d.f.readInto(memory[(low-from)*size:(high-from)*size], c.address+(low-first)*size)
		}
		if err != nil {
			return fmt.Errorf("chunk [%d]: %w", c.position, err)
		}
		return nil
	})
}
