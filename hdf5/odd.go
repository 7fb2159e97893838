package hdf5

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/autolfads/autolfads/internal/numeric"
)

// oddNumber says where the parts of a number lie that no Go type has: integers of
// 12 bits in 16, long double of 80 bits in 128, bfloat16. Places and sizes are in
// bits, from the lowest of the little-endian number on.
type oddNumber struct {
	at, size               int // of an integer
	sign                   int
	exponentAt, exponent   int
	mantissaAt, mantissa   int
	bias                   int
	leadingOne             bool // before the mantissa, and not stored
	float, signed, turning bool // turning: big-endian
}

// maxOdd is the size of the largest of these numbers in bytes.
const maxOdd = 16

// oddInteger describes an integer that does not fill its bytes, or fills an odd
// number of them.
func (t *Type) oddInteger(at, size int) {
	if t.Size > 8 || size < 1 || at+size > 8*t.Size {
		t.odd = fmt.Sprintf("integer of %d bits in %d bytes", size, t.Size)
		return
	}
	t.bits = &oddNumber{at: at, size: size, signed: t.Signed, turning: t.BigEndian}
}

// oddFloat describes floating point that is none of Go's.
func (t *Type) oddFloat(n oddNumber, usual bool) {
	total := 8 * t.Size
	inside := n.sign < total && n.exponentAt+n.exponent <= total && n.mantissaAt+n.mantissa <= total
	if !usual || !inside || t.Size > maxOdd || n.exponent < 1 || n.exponent > 15 || n.mantissa < 1 || n.bias > 1<<15 {
		t.odd = fmt.Sprintf("floating point of %d bytes, exponent of %d bits, mantissa of %d", t.Size, n.exponent, n.mantissa)
		return
	}
	n.float, n.turning = true, t.BigEndian
	t.bits = &n
}

// convertOdd converts such numbers.
func convertOdd[D numeric.Number](dst []D, raw []byte, t *Type) {
	_, narrow := any(dst).([]float32)
	var b [maxOdd]byte
	for i := range dst {
		n := copy(b[:], raw[i*t.Size:(i+1)*t.Size])
		if t.bits.turning {
			slices.Reverse(b[:n])
		}
		switch {
		case t.bits.float:
			dst[i] = D(t.bits.value(&b, narrow))
		case t.bits.signed:
			shift := 64 - t.bits.size
			dst[i] = D(int64(bitsAt(&b, t.bits.at, t.bits.size)<<shift) >> shift)
		default:
			dst[i] = D(bitsAt(&b, t.bits.at, t.bits.size))
		}
	}
}

// bitsAt returns n <= 64 bits of a little-endian number.
func bitsAt(b *[maxOdd]byte, at, n int) (v uint64) {
	for i := n - 1; i >= 0; i-- {
		v = v<<1 | uint64(b[(at+i)/8]>>((at+i)%8)&1)
	}
	return v
}

// value is the number as float64, rounded to the nearest; or, if it is to become
// float32, so that rounding it again gives the nearest float32.
func (n *oddNumber) value(b *[maxOdd]byte, narrow bool) float64 {
	exponent := int(bitsAt(b, n.exponentAt, n.exponent))
	mantissa, rest := n.top(b)
	v := 0.0
	switch {
	case !n.leadingOne && exponent > 0 && mantissa>>63 == 0:
		v = math.NaN() // no number to a processor either: the stored one is missing
	case exponent == 1<<n.exponent-1:
		if v = math.Inf(1); n.fraction(mantissa) != 0 || rest {
			v = math.NaN()
		}
	case n.leadingOne && exponent > 0:
		rest = rest || mantissa&1 != 0
		v = rounded(1<<63|mantissa>>1, exponent-n.bias, rest, narrow)
	case n.leadingOne:
		v = rounded(mantissa, -n.bias, rest, narrow)
	default:
		v = rounded(mantissa, exponent-n.bias, rest, narrow)
	}
	if bitsAt(b, n.sign, 1) != 0 {
		v = -v
	}
	return v
}

// top returns the mantissa with its highest bit as the highest of 64, and whether
// there is something below these.
func (n *oddNumber) top(b *[maxOdd]byte) (mantissa uint64, rest bool) {
	if n.mantissa <= 64 {
		return bitsAt(b, n.mantissaAt, n.mantissa) << (64 - n.mantissa), false
	}
	below := n.mantissa - 64
	return bitsAt(b, n.mantissaAt+below, 64), bitsAt(b, n.mantissaAt, below) != 0
}

// fraction is what a mantissa has behind the leading one.
func (n *oddNumber) fraction(mantissa uint64) uint64 {
	if n.leadingOne {
		return mantissa
	}
	return mantissa << 1
}

// rounded returns m 2^(exponent-63) as float64. Of the bits that do not fit, and
// of the rest below m, the nearest is made; or, toOdd, the lowest bit that fits
// tells that there were some, so that the next rounding knows.
func rounded(m uint64, exponent int, rest, toOdd bool) float64 {
	if m == 0 {
		return 0
	}
	zeros := bits.LeadingZeros64(m)
	m <<= zeros
	exponent -= zeros
	const most, lowest = 53, -1022 // bits of a mantissa, exponent of the smallest normal number
	drop := 64 - most + max(0, lowest-exponent)
	if drop > 64 {
		drop, m, rest, exponent = 64, 0, true, lowest-most
	}
	kept, lost := m>>drop, m<<(64-drop)
	switch {
	case toOdd:
		if lost != 0 || rest {
			kept |= 1
		}
	case lost > 1<<63 || lost == 1<<63 && (rest || kept&1 != 0):
		kept++
	}
	return math.Ldexp(float64(kept), exponent-63+drop)
}
