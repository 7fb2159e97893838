package hdf5

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

type number interface {
	~int64 | ~float32 | ~float64
}

// load converts the elements of raw, each of size bytes, as get reads them.
func load[D number, S int8 | uint8 | int16 | uint16 | int32 | uint32 | int64 | uint64 | float32 | float64](
	dst []D, raw []byte, size int, get func([]byte) S,
) {
	for i := range dst {
		dst[i] = D(get(raw[i*size:]))
	}
}

// convert turns numbers of a type into dst, with Go's own conversion.
func convert[D number](dst []D, raw []byte, t *Type) error {
	if t.Class == Enum {
		return convert(dst, raw, t.Base)
	}
	if !t.IsNumber() {
		if t.odd != "" {
			return unsupported("%s", t.odd)
		}
		return fmt.Errorf("%w: %v cannot be read as numbers", ErrType, t)
	}
	order := byteOrder(t)
	if t.Class == Float {
		switch t.Size {
		case 2:
			load(dst, raw, 2, func(b []byte) float32 { return halfToFloat(order.Uint16(b)) })
		case 4:
			load(dst, raw, 4, func(b []byte) float32 { return math.Float32frombits(order.Uint32(b)) })
		case 8:
			load(dst, raw, 8, func(b []byte) float64 { return math.Float64frombits(order.Uint64(b)) })
		}
		return nil
	}
	if t.Signed {
		loadSigned(dst, raw, t.Size, order)
	} else {
		loadUnsigned(dst, raw, t.Size, order)
	}
	return nil
}

func byteOrder(t *Type) binary.ByteOrder {
	if t.BigEndian {
		return binary.BigEndian
	}
	return le
}

func loadSigned[D number](dst []D, raw []byte, size int, order binary.ByteOrder) {
	switch size {
	case 1:
		load(dst, raw, 1, func(b []byte) int8 { return int8(b[0]) })
	case 2:
		load(dst, raw, 2, func(b []byte) int16 { return int16(order.Uint16(b)) })
	case 4:
		load(dst, raw, 4, func(b []byte) int32 { return int32(order.Uint32(b)) })
	case 8:
		load(dst, raw, 8, func(b []byte) int64 { return int64(order.Uint64(b)) })
	}
}

func loadUnsigned[D number](dst []D, raw []byte, size int, order binary.ByteOrder) {
	switch size {
	case 1:
		load(dst, raw, 1, func(b []byte) uint8 { return b[0] })
	case 2:
		load(dst, raw, 2, order.Uint16)
	case 4:
		load(dst, raw, 4, order.Uint32)
	case 8:
		load(dst, raw, 8, order.Uint64)
	}
}

// convertInt64 is convert for integers, and refuses what int64 cannot hold.
func convertInt64(dst []int64, raw []byte, t *Type) error {
	switch {
	case t.Class == Float:
		return wholeNumbers(dst, raw, t)
	case t.Size == 8 && !t.Signed:
		if err := convert(dst, raw, t); err != nil {
			return err
		}
		if i := slices.IndexFunc(dst, func(v int64) bool { return v < 0 }); i >= 0 {
			return fmt.Errorf("%w: element %d is %d, too large for int64", ErrRange, i, uint64(dst[i]))
		}
		return nil
	}
	return convert(dst, raw, t)
}

func wholeNumbers(dst []int64, raw []byte, t *Type) error {
	f := make([]float64, len(dst))
	if err := convert(f, raw, t); err != nil {
		return err
	}
	for i, v := range f {
		if v != math.Trunc(v) || v < -1<<63 || v >= 1<<63 {
			return fmt.Errorf("%w: element %d is %g, not a whole number of 64 bits", ErrRange, i, v)
		}
		dst[i] = int64(v)
	}
	return nil
}

// halfToFloat widens an IEEE 754 half-precision number.
func halfToFloat(h uint16) float32 {
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
