package hdf5

import (
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
		err := convert(dst, raw, t.Base)
		if t.IsBool() { // of any byte but 0, h5py makes 1
			for i, v := range dst {
				if v != 0 {
					dst[i] = 1
				}
			}
		}
		return err
	}
	if err := t.numeric(); err != nil {
		return err
	}
	switch {
	case t.bits != nil:
		convertOdd(dst, raw, t)
	case t.BigEndian && t.Size > 1:
		convertBig(dst, raw, t)
	default:
		convertLittle(dst, raw, t)
	}
	return nil
}

// numeric returns why elements cannot be read as numbers, if they cannot.
func (t *Type) numeric() error {
	switch {
	case t.IsNumber():
		return nil
	case t.odd != "":
		return unsupported("%s", t.odd)
	case t.Class == Enum:
		return t.Base.numeric()
	}
	return fmt.Errorf("%w: %v cannot be read as numbers", ErrType, t)
}

// convertBig converts big-endian numbers, a few at a time turned round.
func convertBig[D number](dst []D, raw []byte, t *Type) {
	var turned [4096]byte
	for n := 0; len(dst) > 0; dst = dst[n:] {
		n = min(len(dst), len(turned)/t.Size)
		for i := 0; i < n*t.Size; i += t.Size {
			for k := range t.Size {
				turned[i+k] = raw[i+t.Size-1-k]
			}
		}
		convertLittle(dst[:n], turned[:], t)
		raw = raw[n*t.Size:]
	}
}

// convertLittle converts little-endian numbers.
func convertLittle[D number](dst []D, raw []byte, t *Type) {
	switch {
	case t.Class == Float:
		loadFloats(dst, raw, t.Size)
	case t.Signed:
		loadSigned(dst, raw, t.Size)
	default:
		loadUnsigned(dst, raw, t.Size)
	}
}

func loadFloats[D number](dst []D, raw []byte, size int) {
	switch size {
	case 2:
		load(dst, raw, 2, func(b []byte) float32 { return halfToFloat(le.Uint16(b)) })
	case 4:
		load(dst, raw, 4, func(b []byte) float32 { return math.Float32frombits(le.Uint32(b)) })
	case 8:
		load(dst, raw, 8, func(b []byte) float64 { return math.Float64frombits(le.Uint64(b)) })
	}
}

func loadSigned[D number](dst []D, raw []byte, size int) {
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

func loadUnsigned[D number](dst []D, raw []byte, size int) {
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

// convertInt64 is convert for integers, and refuses what int64 cannot hold.
func convertInt64(dst []int64, v *values) error {
	switch {
	case v.typ.Class == Float:
		return wholeNumbers(dst, v)
	case v.typ.Size == 8 && !v.typ.Signed:
		if err := convert(dst, v.raw, v.typ); err != nil {
			return err
		}
		if i := slices.IndexFunc(dst, func(x int64) bool { return x < 0 }); i >= 0 {
			return fmt.Errorf("%w: element %d is %d, too large for int64", ErrRange, v.first+uint64(i), uint64(dst[i]))
		}
		return nil
	}
	return convert(dst, v.raw, v.typ)
}

// wholeNumbers converts floating point, a few at a time.
func wholeNumbers(dst []int64, v *values) error {
	var some [512]float64
	for from := 0; from < len(dst); from += len(some) {
		f := some[:min(len(some), len(dst)-from)]
		if err := convert(f, v.raw[from*v.typ.Size:], v.typ); err != nil {
			return err
		}
		for i, x := range f {
			if x != math.Trunc(x) || x < -1<<63 || x >= 1<<63 {
				return fmt.Errorf("%w: element %d is %g, not a whole number of 64 bits", ErrRange, v.first+uint64(from+i), x)
			}
			dst[from+i] = int64(x)
		}
	}
	return v.typ.numeric()
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
