package matfile

import (
	"fmt"
	"iter"

	"github.com/autolfads/autolfads/internal/numeric"
)

// Float64s returns the values as float64, in row-major order of Shape: the last
// index changes fastest, as in Go and NumPy. Of complex numbers these are the real
// parts; of sparse arrays all elements, also those that are 0.
func (a *Array) Float64s() ([]float64, error) { return floats[float64](a, a.re) }

// Float32s is Float64s, rounded to the nearest float32.
func (a *Array) Float32s() ([]float32, error) { return floats[float32](a, a.re) }

// Imag returns the imaginary parts as Float64s does the real ones; 0 for real
// numbers.
func (a *Array) Imag() ([]float64, error) {
	if a.im == nil && a.re != nil {
		if err := a.fits(a.Len()); err != nil {
			return nil, a.errorf(err)
		}
		return make([]float64, a.Len()), nil
	}
	return floats[float64](a, a.im)
}

// Int64s returns the values as int64, in the order of Float64s. Stored floating
// point must be whole; what int64 cannot hold gives ErrRange.
func (a *Array) Int64s() ([]int64, error) {
	return values(a, a.re, "integers", convertWhole)
}

// Bools returns numbers or logicals as true where they are not 0, in the order of
// Float64s. Not a number is true.
func (a *Array) Bools() ([]bool, error) {
	v, err := a.Float64s()
	if err != nil {
		return nil, err
	}
	b := make([]bool, len(v))
	for i := range v {
		b[i] = v[i] != 0
	}
	return b, nil
}

// Float64Blocks yields the values in MATLAB's column-major order (the row-major
// order of Reversed), in blocks of at most 1 MiB: what is too large to hold. The
// next block overwrites it. An error comes last.
func (a *Array) Float64Blocks() iter.Seq2[[]float64, error] {
	return func(yield func([]float64, error) bool) {
		if !a.class.IsNumber() || a.re == nil {
			yield(nil, a.wrong("numbers"))
			return
		}
		if err := a.fits(a.Len()); err != nil {
			yield(nil, a.errorf(err))
			return
		}
		block := make([]float64, min(pieceLen, a.Len()))
		err := a.re.visit(0, a.Len(), func(_ int, p piece) error {
			part := block[:p.len()]
			convert(part, p)
			if !yield(part, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && err != errEnough {
			yield(nil, a.errorf(err))
		}
	}
}

// errEnough ends a visit whose visitor has seen enough.
var errEnough = fmt.Errorf("enough")

// Columns returns a view of a part: of the last dimension as MATLAB shows it, the
// places from one on and before another. They lie side by side in the file, so that
// reading a column of a matrix reads nothing else.
func (a *Array) Columns(from, to int) (*Array, error) {
	last := len(a.dims) - 1
	switch {
	case a.re == nil || last < 0:
		return nil, a.wrong("columns of numbers")
	case from < 0 || to < from || to > a.dims[last]:
		return nil, a.errorf(fmt.Errorf("%w: columns %d to %d of %v", ErrRange, from, to, a))
	}
	v := *a
	v.dims = append(append([]int{}, a.dims[:last]...), to-from)
	skip := from * product(a.dims[:last])
	v.re, v.im, v.sparse = columnsOf(a.re, skip), nil, nil
	if a.im != nil {
		v.im = columnsOf(a.im, skip)
	}
	return &v, nil
}

// window is numbers from one of them on.
type window struct {
	numbers
	skip int
}

// columnsOf returns numbers from one of them on, also of those that are so already.
func columnsOf(n numbers, skip int) window {
	if w, ok := n.(window); ok {
		n, skip = w.numbers, skip+w.skip
	}
	return window{n, skip}
}

func (w window) visit(from, n int, put func(at int, p piece) error) error {
	return w.numbers.visit(w.skip+from, n, put)
}

func floats[T float32 | float64](a *Array, n numbers) ([]T, error) {
	return values(a, n, "numbers", func(dst []T, p piece) error {
		convert(dst, p)
		return nil
	})
}

// values reads all of some numbers, into the result and a piece at a time.
func values[T numeric.Number](a *Array, n numbers, want string, into func([]T, piece) error) ([]T, error) {
	if !a.class.IsNumber() || n == nil {
		return nil, a.wrong(want)
	}
	if err := a.fits(a.Len()); err != nil {
		return nil, a.errorf(err)
	}
	dst := make([]T, a.Len())
	if a.plain() {
		return dst, a.errorf(n.visit(0, len(dst), func(at int, p piece) error {
			return into(dst[at:at+p.len()], p)
		}))
	}
	room := make([]T, min(pieceLen, len(dst)))
	to := newScatter(dst, a.dims)
	return dst, a.errorf(n.visit(0, len(dst), func(at int, p piece) error {
		part := room[:p.len()]
		if err := into(part, p); err != nil {
			return err
		}
		to.put(at, part)
		return nil
	}))
}

// readAll reads as many numbers as dst has room for, from one on.
func readAll(n numbers, from int, dst []float64) error {
	return n.visit(from, len(dst), func(at int, p piece) error {
		convert(dst[at:at+p.len()], p)
		return nil
	})
}

// plain reports whether the order of the view is that of the file.
func (a *Array) plain() bool {
	long := 0
	for _, d := range a.dims {
		if d != 1 {
			long++
		}
	}
	return a.reversed || long <= 1
}

// freeZeros is how many bytes of zeros a sparse array may become without the file
// having entries for them.
const freeZeros = 64 << 20

// fits refuses, before there is memory for n numbers of the array, what the file does
// not hold; of a sparse array, zeros that its entries do not justify.
func (a *Array) fits(n int) error {
	re := a.re
	if w, ok := re.(window); ok {
		re = w.numbers
	}
	switch re := re.(type) {
	case stored:
		if re.s != nil && re.e.at+re.e.size > re.s.size {
			return re.s.cut()
		}
	case full:
		if n < 0 || 8*int64(n) > freeZeros+maxExpansion*re.t.stored {
			return fmt.Errorf("%w: a sparse array of %v elements with few entries. Ask for the entries (Entries)", ErrTooLarge, a.Shape())
		}
	}
	return nil
}
