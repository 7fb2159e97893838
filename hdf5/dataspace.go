package hdf5

// space is the extent of a data set or attribute.
type space struct {
	dims      []uint64 // none: a scalar
	unlimited []bool   // which dimensions can grow without end
	null      bool     // no elements at all
}

const maxRank = 32 // the format's own limit

func (f *File) readSpace(body []byte) (*space, error) {
	d := f.decoder(body)
	version, rank, flags := d.byte(), d.int(1), d.byte()
	s := &space{}
	switch version {
	case 1:
		d.skip(5)
	case 2:
		s.null = d.byte() == 2
	default:
		return nil, unsupported("dataspace version %d", version)
	}
	if rank > maxRank {
		return nil, corrupt("data of %d dimensions", rank)
	}
	for range rank {
		s.dims = append(s.dims, d.length())
	}
	s.unlimited = make([]bool, rank)
	for i := range rank {
		if flags&1 != 0 {
			s.unlimited[i] = d.length() == 1<<(8*f.lengthSize-1)<<1-1
		}
	}
	if d.err != nil {
		return nil, d.err
	}
	for _, n := range s.dims {
		if n > 1<<62 {
			return nil, corrupt("shape %v", s.dims)
		}
	}
	return s, nil
}

// count is the number of elements.
func (s *space) count() (uint64, error) {
	if s.null {
		return 0, nil
	}
	n, ok := product(s.dims)
	if !ok {
		return 0, corrupt("shape %v", s.dims)
	}
	return n, nil
}

func (s *space) shape() []int {
	shape := make([]int, len(s.dims))
	for i, n := range s.dims {
		shape[i] = int(n)
	}
	return shape
}
