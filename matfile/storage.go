package matfile

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/internal/numeric"
)

// storage is how a number lies in the file: not always as wide as its class, for
// MATLAB writes doubles that are whole and small as bytes.
type storage struct {
	kind kind
	size int // bytes
	big  bool
}

type kind byte

const (
	signed kind = iota
	unsigned
	floating
)

func (s storage) order() binary.ByteOrder {
	if s.big {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// convert turns a piece into dst, which is as long.
func convert[D numeric.Number](dst []D, p piece) {
	switch {
	case p.wide != nil:
		cast(dst, p.wide)
	case p.whole != nil:
		cast(dst, p.whole)
	case p.as.kind == signed:
		loadSigned(dst, p.raw, p.as)
	case p.as.kind == unsigned:
		loadUnsigned(dst, p.raw, p.as)
	default:
		loadFloats(dst, p.raw, p.as)
	}
}

func cast[D, S numeric.Number](dst []D, from []S) {
	for i, v := range from {
		dst[i] = D(v)
	}
}

func loadSigned[D numeric.Number](dst []D, raw []byte, s storage) {
	switch o := s.order(); s.size {
	case 1:
		numeric.Load(dst, raw, 1, func(b []byte) int8 { return int8(b[0]) })
	case 2:
		numeric.Load(dst, raw, 2, func(b []byte) int16 { return int16(o.Uint16(b)) })
	case 4:
		numeric.Load(dst, raw, 4, func(b []byte) int32 { return int32(o.Uint32(b)) })
	case 8:
		numeric.Load(dst, raw, 8, func(b []byte) int64 { return int64(o.Uint64(b)) })
	}
}

func loadUnsigned[D numeric.Number](dst []D, raw []byte, s storage) {
	switch o := s.order(); s.size {
	case 1:
		numeric.Load(dst, raw, 1, func(b []byte) uint8 { return b[0] })
	case 2:
		numeric.Load(dst, raw, 2, o.Uint16)
	case 4:
		numeric.Load(dst, raw, 4, o.Uint32)
	case 8:
		numeric.Load(dst, raw, 8, o.Uint64)
	}
}

func loadFloats[D numeric.Number](dst []D, raw []byte, s storage) {
	switch {
	case s.size == 4:
		o := s.order()
		numeric.Load(dst, raw, 4, func(b []byte) float32 { return math.Float32frombits(o.Uint32(b)) })
	case s.big:
		numeric.Load(dst, raw, 8, func(b []byte) float64 { return math.Float64frombits(binary.BigEndian.Uint64(b)) })
	default: // what nearly every file has, without a call for each number
		numeric.Load(dst, raw, 8, func(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) })
	}
}

// convertWhole is convert for integers, and refuses what int64 cannot hold.
func convertWhole(dst []int64, p piece) error {
	if p.wide != nil || p.raw != nil && p.as.kind == floating {
		return wholeNumbers(dst, p)
	}
	convert(dst, p)
	if p.raw != nil && p.as.kind == unsigned && p.as.size == 8 {
		for _, v := range dst {
			if v < 0 {
				return fmt.Errorf("%w: %d is too large for int64", ErrRange, uint64(v))
			}
		}
	}
	return nil
}

func wholeNumbers(dst []int64, p piece) error {
	wide := make([]float64, len(dst))
	convert(wide, p)
	for i, v := range wide {
		if v != math.Trunc(v) || v < -1<<63 || v >= 1<<63 {
			return fmt.Errorf("%w: %g is not a whole number of 64 bits", ErrRange, v)
		}
		dst[i] = int64(v)
	}
	return nil
}
