package npy

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

type number interface {
	~int64 | ~float32 | ~float64
}

var le = binary.LittleEndian

// numbers converts elements, with Go's own conversion. Big-endian ones are turned
// round in raw.
func numbers[D number](dst []D, raw []byte, t *Type) error {
	t.turn(raw)
	switch t.Kind {
	case Bool: // of any byte but 0, NumPy makes 1
		load(dst, raw, 1, func(b []byte) uint8 { return min(b[0], 1) })
	case Signed:
		signed(dst, raw, t.Size)
	case Unsigned:
		unsigned(dst, raw, t.Size)
	case Float:
		floats(dst, raw, t.Size)
	}
	return nil
}

// turn makes big-endian elements little-endian.
func (t *Type) turn(raw []byte) {
	if !t.BigEndian || t.Size == 1 {
		return
	}
	for i := 0; i < len(raw); i += t.Size {
		slices.Reverse(raw[i : i+t.Size])
	}
}

// load converts elements of size bytes each, as get reads them.
func load[D number, S int8 | uint8 | int16 | uint16 | int32 | uint32 | int64 | uint64 | float32 | float64](
	dst []D, raw []byte, size int, get func([]byte) S,
) {
	for i := range dst {
		dst[i] = D(get(raw[i*size:]))
	}
}

func signed[D number](dst []D, raw []byte, size int) {
	switch size {
	case 1:
		load(dst, raw, 1, func(b []byte) int8 { return int8(b[0]) })
	case 2:
		load(dst, raw, 2, func(b []byte) int16 { return int16(le.Uint16(b)) })
	case 4:
		load(dst, raw, 4, func(b []byte) int32 { return int32(le.Uint32(b)) })
	case 8:
		load(dst, raw, 8, func(b []byte) int64 { return int64(le.Uint64(b)) })
	}
}

func unsigned[D number](dst []D, raw []byte, size int) {
	switch size {
	case 1:
		load(dst, raw, 1, func(b []byte) uint8 { return b[0] })
	case 2:
		load(dst, raw, 2, le.Uint16)
	case 4:
		load(dst, raw, 4, le.Uint32)
	case 8:
		load(dst, raw, 8, le.Uint64)
	}
}

func floats[D number](dst []D, raw []byte, size int) {
	switch size {
	case 2:
		load(dst, raw, 2, func(b []byte) float32 { return half(le.Uint16(b)) })
	case 4:
		load(dst, raw, 4, func(b []byte) float32 { return math.Float32frombits(le.Uint32(b)) })
	case 8:
		load(dst, raw, 8, func(b []byte) float64 { return math.Float64frombits(le.Uint64(b)) })
	}
}

// integers is numbers for int64, and refuses what int64 cannot hold.
func integers(dst []int64, raw []byte, t *Type) error {
	if t.Kind == Float {
		return wholeNumbers(dst, raw, t)
	}
	err := numbers(dst, raw, t)
	if t.Kind == Unsigned && t.Size == 8 && err == nil {
		if i := slices.IndexFunc(dst, func(v int64) bool { return v < 0 }); i >= 0 {
			return fmt.Errorf("%w: a value is %d, too large for int64", ErrRange, uint64(dst[i]))
		}
	}
	return err
}

func wholeNumbers(dst []int64, raw []byte, t *Type) error {
	wide := make([]float64, len(dst))
	if err := numbers(wide, raw, t); err != nil {
		return err
	}
	for i, v := range wide {
		if v != math.Trunc(v) || v < -1<<63 || v >= 1<<63 {
			return fmt.Errorf("%w: a value is %g, not a whole number of 64 bits", ErrRange, v)
		}
		dst[i] = int64(v)
	}
	return nil
}

func bools(dst []bool, raw []byte, t *Type) error {
	for i := range dst {
		dst[i] = slices.ContainsFunc(raw[i*t.Size:(i+1)*t.Size], func(b byte) bool { return b != 0 })
	}
	return nil
}

// half widens an IEEE 754 half-precision number.
func half(h uint16) float32 {
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
