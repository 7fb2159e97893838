package matfile

import (
	"bytes"
	"fmt"
	"sync"
)

// elements5 are the elements of a cell or struct of level 5, one after another; those
// of a struct array by element, then by field.
type elements5 struct {
	f          *File
	s          *section
	start, end int64
	names      []string
	count      int // of arrays inside

	once   sync.Once
	places []int64 // of their tags
	err    error
}

// maxBare is how many elements a struct without fields may have, of which the file
// stores nothing.
const maxBare = 1 << 20

// elements reads the description of a cell's or struct's elements.
func (c *cursor) elements(a *Array) elements {
	e := &elements5{f: a.f, s: c.s, end: c.end, count: a.Len()}
	if a.class == Struct {
		e.names = c.fieldNames()
		if n := len(e.names); n > 0 && e.count > maxLen/n || n == 0 && e.count > maxBare {
			c.fail("a struct of %v elements with %d fields", a.dims, n)
		}
		e.count *= len(e.names)
	}
	e.start = c.at
	if left := c.end - c.at; c.err == nil && e.count == 0 && left >= 8 {
		c.fail("%d bytes are left over", left)
	}
	if room := (c.end - c.at) / 8; c.err == nil && int64(e.count) > room {
		c.fail("%d arrays inside, where at most %d have room", e.count, room)
	}
	if c.err == nil && int64(e.count) > (c.s.size-c.at)/8 {
		c.err = c.s.cut()
	}
	return e
}

// fieldNames reads the names of a struct's fields, each of the same room.
func (c *cursor) fieldNames() (names []string) {
	const most = 16 << 20
	room := c.ints()
	e := c.next()
	switch {
	case c.err != nil:
		return nil
	case len(room) != 1 || room[0] == 0 && e.size > 0 || e.size > most || e.size > 0 && e.size%int64(room[0]) != 0:
		c.fail("%d bytes of field names, of %v each", e.size, room)
		return nil
	case e.size > 0 && e.kind != miINT8 && e.kind != miUTF8:
		c.fail("an element of type %d where field names should be", e.kind)
		return nil
	}
	b, err := c.s.read(e.at, e.size, c.end)
	if c.err = err; err != nil {
		return nil
	}
	for ; len(b) > 0; b = b[room[0]:] {
		name, _, _ := bytes.Cut(b[:room[0]], []byte{0})
		names = append(names, string(name))
	}
	return unique(names)
}

// unique gives a second field of a name another, as SciPy does; MATLAB makes none.
func unique(names []string) []string {
	seen := make(map[string]int, len(names))
	for i, name := range names {
		if n := seen[name]; n > 0 {
			names[i] = fmt.Sprintf("_%d_%s", n, name)
		}
		seen[name]++
	}
	return names
}

func (e *elements5) fields() []string { return e.names }

// element opens an array inside.
func (e *elements5) element(i, field int) (*Array, error) {
	e.once.Do(func() { e.err = e.find() })
	if e.err != nil {
		return nil, e.err
	}
	if len(e.names) > 0 {
		i = i*len(e.names) + field
	}
	tag, err := e.s.element(e.places[i], e.end)
	if err != nil {
		return nil, err
	}
	if tag.size == 0 { // stands for []
		return &Array{f: e.f, class: Double, dims: []int{0, 0}, marked: true, re: stored{e.s, tag, storages[miDOUBLE]}}, nil
	}
	a, _, err := e.f.array5(e.s, tag.at, tag.at+tag.size)
	return a, err
}

// find looks up where the arrays inside are. Those of a compressed variable are
// unpacked on the way, and its checksum is compared.
func (e *elements5) find() error {
	if p, ok := e.s.src.(*packed); ok && int64(e.count)*8 > freeZeros+64*p.n {
		return fmt.Errorf("%w: %d arrays inside a variable of %d bytes", ErrTooLarge, e.count, p.n)
	}
	e.places = make([]int64, 0, e.count)
	at := e.start
	for range e.count {
		tag, err := e.s.element(at, e.end)
		if err != nil {
			return err
		}
		if tag.kind != miMATRIX {
			return e.s.corrupt(at, "an element of type %d where an array should be", tag.kind)
		}
		e.places = append(e.places, at)
		at = tag.next
	}
	if left := e.end - at; left >= 8 {
		return e.s.corrupt(at, "%d bytes are left over", left)
	}
	if p, ok := e.s.src.(*packed); ok {
		return p.check()
	}
	return nil
}
