package hdf5

import (
	"encoding/binary"
	"math/bits"
)

var le = binary.LittleEndian

// verify is checksum, except in tests that must get past it.
var verify = checksum

// sumSize is the size of a checksum.
const sumSize = 4

// checksum verifies a structure whose last four bytes are its checksum.
func checksum(what string, b []byte) error {
	if len(b) < sumSize {
		return corrupt("%s has no checksum", what)
	}
	n := len(b) - sumSize
	if got, want := lookup3(b[:n]), le.Uint32(b[n:]); got != want {
		return corrupt("%s has checksum %08x, should be %08x", what, got, want)
	}
	return nil
}

// lookup3 is Bob Jenkins's hash of that name (hashlittle with initial value
// zero), the checksum of HDF5 metadata.
func lookup3(k []byte) uint32 {
	a := uint32(0xdeadbeef) + uint32(len(k))
	b, c := a, a
	for len(k) > 12 {
		a += le.Uint32(k)
		b += le.Uint32(k[4:])
		c += le.Uint32(k[8:])
		a, b, c = lookup3Mix(a, b, c)
		k = k[12:]
	}
	if len(k) == 0 {
		return c
	}
	var tail [12]byte
	copy(tail[:], k)
	a += le.Uint32(tail[:])
	b += le.Uint32(tail[4:])
	c += le.Uint32(tail[8:])
	return lookup3Final(a, b, c)
}

func lookup3Mix(a, b, c uint32) (uint32, uint32, uint32) {
	a = (a - c) ^ bits.RotateLeft32(c, 4)
	c += b
	b = (b - a) ^ bits.RotateLeft32(a, 6)
	a += c
	c = (c - b) ^ bits.RotateLeft32(b, 8)
	b += a
	a = (a - c) ^ bits.RotateLeft32(c, 16)
	c += b
	b = (b - a) ^ bits.RotateLeft32(a, 19)
	a += c
	c = (c - b) ^ bits.RotateLeft32(b, 4)
	b += a
	return a, b, c
}

func lookup3Final(a, b, c uint32) uint32 {
	c = (c ^ b) - bits.RotateLeft32(b, 14)
	a = (a ^ c) - bits.RotateLeft32(c, 11)
	b = (b ^ a) - bits.RotateLeft32(a, 25)
	c = (c ^ b) - bits.RotateLeft32(b, 16)
	a = (a ^ c) - bits.RotateLeft32(c, 4)
	b = (b ^ a) - bits.RotateLeft32(a, 14)
	c = (c ^ b) - bits.RotateLeft32(b, 24)
	return c
}

// fletcher32 is the checksum of the filter of that name: Fletcher's sum over
// big-endian 16-bit words.
func fletcher32(b []byte) uint32 {
	var sum1, sum2 uint32
	fold := func(x uint32) uint32 { return x&0xffff + x>>16 }
	for ; len(b) > 1; b = b[2:] {
		sum1 = fold(sum1 + uint32(binary.BigEndian.Uint16(b)))
		sum2 = fold(sum2 + sum1)
	}
	if len(b) == 1 {
		sum1 = fold(sum1 + uint32(b[0])<<8)
		sum2 = fold(sum2 + sum1)
	}
	return fold(sum2)<<16 | fold(sum1)
}
