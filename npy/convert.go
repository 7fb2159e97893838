package npy

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/internal/numeric"
)

var le = binary.LittleEndian

// numbers converts elements, with Go's own conversion. Big-endian ones are turned
// round in raw.
func numbers[D numeric.Number](dst []D, raw []byte, t *Type) error {
	t.turn(raw)
	switch t.Kind {
	case Bool: // of any byte but 0, NumPy makes 1
		numeric.Load(dst, raw, 1, func(b []byte) uint8 { return min(b[0], 1) })
	case Signed:
		numeric.Signed(dst, raw, t.Size)
	case Unsigned:
		numeric.Unsigned(dst, raw, t.Size)
	case Float:
		numeric.Floats(dst, raw, t.Size)
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
