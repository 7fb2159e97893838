package matfile

import (
	"encoding/binary"
	"fmt"
	"math"
	"sort"
	"sync"
)

// Entries are what a sparse matrix stores, in the order of MATLAB's find: column after
// column, down each. Numbers of rows and columns count from 0.
type Entries struct {
	Rows, Columns []int
	Values        []float64 // real parts
	Imag          []float64 // nil of real matrices
}

// Entries returns what a sparse matrix stores. Reversed makes no difference to it.
func (a *Array) Entries() (*Entries, error) {
	if a.sparse == nil {
		return nil, a.wrong("a sparse matrix")
	}
	c, err := a.sparse.columns()
	if err != nil {
		return nil, a.errorf(err)
	}
	e := &Entries{Rows: make([]int, len(c.row)), Columns: make([]int, len(c.row)), Values: c.re, Imag: c.im}
	for k := range len(c.start) - 1 {
		for i := c.start[k]; i < c.start[k+1]; i++ {
			e.Rows[i], e.Columns[i] = int(c.row[i]), k
		}
	}
	return e, nil
}

// triples are the entries of a sparse matrix, read when first asked for.
type triples struct {
	rows   int
	stored int64 // bytes in the file
	load   func() (*columns, error)

	once sync.Once
	c    *columns
	err  error
}

// columns are entries in compressed columns: those of column k are from start[k] to
// start[k+1].
type columns struct {
	start  []int
	row    []int32
	re, im []float64
}

func (t *triples) columns() (*columns, error) {
	t.once.Do(func() {
		if t.c, t.err = t.load(); t.err == nil {
			t.err = t.c.check(t.rows)
		}
	})
	return t.c, t.err
}

// check holds entries to what MATLAB writes: each place at most once, in order.
func (c *columns) check(rows int) error {
	if c.start[0] != 0 {
		return corrupt("a sparse matrix whose first column begins at entry %d", c.start[0])
	}
	for k := range len(c.start) - 1 {
		from, to := c.start[k], c.start[k+1]
		if to < from || to > len(c.row) {
			return corrupt("column %d of a sparse matrix has the entries %d to %d of %d", k+1, from, to, len(c.row))
		}
		for i := from; i < to; i++ {
			if r := int(c.row[i]); r < 0 || r >= rows || i > from && r <= int(c.row[i-1]) {
				return corrupt("column %d of a sparse matrix of %d rows has an entry in row %d, out of order", k+1, rows, r+1)
			}
		}
	}
	n := c.start[len(c.start)-1]
	if n > len(c.re) || c.im != nil && n > len(c.im) {
		return corrupt("a sparse matrix of %d entries with %d values", n, len(c.re))
	}
	c.row, c.re = c.row[:n], c.re[:n]
	if c.im != nil {
		c.im = c.im[:n]
	}
	return nil
}

// parts returns the real and imaginary parts of the whole matrix; nil for what it has
// not.
func (t *triples) parts(isComplex bool) (re, im numbers) {
	if t == nil {
		return nil, nil
	}
	if isComplex {
		im = full{t, true}
	}
	return full{t, false}, im
}

// full is a sparse matrix with all its zeros.
type full struct {
	t    *triples
	imag bool
}

func (f full) visit(from, n int, put func(at int, p piece) error) error {
	c, err := f.t.columns()
	if err != nil {
		return err
	}
	v := c.re
	if f.imag {
		v = c.im
	}
	raw := make([]byte, 8*min(n, pieceLen))
	for at := 0; at < n; at += pieceLen {
		part := raw[:8*min(n-at, pieceLen)]
		clear(part)
		c.fill(part, v, from+at, f.t.rows)
		if err := put(at, piece{raw: part, as: storage{kind: floating, size: 8}}); err != nil {
			return err
		}
	}
	return nil
}

// fill writes the values of entries that are in a piece, which begins with an element
// in column-major order.
func (c *columns) fill(piece []byte, v []float64, from, rows int) {
	end := from + len(piece)/8
	for k := from / rows; k < len(c.start)-1 && k*rows < end; k++ {
		of := c.row[c.start[k]:c.start[k+1]]
		i := sort.Search(len(of), func(i int) bool { return k*rows+int(of[i]) >= from })
		for ; i < len(of) && k*rows+int(of[i]) < end; i++ {
			at := k*rows + int(of[i]) - from
			binary.LittleEndian.PutUint64(piece[8*at:], math.Float64bits(v[c.start[k]+i]))
		}
	}
}

// sparse reads the description of a sparse matrix of level 5: the rows of entries,
// where columns begin among them, real and imaginary parts.
func (c *cursor) sparse(dims []int, isComplex bool) *triples {
	ir, jc, pr := c.next(), c.next(), c.next()
	pi := element{}
	if isComplex {
		pi = c.next()
	}
	switch {
	case c.err != nil:
		return nil
	case len(dims) != 2 || dims[1] >= math.MaxInt32 || jc.size < 4*int64(dims[1]+1):
		c.fail("a sparse array of shape %v with %d bytes of columns", dims, jc.size)
		return nil
	}
	s := c.s
	load := func() (*columns, error) {
		var l loader
		l.row = l.int32s(s, ir, ir.size/4)
		for _, n := range l.int32s(s, jc, int64(dims[1]+1)) {
			l.start = append(l.start, int(n))
		}
		l.re = l.values(s, pr)
		if isComplex {
			l.im = l.values(s, pi)
		}
		return &l.columns, l.err
	}
	return &triples{rows: dims[0], stored: ir.size + jc.size + pr.size + pi.size, load: load}
}

// loader reads the parts of a sparse matrix. Its first error stays.
type loader struct {
	columns
	err error
}

func (l *loader) int32s(s *section, e element, n int64) []int32 {
	if l.err == nil && e.kind != miINT32 && e.kind != miUINT32 {
		l.err = s.corrupt(e.at, "an element of type %d where the places of entries should be", e.kind)
	}
	wide := l.read(s, e, n)
	v := make([]int32, len(wide))
	for i, x := range wide {
		if x > math.MaxInt32 {
			l.err = s.corrupt(e.at, "entry %d in row or column %.0f", i, x)
		}
		v[i] = int32(x)
	}
	return v
}

// values reads those of entries. They may say that they are doubles, but be bytes:
// MATLAB writes logical values so.
func (l *loader) values(s *section, e element) []float64 {
	if e.kind == miDOUBLE && e.size == int64(len(l.row)) {
		e.kind = miUINT8
		v := l.read(s, e, e.size)
		for i := range v {
			v[i] = min(v[i], 1)
		}
		return v
	}
	kind, ok := storages[e.kind]
	if !ok {
		kind.size = 1
	}
	return l.read(s, e, e.size/int64(kind.size))
}

// read reads n numbers of an element.
func (l *loader) read(s *section, e element, n int64) []float64 {
	kind, ok := storages[e.kind]
	switch {
	case l.err != nil:
		return nil
	case !ok || e.size%int64(kind.size) != 0:
		l.err = s.corrupt(e.at, "an element of type %d and %d bytes where numbers should be", e.kind, e.size)
		return nil
	case e.at+e.size > s.size:
		l.err = s.cut()
		return nil
	}
	kind.big = s.big
	v := make([]float64, n)
	l.err = readAll(stored{s, e, kind}, 0, v)
	if l.err != nil {
		l.err = fmt.Errorf("%s: %w", s.place(e.at), l.err)
	}
	return v
}
