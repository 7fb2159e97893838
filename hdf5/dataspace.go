package hdf5

import "slices"

// space is the extent of a data set or attribute.
type space struct {
	dims []uint64 // none: a scalar
	most []uint64 // what the dimensions can grow to; undefined: without end
	null bool     // no elements at all
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
		class := d.byte()
		s.null = class == 2
		if class > 2 || class != 1 && rank != 0 {
			return nil, corrupt("data of class %d and %d dimensions", class, rank)
		}
	default:
		return nil, unsupported("dataspace version %d", version)
	}
	if rank > maxRank {
		return nil, corrupt("data of %d dimensions", rank)
	}
	for range rank {
		s.dims = append(s.dims, d.length())
	}
	s.most = slices.Clone(s.dims)
	if flags&1 != 0 {
		for i := range rank {
			s.most[i] = d.limit()
		}
	}
	if d.err != nil {
		return nil, d.err
	}
	return s, s.check()
}

// limit reads the largest size of a dimension; all ones, of whatever width, are
// undefined: there is none.
func (d *decoder) limit() uint64 {
	v := d.length()
	if d.lengthSize < 8 && v == 1<<(8*d.lengthSize)-1 {
		return undefined
	}
	return v
}

func (s *space) check() error {
	for i, n := range s.dims {
		if n > 1<<62 {
			return corrupt("shape %v", s.dims)
		}
		if n > s.most[i] {
			return corrupt("shape %v, of which at most %v", s.dims, s.most)
		}
	}
	return nil
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
