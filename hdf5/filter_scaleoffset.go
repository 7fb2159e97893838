package hdf5

import (
	"encoding/binary"
	"math"
	"strconv"
)

// scaleOffset is the filter that stores numbers as what they are above the
// smallest of the chunk, in as few bits as all of them fit: integers as they are,
// floating point after it was multiplied by a power of ten and rounded.
type scaleOffset struct {
	factor int32 // integers: bits asked for; floating point: the power of ten
	n      uint64
	float  bool
	size   int // bytes of a number
	order  binary.ByteOrder
	filled bool   // one pattern of bits means the fill value
	fill   uint64 // the bits of that
	bits   int    // of a stored number
	min    uint64 // the bits of the smallest number
}

// scaleOffsetHead is what a chunk begins with: the number of bits, the width of the
// smallest number (8), the smallest number, and room that is not used.
const scaleOffsetHead = 21

func (b *chunkBuffer) unScaleOffset(p []uint32, limit uint64) error {
	s, err := newScaleOffset(p)
	if err != nil {
		return err
	}
	if !s.float && int(s.factor) == 8*s.size { // nothing to be saved: stored as it was
		return nil
	}
	if s.n*uint64(s.size) > limit || len(b.data) < scaleOffsetHead {
		return corrupt("scale-offset: %d numbers in a chunk of %d bytes, stored in %d", s.n, limit, len(b.data))
	}
	from, to := b.turn(s.n * uint64(s.size))
	s.bits, s.min = int(min(le.Uint32(from), 65)), le.Uint64(from[5:])
	if width := int(from[4]); width < 8 {
		s.min &= 1<<(8*width) - 1
	}
	if s.bits > 8*s.size {
		return corrupt("scale-offset: %d bits for numbers of %d bytes", s.bits, s.size)
	}
	return s.restore(to, from[scaleOffsetHead:])
}

func newScaleOffset(p []uint32) (*scaleOffset, error) {
	const integers = 2 // kind of scale
	if len(p) != 20 || p[0] != integers && p[0] != 0 || p[3] > 1 || (p[0] == integers) == (p[3] == 1) {
		return nil, corrupt("scale-offset with parameters %v", p)
	}
	s := &scaleOffset{
		factor: int32(p[1]), n: uint64(p[2]), float: p[3] == 1, size: int(p[4]), order: le,
		filled: p[7] == 1, fill: uint64(p[8]) | uint64(p[9])<<32,
	}
	if p[6] == 1 {
		s.order = binary.BigEndian
	}
	known := s.size == 4 || s.size == 8 || !s.float && (s.size == 1 || s.size == 2)
	if !known {
		return nil, corrupt("scale-offset of numbers of %d bytes", s.size)
	}
	return s, nil
}

// restore unpacks numbers. Where each has all of its bits they are stored whole, in
// little-endian order.
func (s *scaleOffset) restore(to, from []byte) error {
	r := &bitReader{b: from}
	value := s.integer
	if s.float {
		value = s.floating()
	}
	if s.bits == 8*s.size {
		return s.whole(to, from)
	}
	for i := 0; i < len(to); i += s.size {
		s.put(to[i:], value(r.next(s.bits)))
	}
	if r.short {
		return corrupt("scale-offset: a chunk ends early")
	}
	return nil
}

// whole copies numbers that have all of their bits.
func (s *scaleOffset) whole(to, from []byte) error {
	if len(from) < len(to) {
		return corrupt("scale-offset: a chunk ends early")
	}
	for i := 0; i < len(to); i += s.size {
		s.put(to[i:], littleEndian(from[i:i+s.size]))
	}
	return nil
}

// integer restores an integer, which may wrap around.
func (s *scaleOffset) integer(stored uint64) uint64 {
	if s.isFill(stored) {
		return s.fill
	}
	return stored + s.min
}

// isFill reports whether stored bits, all ones, stand for the fill value.
func (s *scaleOffset) isFill(stored uint64) bool { return s.filled && stored == 1<<s.bits-1 }

// floating restores floating point, in its own precision as the library does.
func (s *scaleOffset) floating() func(stored uint64) uint64 {
	exponent := "1e" + strconv.Itoa(int(s.factor))
	if s.size == 4 {
		power, _ := strconv.ParseFloat(exponent, 32) // out of range is infinite, as there
		power32, least := float32(power), math.Float32frombits(uint32(s.min))
		return func(stored uint64) uint64 {
			if s.isFill(stored) {
				return s.fill
			}
			return uint64(math.Float32bits(float32(float32(int32(stored))/power32) + least))
		}
	}
	power, _ := strconv.ParseFloat(exponent, 64)
	least := math.Float64frombits(s.min)
	return func(stored uint64) uint64 {
		if s.isFill(stored) {
			return s.fill
		}
		return math.Float64bits(float64(float64(int64(stored))/power) + least)
	}
}

// put writes the low bytes of v in the order of the data set's type.
func (s *scaleOffset) put(to []byte, v uint64) {
	switch s.size {
	case 1:
		to[0] = byte(v)
	case 2:
		s.order.PutUint16(to, uint16(v))
	case 4:
		s.order.PutUint32(to, uint32(v))
	case 8:
		s.order.PutUint64(to, v)
	}
}

func littleEndian(b []byte) (v uint64) {
	for i, x := range b {
		v |= uint64(x) << (8 * i)
	}
	return v
}
