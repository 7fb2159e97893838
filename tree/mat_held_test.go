package tree

import (
	"runtime"
	"runtime/debug"
	"testing"
)

// Parts of an array of MATLAB are of one reading, until its memory is needed.
func TestMATPartsOfOneReading(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	rates := arrayAt(t, open(t, "named5.mat"), "spikes").(matArray)
	first, err := held{rates}.Float64s()
	second, err2 := held{rates}.Float64s()
	if get(t, first, err)[1] = 7; get(t, second, err2)[1] != 7 {
		t.Error("read again")
	}
	part, err := rates.Slab([]int{0, 0, 0}, []int{1, 1, 2})
	values, err2 := get(t, part, err).Float64s()
	if get(t, values, err2)[1] = 8; first[1] != 7 {
		t.Error("a part is no copy")
	}
	runtime.GC()
	third, err := held{rates}.Float64s()
	same(t, "read anew", get(t, third, err)[1], 1.)
}
