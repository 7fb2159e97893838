package hdf5

import (
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/internal/numeric"
)

// convert turns numbers of a type into dst, with Go's own conversion.
func convert[D numeric.Number](dst []D, raw []byte, t *Type) error {
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
func convertBig[D numeric.Number](dst []D, raw []byte, t *Type) {
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
func convertLittle[D numeric.Number](dst []D, raw []byte, t *Type) {
	switch {
	case t.Class == Float:
		numeric.Floats(dst, raw, t.Size)
	case t.Signed:
		numeric.Signed(dst, raw, t.Size)
	default:
		numeric.Unsigned(dst, raw, t.Size)
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
