package hdf5

import "testing"

// TestOldLayouts reads data sets laid out as HDF5 before 1.6 did.
func TestOldLayouts(t *testing.T) {
	root := open(t, golden(t, "layouts")).Root()
	want := rule(12, true)
	d := dataset(t, root, "contiguous")
	same(t, "contiguous", must[[]float64](t)(d.Float64s()), want)
	same(t, "shape", d.Shape(), []int{3, 4})
	same(t, "chunked", must[[]float64](t)(dataset(t, root, "chunked").Float64s()), want)
	same(t, "chunks", dataset(t, root, "chunked").ChunkShape(), []int{5})
}

// TestOldCompactLayout parses one, which no library writes any more.
func TestOldCompactLayout(t *testing.T) {
	d := dataset(t, open(t, golden(t, "layouts")).Root(), "contiguous")
	for _, c := range []struct {
		body []byte
		want error
	}{
		{[]byte{1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0}, nil},
		{[]byte{1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0}, ErrCorrupt},
		{[]byte{1, 9, 0, 0, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, ErrUnsupported},
	} {
		err := d.oldLayout(d.f.decoder(c.body))
		if c.want != nil {
			expectError(t, "layout", err, c.want)
			continue
		}
		d.space = &space{dims: []uint64{2}, most: []uint64{2}}
		same(t, "compact", must[[]int64](t)(d.Int64s()), []int64{1, 2})
	}
}
