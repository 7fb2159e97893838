package hdf5

import "strings"

// Sequences are values of variable length, one sequence behind the other: the
// numbers of sequence i are those from Ends[i-1] (0 for the first) up to Ends[i].
// They read as those of an attribute do, and Shape begins with how many there are
// in all.
type Sequences struct {
	Ends []int
	elements
}

// Sequences reads values of variable length.
func (d *Dataset) Sequences() (*Sequences, error) {
	s, err := readAs(d, (*values).sequences)
	if err != nil {
		return nil, err
	}
	joined, err := join(d.valuesOf(nil), s)
	return joined, d.errorf(err)
}

// Sequences returns values of variable length.
func (e *elements) Sequences() (*Sequences, error) {
	s, err := valuesAs(e, (*values).sequences)
	if err != nil {
		return nil, err
	}
	joined, err := join(e.values(), s)
	return joined, e.f.at(e.path, err)
}

// Field returns one member of sequences of a compound type.
func (s *Sequences) Field(name string) (*Sequences, error) {
	e, err := s.field(name)
	return &Sequences{s.Ends, e}, err
}

// sequences finds the bytes of sequences. They stay where they are in memory.
func (v *values) sequences(dst []string) error {
	if v.typ.Class != Variable || v.typ.Text {
		return v.wrong("sequences")
	}
	return v.eachVariable(func(i int, stored string, n uint64) error {
		if size := uint64(v.typ.Base.Size); uint64(len(stored)) != n*size {
			return corrupt("a sequence of %d values of %d bytes in %d", n, size, len(stored))
		}
		dst[i] = stored
		return nil
	})
}

// eachVariable visits what is not empty of values of variable length: its bytes,
// and how many values these should be.
func (v *values) eachVariable(visit func(i int, stored string, n uint64) error) error {
	if want := 8 + v.f.offsetSize; v.typ.Size != want {
		return corrupt("references to values of variable length of %d bytes, should be %d", v.typ.Size, want)
	}
	d := v.f.decoder(v.raw)
	for i := range v.len() {
		size, address, index := d.uint(4), d.address(), d.uint(4)
		if address == 0 {
			continue
		}
		s, err := v.f.heapObject(address, index)
		if err != nil {
			return err
		}
		if err := visit(i, s, size); err != nil {
			return err
		}
	}
	return nil
}

func (v *values) variableStrings(dst []string) error {
	return v.eachVariable(func(i int, stored string, n uint64) error {
		if uint64(len(stored)) != n {
			return corrupt("a string of %d bytes, should have %d", len(stored), n)
		}
		dst[i] = strings.TrimRight(stored, "\x00")
		return nil
	})
}

// join puts the bytes of sequences behind each other. Each is stored for itself,
// so honest ones have no more bytes than the file.
func join(v *values, all []string) (*Sequences, error) {
	base := v.typ.Base
	s := &Sequences{Ends: make([]int, len(all))}
	n := 0
	for i, one := range all {
		if n += len(one); uint64(n) > v.f.size {
			return nil, corrupt("sequences of more bytes than the file has")
		}
		s.Ends[i] = n / base.Size
	}
	raw := make([]byte, 0, n)
	for _, one := range all {
		raw = append(raw, one...)
	}
	s.elements = elements{v.f, v.path, base, []uint64{uint64(n / base.Size)}, raw, wholeOf(base)}
	return s, nil
}
