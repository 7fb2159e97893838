package matfile

import (
	"fmt"
	"strings"
)

// isLevel5 reports whether a header's version and byte order are those of level 5.
func isLevel5(head []byte) bool {
	switch string(head[124:128]) {
	case "\x00\x01IM", "\x01\x00MI":
		return true
	}
	return false
}

// open5 lists the variables of a level 5 file.
func (f *File) open5(head []byte) error {
	f.level, f.header = Level5, strings.TrimRight(string(head[:116]), " \x00\t\n")
	s := &section{src: f.r, size: f.size, big: head[126] == 'M'}
	for at := int64(headerSize); at < f.size; {
		end, err := f.variable5(s, at)
		if err != nil {
			f.damage = append(f.damage, err)
		}
		at = end
	}
	if len(f.names) == 0 && len(f.damage) > 0 {
		return fmt.Errorf("no variable can be read: %w", f.damage[0])
	}
	return nil
}

// variable5 notes the variable at a place, and says where the next one is.
func (f *File) variable5(s *section, at int64) (end int64, err error) {
	b, err := s.read(at, 8, at+8)
	if err != nil {
		return f.size, err
	}
	o := storage{big: s.big}.order()
	kind, n := o.Uint32(b), int64(o.Uint32(b[4:]))
	end = at + 8 + n
	switch kind {
	case miMATRIX:
		return end, f.note5(s, at+8, end)
	case miCOMPRESSED:
		p := &packed{f: f, at: at + 8, n: n}
		inner, err := f.unpacked(p, s.big)
		if err != nil {
			return end, fmt.Errorf("the variable at byte %d: %w", at, err)
		}
		return end, f.note5(inner, 8, p.size)
	}
	return end, s.corrupt(at, "an element of type %d and %d bytes where a variable should be", kind, n)
}

// unpacked opens a compressed variable as far as its size is known.
func (f *File) unpacked(p *packed, big bool) (*section, error) {
	s := &section{src: p, size: 8, big: big, packed: true}
	b, err := s.read(0, 8, 8)
	if err != nil {
		return nil, err
	}
	o := storage{big: big}.order()
	if kind := o.Uint32(b); kind != miMATRIX {
		return nil, s.corrupt(0, "an element of type %d where a variable should be", kind)
	}
	p.size = 8 + int64(o.Uint32(b[4:]))
	there := min(p.n, f.size-p.at)
	most := maxExpansion*there + headerSize
	if p.size > most && there == p.n {
		return nil, corrupt("%d bytes cannot unpack to the %d that it says", there, p.size)
	}
	s.size = min(p.size, most) // less where the file is cut
	return s, nil
}

// note5 notes the variable whose array is between two places. One without a name is
// MATLAB's own: the workspace of function handles.
func (f *File) note5(s *section, at, end int64) error {
	a, name, err := f.array5(s, at, end)
	switch {
	case name == "" && err != nil:
		return fmt.Errorf("the variable at %s: %w", s.place(at), err)
	case name == "":
		return nil
	case err != nil:
		f.add(name, variable{err: f.errorf(fmt.Errorf("%s: %w", name, err))})
		return nil
	}
	a.path = name
	f.add(name, variable{array: a})
	return nil
}
