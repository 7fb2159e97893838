package matfile

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Array is one of MATLAB's arrays: a variable, an element of a cell, a field of a
// struct, or a view of one. Its description is known; its values and elements are
// read when asked for. Methods may be called from several goroutines at once.
type Array struct {
	f         *File
	path      string
	class     Class
	className string // of an object
	dims      []int  // MATLAB's: the first changes fastest in the file
	reversed  bool   // a view with the axes the other way round
	global    bool
	marked    bool
	depth     int // how many cells and structs it lies in

	re, im   numbers // nil if it has none
	text     func() ([]uint16, error)
	texts    func() ([]string, error) // of class Text
	sparse   *triples
	elements elements // of a cell or struct
	first    int      // of a struct taken from an array of them: which it is
}

// elements are what a cell or struct holds.
type elements interface {
	// fields returns the names of a struct's fields; none for a cell.
	fields() []string
	// element opens an element by its number in MATLAB's order and that of the
	// field. The array has neither path nor depth yet.
	element(i, field int) (*Array, error)
}

// numbers are values of one type, in MATLAB's order: the first dimension fastest.
type numbers interface {
	// visit reads n of them from one on, in pieces of at most pieceLen. at counts from
	// the first that was asked for; the next piece overwrites the one before.
	visit(from, n int, put func(at int, p piece) error) error
}

// piece is numbers as they lie in the file, or as package hdf5 has converted them.
type piece struct {
	raw []byte
	as  storage

	wide  []float64
	whole []int64
}

// len is how many numbers there are.
func (p piece) len() int {
	if p.raw != nil {
		return len(p.raw) / p.as.size
	}
	return len(p.wide) + len(p.whole)
}

// pieceLen is how many numbers are in memory as they lie in the file: 1 MiB of
// doubles.
const pieceLen = 1 << 17

// Path returns where the array was found, as MATLAB writes it: trials(3).spikes{2}.
func (a *Array) Path() string { return a.path }

// Class returns what MATLAB calls the elements' type.
func (a *Array) Class() Class { return a.class }

// ClassName returns the name of an object's class ("string", "table"), else that of
// Class.
func (a *Array) ClassName() string {
	if a.className != "" {
		return a.className
	}
	return string(a.class)
}

// Shape returns the sizes of the dimensions as MATLAB shows them: at least two, but of
// what other software wrote (HasClass) as many as HDF5 has.
func (a *Array) Shape() []int {
	s := slices.Clone(a.dims)
	if a.reversed {
		slices.Reverse(s)
	}
	return s
}

// Len returns how many elements the array has.
func (a *Array) Len() int { return product(a.dims) }

// IsComplex reports whether numbers have an imaginary part, which Imag returns.
func (a *Array) IsComplex() bool { return a.im != nil }

// IsSparse reports whether the array is stored as its entries other than 0.
func (a *Array) IsSparse() bool { return a.sparse != nil }

// IsGlobal reports whether the variable was global when it was saved.
func (a *Array) IsGlobal() bool { return a.global }

// HasClass reports whether the file says which class this is. Of arrays in a
// MATLAB 7.3 file that it does not say so of, other software has written them:
// their axes are then in HDF5's order, not reversed.
func (a *Array) HasClass() bool { return a.marked }

// Reversed returns a view of the array with its axes in reverse order: a matrix
// transposed. Reading it costs least, for its row-major order is MATLAB's
// column-major order, in which the values lie in the file.
func (a *Array) Reversed() *Array {
	v := *a
	v.reversed = !a.reversed
	return &v
}

// String describes the array as MATLAB's whos does: "23681x2 double".
func (a *Array) String() string {
	var b strings.Builder
	for i, n := range a.Shape() {
		if i > 0 {
			b.WriteByte('x')
		}
		b.WriteString(strconv.Itoa(n))
	}
	if len(a.dims) == 0 {
		b.WriteString("one")
	}
	if a.IsComplex() {
		b.WriteString(" complex")
	}
	if a.IsSparse() {
		b.WriteString(" sparse")
	}
	return b.String() + " " + a.ClassName()
}

// maxLen is how many elements an array may have: no file holds more, and their
// bytes can be counted by an int.
const maxLen = math.MaxInt >> 15

// product multiplies sizes; -1 if there are more elements than maxLen.
func product(dims []int) int {
	n := 1
	for _, d := range dims {
		if d == 0 {
			return 0
		}
	}
	for _, d := range dims {
		if n > maxLen/d {
			return -1
		}
		n *= d
	}
	return n
}

// inside completes an array that was found inside another one.
func (a *Array) inside(of *Array, path string) *Array {
	a.path, a.depth = path, of.depth+1
	return a
}

func (a *Array) wrong(want string) error {
	if a.class == Function || a.class == Object || a.class == Opaque {
		return a.errorf(a.notRead())
	}
	return a.errorf(fmt.Errorf("%w: %v cannot be read as %s", ErrType, a, want))
}
