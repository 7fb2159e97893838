package hdf5

import "math/bits"

// bitReader reads numbers of any width, most significant bit first.
type bitReader struct {
	b     []byte
	bits  uint64 // read from b and not yet given, at the top
	have  int    // how many
	short bool   // something was asked for behind the end: it was zeros
}

func (r *bitReader) fill() {
	for r.have <= 56 && len(r.b) > 0 {
		r.bits |= uint64(r.b[0]) << (56 - r.have)
		r.b = r.b[1:]
		r.have += 8
	}
}

// next reads a number of n <= 64 bits.
func (r *bitReader) next(n int) uint64 {
	if n > 32 {
		high := r.next(n - 32)
		return high<<32 | r.next(32)
	}
	if r.have < n {
		r.fill()
	}
	if n == 0 || r.have < n {
		r.short = r.short || r.have < n
		return 0
	}
	v := r.bits >> (64 - n)
	r.bits <<= n
	r.have -= n
	return v
}

// zeros counts the zeros before the next one, and passes it.
func (r *bitReader) zeros() (n int) {
	for {
		if r.have == 0 {
			r.fill()
		}
		if r.have == 0 {
			r.short = true
			return n
		}
		z := min(bits.LeadingZeros64(r.bits), r.have)
		n += z
		if z < r.have {
			r.bits <<= z + 1
			r.have -= z + 1
			return n
		}
		r.bits, r.have = 0, 0
	}
}
