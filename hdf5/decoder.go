package hdf5

import (
	"bytes"
	"math/bits"
)

// undefined is the address of something that was never allocated.
const undefined = ^uint64(0)

// decoder reads little-endian fields one after the other. The first field
// that does not fit sets err, and everything read after it is zero: callers
// read a whole structure and check err once, before they trust a value.
type decoder struct {
	b          []byte
	pos        int
	offsetSize int // bytes of an address
	lengthSize int // bytes of a length
	err        error
}

func (f *File) decoder(b []byte) *decoder {
	return &decoder{b: b, offsetSize: f.offsetSize, lengthSize: f.lengthSize}
}

// fail records an error unless there is one already.
func (d *decoder) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// remaining is how many bytes are left; none after an error, so that loops end.
func (d *decoder) remaining() int {
	if d.err != nil {
		return 0
	}
	return len(d.b) - d.pos
}

// bytes returns the next n bytes, or nil if there are not as many.
func (d *decoder) bytes(n uint64) []byte {
	if d.err != nil {
		return nil
	}
	if n > uint64(d.remaining()) {
		d.err = corrupt("a structure needs %d bytes and has %d", n, d.remaining())
		return nil
	}
	v := d.b[d.pos : d.pos+int(n) : d.pos+int(n)]
	d.pos += int(n)
	return v
}

func (d *decoder) skip(n int) { d.bytes(uint64(n)) }

// uint reads an unsigned integer of n <= 8 bytes.
func (d *decoder) uint(n int) uint64 {
	var v uint64
	for i, b := range d.bytes(uint64(n)) {
		v |= uint64(b) << (8 * i)
	}
	return v
}

// int reads an unsigned integer of n <= 4 bytes.
func (d *decoder) int(n int) int { return int(d.uint(n)) }

func (d *decoder) byte() byte { return byte(d.uint(1)) }

// address reads an address; all ones, of whatever width, are undefined.
func (d *decoder) address() uint64 {
	v := d.uint(d.offsetSize)
	if d.offsetSize < 8 && v == 1<<(8*d.offsetSize)-1 {
		return undefined
	}
	return v
}

// length reads the size of something in the file.
func (d *decoder) length() uint64 { return d.uint(d.lengthSize) }

// cstring reads a string ended by a zero byte.
func (d *decoder) cstring() string {
	n := bytes.IndexByte(d.b[d.pos:], 0)
	if n < 0 {
		d.fail(corrupt("a name has no end"))
		return ""
	}
	return string(bytes.TrimSuffix(d.bytes(uint64(n+1)), []byte{0}))
}

// byteWidth is the number of bytes needed to write n.
func byteWidth(n uint64) int { return (bits.Len64(max(n, 1)) + 7) / 8 }

// product multiplies sizes; ok is false if the result exceeds 2^62.
func product(sizes []uint64) (n uint64, ok bool) {
	n = 1
	for _, s := range sizes {
		hi, lo := bits.Mul64(n, s)
		if hi != 0 || lo > 1<<62 {
			return 0, false
		}
		n = lo
	}
	return n, true
}
