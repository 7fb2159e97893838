package matfile

// Flags of an array.
const (
	flagLogical = 2
	flagGlobal  = 4
	flagComplex = 8
)

// cursor reads the elements of an array one after another. Its first error stays.
type cursor struct {
	s       *section
	at, end int64
	err     error
}

func (c *cursor) next() (e element) {
	if c.err == nil {
		e, c.err = c.s.element(c.at, c.end)
		c.at = e.next
	}
	return e
}

func (c *cursor) ints() (v []int) {
	if e := c.next(); c.err == nil {
		v, c.err = c.s.ints(e)
	}
	return v
}

func (c *cursor) name() (v string) {
	if e := c.next(); c.err == nil {
		v, c.err = c.s.name(e)
	}
	return v
}

func (c *cursor) fail(format string, args ...any) {
	if c.err == nil {
		c.err = c.s.corrupt(c.at, format, args...)
	}
}

// array5 reads the description of an array whose parts are between two places. If its
// name is known it is returned with an error, too.
func (f *File) array5(s *section, at, end int64) (a *Array, name string, err error) {
	c := &cursor{s: s, at: at, end: end}
	a = &Array{f: f, marked: true}
	flags, number := c.flags()
	a.class, a.global = classes[number], flags&flagGlobal != 0
	if a.class == "" {
		c.fail("class %d", number)
	}
	if a.class != Opaque {
		a.dims = c.shape()
	}
	name = c.name()
	if c.err != nil {
		return nil, name, c.err
	}
	a.content5(c, flags, number)
	return a, name, c.err
}

// flags reads an array's flags and the number of its class.
func (c *cursor) flags() (flags, class byte) {
	e := c.next()
	if c.err == nil && (e.kind != miUINT32 || e.size != 8) {
		c.fail("an element of type %d and %d bytes where an array's flags should be", e.kind, e.size)
	}
	if c.err != nil {
		return 0, 0
	}
	var b []byte
	if b, c.err = c.s.read(e.at, 4, c.end); c.err != nil {
		return 0, 0
	}
	word := storage{big: c.s.big}.order().Uint32(b)
	return byte(word >> 8), byte(word)
}

// shape reads the sizes of dimensions.
func (c *cursor) shape() []int {
	dims := c.ints()
	if c.err == nil && (len(dims) < 2 || product(dims) < 0) {
		c.fail("an array of shape %v", dims)
	}
	return dims
}

// content5 reads the description of what an array holds.
func (a *Array) content5(c *cursor, flags, number byte) {
	isSparse := number == 5
	if flags&flagLogical != 0 && a.class.IsNumber() {
		a.class = Logical
	}
	isComplex := flags&flagComplex != 0
	switch {
	case a.class == Function:
		return
	case a.class == Opaque:
		a.dims = []int{1, 1}
		_ = c.name() // of the system of objects
		a.className = c.name()
		return
	case a.class == Object:
		a.className = c.name()
		return
	case a.class == Cell || a.class == Struct:
		a.elements = c.elements(a)
		return
	case a.class == Char:
		a.text = c.text(a.Len())
	case isSparse:
		a.sparse = c.sparse(a.dims, isComplex)
		a.re, a.im = a.sparse.parts(isComplex)
	default:
		a.re = c.numbers(a.Len())
		if isComplex {
			a.im = c.numbers(a.Len())
		}
	}
	if c.err == nil && c.at < c.end-7 {
		c.fail("%d bytes are left over", c.end-c.at)
	}
}

// numbers reads the description of n numbers.
func (c *cursor) numbers(n int) numbers {
	e := c.next()
	kind, ok := storages[e.kind]
	switch {
	case c.err != nil:
	case !ok:
		c.fail("an element of type %d where numbers should be", e.kind)
	case e.size != int64(n*kind.size):
		c.fail("%d bytes of numbers of %d bytes each, should be %d of them", e.size, kind.size, n)
	}
	kind.big = c.s.big
	return stored{c.s, e, kind}
}
