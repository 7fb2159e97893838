// Package numeric converts numbers from how they lie in files, little-endian, to
// Go's: what readers of HDF5, NumPy's and MATLAB's files have in common.
package numeric

import (
	"encoding/binary"
	"math"
)

// Number is a type that numbers are converted to.
type Number interface{ ~int64 | ~float32 | ~float64 }

// Stored is a type that numbers have in files.
type Stored interface {
	int8 | uint8 | int16 | uint16 | int32 | uint32 | int64 | uint64 | float32 | float64
}

var le = binary.LittleEndian

// Load converts the elements of raw, each of size bytes, as get reads them, with
// Go's own conversion: as many as dst has room for, which raw must have.
func Load[D Number, S Stored](dst []D, raw []byte, size int, get func([]byte) S) {
	for i := range dst {
		dst[i] = D(get(raw[i*size:]))
	}
}

// Signed converts integers of 1, 2, 4 or 8 bytes, in two's complement.
func Signed[D Number](dst []D, raw []byte, size int) {
	switch size {
	case 1:
		Load(dst, raw, 1, func(b []byte) int8 { return int8(b[0]) })
	case 2:
		Load(dst, raw, 2, func(b []byte) int16 { return int16(le.Uint16(b)) })
	case 4:
		Load(dst, raw, 4, func(b []byte) int32 { return int32(le.Uint32(b)) })
	case 8:
		Load(dst, raw, 8, func(b []byte) int64 { return int64(le.Uint64(b)) })
	}
}

// Unsigned converts integers of 1, 2, 4 or 8 bytes. Those beyond int64 wrap around
// if they are to become that.
func Unsigned[D Number](dst []D, raw []byte, size int) {
	switch size {
	case 1:
		Load(dst, raw, 1, func(b []byte) uint8 { return b[0] })
	case 2:
		Load(dst, raw, 2, le.Uint16)
	case 4:
		Load(dst, raw, 4, le.Uint32)
	case 8:
		Load(dst, raw, 8, le.Uint64)
	}
}

// Floats converts floating point of IEEE 754, of 2, 4 or 8 bytes.
func Floats[D Number](dst []D, raw []byte, size int) {
	switch size {
	case 2:
		Load(dst, raw, 2, func(b []byte) float32 { return Half(le.Uint16(b)) })
	case 4:
		Load(dst, raw, 4, func(b []byte) float32 { return math.Float32frombits(le.Uint32(b)) })
	case 8:
		Load(dst, raw, 8, func(b []byte) float64 { return math.Float64frombits(le.Uint64(b)) })
	}
}

// Half widens an IEEE 754 half-precision number.
func Half(h uint16) float32 {
	sign := uint32(h>>15) << 31
	exponent, mantissa := uint32(h>>10&31), uint32(h&1023)
	switch exponent {
	case 0: // zero or subnormal: mantissa * 2^-24
		v := float32(mantissa) * (1.0 / (1 << 24))
		return math.Float32frombits(math.Float32bits(v) | sign)
	case 31: // infinity or NaN
		return math.Float32frombits(sign | 0xff<<23 | mantissa<<13)
	}
	return math.Float32frombits(sign | (exponent+112)<<23 | mantissa<<13)
}
