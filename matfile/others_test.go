package matfile

import (
	"bytes"
	"io"
	"slices"
	"testing"
)

// TestOthers shows what Python has put into a file with MATLAB's header, without
// MATLAB's classes, as HDF5 has it: no axes are reversed.
func TestOthers(t *testing.T) {
	f := openBytes(t, golden(t, "others"))
	for name, want := range map[string]string{
		"matrix": "2x3 double", "vector": "4 int16", "one": "one double", "yes": "2 logical", "names": "2 text",
		"z": "1 complex double", "group": "1x1 struct", "cells": "1x2 cell", "cells2": "1x2 cell",
	} {
		if a := array(t, f, name); a.String() != want || a.HasClass() {
			t.Errorf("%s is %v, want %s without a class", name, a, want)
		}
	}
	same(t, "matrix", must[[]float64](t)(array(t, f, "matrix").Float64s()), []float64{0, 1, 2, 3, 4, 5})
	same(t, "transposed", must[[]float64](t)(array(t, f, "matrix").Reversed().Float64s()), []float64{0, 3, 1, 4, 2, 5})
	same(t, "one", must[[]float64](t)(array(t, f, "one").Float64s()), []float64{7.5})
	same(t, "z", must[[]float64](t)(array(t, f, "z").Imag()), []float64{2})
	same(t, "second cell", must[[]float64](t)(must[*Array](t)(array(t, f, "cells").At(1)).Float64s()), []float64{0, 1})
	same(t, "cell never set", must[[]float64](t)(must[*Array](t)(array(t, f, "cells2").At(1)).Float64s()), nil)
	same(t, "field", must[[]float64](t)(must[*Array](t)(array(t, f, "group").Field("x")).Float64s()), []float64{1, 2})
	if got := must[[]string](t)(array(t, f, "names").Strings()); !slices.Equal(got, []string{"M1 001", "µ"}) {
		t.Errorf("names are %q", got)
	}
}

// counted counts the bytes that are read.
type counted struct {
	io.ReaderAt
	n int
}

func (c *counted) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, off)
	c.n += n
	return n, err
}

// TestUnpackedOnce reads cells in cells of a compressed variable that is too large to
// stay unpacked in memory: in their order, it is unpacked about once, not once a cell.
func TestUnpackedOnce(t *testing.T) {
	const n, cells = 16 << 10, 200
	values := tagged(miMATRIX, append(described(6, words(1, n), ""), tagged(miDOUBLE, make([]byte, 8*n))...))
	inner := tagged(miMATRIX, append(described(1, words(1, 1), ""), values...))
	head := described(1, words(1, cells), "x")
	b := level5File(compressed(t, uint32(len(head)+cells*len(inner)), bytes.NewReader(append(head, bytes.Repeat(inner, cells)...))))
	r := &counted{ReaderAt: bytes.NewReader(b)}
	f := must[*File](t)(NewReader(r, int64(len(b))))
	read := 0
	for c, err := range array(t, f, "x").All() {
		if err != nil {
			t.Fatal(err)
		}
		read += len(must[[]float64](t)(must[*Array](t)(c.At(0)).Float64s()))
	}
	if read != n*cells || r.n > 3*len(b)+1<<16 {
		t.Errorf("%d of %d values; %d bytes read of a file of %d", read, n*cells, r.n, len(b))
	}
}
