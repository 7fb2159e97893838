package hdf5

// nbit is how the filter of that name has packed one element: the bits that its
// type uses, without those that pad it.
type nbit struct {
	class             uint32
	size              int // bytes of an element
	big               bool
	precision, offset int // atomic: the bits used
	base              *nbit
	members           []nbitMember
}

type nbitMember struct {
	offset int
	typ    *nbit
}

// Classes of nbit.
const (
	nbitAtomic   = 1
	nbitArray    = 2
	nbitCompound = 3
	nbitWhole    = 4 // bytes as they are
)

func (b *chunkBuffer) unNbit(p []uint32, limit uint64) error {
	if len(p) < 4 || uint64(p[0]) != uint64(len(p)) {
		return corrupt("nbit with parameters %v", p)
	}
	if p[1] != 0 { // nothing to be saved: stored as it was
		return nil
	}
	n := uint64(p[2])
	p = p[3:]
	t, err := newNbit(&p, 0)
	if err != nil {
		return err
	}
	if n*uint64(t.size) > limit {
		return corrupt("nbit: %d elements of %d bytes in a chunk of %d", n, t.size, limit)
	}
	from, to := b.turn(n * uint64(t.size))
	clear(to)
	r := &bitReader{b: from}
	for i := 0; i < len(to) && !r.short; i += t.size {
		t.unpack(to[i:i+t.size], r)
	}
	if r.short {
		return corrupt("nbit: a chunk ends early")
	}
	return nil
}

// newNbit takes the description of a type off the parameters.
func newNbit(p *[]uint32, depth int) (*nbit, error) {
	take := func() int {
		if len(*p) == 0 {
			return -1
		}
		v := (*p)[0]
		*p = (*p)[1:]
		return int(int32(v))
	}
	t := &nbit{class: uint32(take()), size: take()}
	if t.size <= 0 || depth > maxNesting {
		return nil, corrupt("nbit: a type of %d bytes, nested %d deep", t.size, depth)
	}
	var err error
	switch t.class {
	case nbitAtomic:
		order := take()
		t.big, t.precision, t.offset = order == 1, take(), take()
		if order != 0 && order != 1 {
			return nil, corrupt("nbit: a byte order %d", order)
		}
		if t.precision <= 0 || t.offset < 0 || t.precision > 8*t.size || t.offset > 8*t.size-t.precision {
			return nil, corrupt("nbit: %d bits at %d of a number of %d bytes", t.precision, t.offset, t.size)
		}
	case nbitArray:
		if t.base, err = newNbit(p, depth+1); err == nil && t.size%t.base.size != 0 {
			err = corrupt("nbit: an array of %d bytes of elements of %d", t.size, t.base.size)
		}
	case nbitCompound:
		n := take()
		if n < 1 {
			return nil, corrupt("nbit: a compound of %d members", n)
		}
		for range n {
			m := nbitMember{offset: take()}
			if m.typ, err = newNbit(p, depth+1); err != nil {
				return nil, err
			}
			if m.offset < 0 || m.typ.size > t.size || m.offset > t.size-m.typ.size {
				return nil, corrupt("nbit: a member lies outside its compound")
			}
			t.members = append(t.members, m)
		}
	case nbitWhole:
	default:
		err = corrupt("nbit: a type of class %d", t.class)
	}
	return t, err
}

// unpack restores one element, whose bytes are zero.
func (t *nbit) unpack(to []byte, r *bitReader) {
	switch t.class {
	case nbitAtomic:
		t.number(to, r)
	case nbitArray:
		for ; len(to) > 0 && !r.short; to = to[t.base.size:] {
			t.base.unpack(to[:t.base.size], r)
		}
	case nbitCompound:
		for _, m := range t.members {
			m.typ.unpack(to[m.offset:m.offset+m.typ.size], r)
		}
	case nbitWhole:
		for i := 0; i < len(to) && !r.short; i++ {
			to[i] = byte(r.next(8))
		}
	}
}

// number restores a number byte by byte, the most significant first.
func (t *nbit) number(to []byte, r *bitReader) {
	for high := t.offset + t.precision; high > t.offset; {
		low := max(t.offset, (high-1)&^7)
		at := low / 8
		if t.big {
			at = t.size - 1 - at
		}
		to[at] |= byte(r.next(high-low) << (low % 8))
		high = low
	}
}
