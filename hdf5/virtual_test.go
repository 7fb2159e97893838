package hdf5

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestVirtual reads virtual data sets as h5py did when it made them: whole, in
// slabs and in rows.
func TestVirtual(t *testing.T) {
	f := beside(t)
	b := must[[]byte](t)(os.ReadFile(filepath.Join(f.folder.path, "virtual.npy")))
	var want []float64
	for b = b[128:]; len(b) > 0; b = b[8:] {
		want = append(want, must[[]float64](t)(valuesOf8(b[:8]))...)
	}
	for _, name := range []string{"whole", "stacked", "parts", "row", "holes"} {
		d := dataset(t, f.Root(), "virtual/"+name)
		got := must[[]float64](t)(d.Float64s())
		if !slices.Equal(got, want[:len(got)]) {
			t.Errorf("%s: got %v, want %v", name, got, want[:len(got)])
		}
		want = want[len(got):]
		expectRows(t, name, d)
		expectInnerSlab(t, name, d, got)
	}
	if len(want) > 0 {
		t.Errorf("%d more values", len(want))
	}
}

func valuesOf8(b []byte) ([]float64, error) {
	v := make([]float64, 1)
	return v, convert(v, b, &Type{Class: Float, Size: 8, Signed: true})
}

// expectInnerSlab reads all but the first along each dimension.
func expectInnerSlab(t *testing.T, name string, d *Dataset, all []float64) {
	t.Helper()
	shape := d.Shape()
	start, count := make([]int, len(shape)), make([]int, len(shape))
	dims := make([]uint64, len(shape))
	for i, n := range shape {
		start[i], count[i], dims[i] = 1, n-1, uint64(n)
	}
	var want []float64
	for i, v := range all {
		if place := unravel(uint64(i), dims); !slices.Contains(place, 0) {
			want = append(want, v)
		}
	}
	slab := must[*Dataset](t)(d.Slab(start, count))
	same(t, name+" slab", must[[]float64](t)(slab.Float64s()), want)
}

func TestVirtualErrors(t *testing.T) {
	f := beside(t)
	for name, want := range map[string]struct {
		kind error
		part string
	}{
		"steps":    {ErrUnsupported, "boxes, not one. Copy its values into one file: python3 -c"},
		"missing":  {ErrCorrupt, "missing.h5 is not there. Put it into the folder"},
		"outside":  {ErrUnsupported, "is not in its folder"},
		"narrow":   {ErrUnsupported, "values of type float32 out of float64"},
		"words":    {ErrUnsupported, "refer to others"},
		"virtual":  {ErrUnsupported, "virtual"},
		"reshaped": {ErrUnsupported, "a box of shape [24] out of one of shape [4 6]"},
	} {
		d, err := f.Root().Dataset("virtual/" + name)
		if err == nil {
			_, err = d.Raw()
		}
		expectError(t, name, err, want.kind)
		if err != nil && !strings.Contains(err.Error(), want.part) {
			t.Errorf("%s: %q does not say %q", name, err, want.part)
		}
	}
}

// TestHostileVirtual refuses sources that would give more than there is.
func TestHostileVirtual(t *testing.T) {
	f := beside(t)
	d := dataset(t, f.Root(), "virtual/whole")
	m := d.layout.sources[0]
	for range 10 {
		d.layout.sources = append(d.layout.sources, m)
	}
	_, err := d.Float64s()
	expectError(t, "the same again and again", err, ErrCorrupt)
	d.layout.sources = []mapping{m}
	d.space = &space{dims: []uint64{1 << 30, 1 << 20}, most: []uint64{1 << 30, 1 << 20}}
	_, err = d.Float64s()
	expectError(t, "mostly never written", err, ErrTooLarge)
	m.from = box{Block: Block{[]int{2, 3}, []int{4, 6}}}
	d.layout.sources = []mapping{m}
	_, err = d.Float64s()
	expectError(t, "a source that is smaller", err, ErrRange)
}
