package dataset

import (
	"math"
	"slices"
	"testing"
)

// placed is 3 trials x 2 bins x 3 features whose numbers say where they are.
func placed() *Array {
	a := NewArray(3, 2, 3)
	for i := range a.Data {
		a.Data[i] = float32(100*(i/6) + 10*(i/3%2) + i%3)
	}
	return a
}

func TestSelect(t *testing.T) {
	a := placed()
	for name, c := range map[string]struct {
		got                    *Array
		trials, bins, features int
		want                   []float32
	}{
		"trials":            {a.Pick([]int{2, 0}), 2, 2, 3, []float32{200, 201, 202, 210, 211, 212, 0, 1, 2, 10, 11, 12}},
		"no trials":         {a.Pick(nil), 0, 2, 3, nil},
		"every other trial": {a.OneIn(2), 2, 2, 3, []float32{0, 1, 2, 10, 11, 12, 200, 201, 202, 210, 211, 212}},
		"features":          {a.Columns([]int{2, 0}), 3, 2, 2, []float32{2, 0, 12, 10, 102, 100, 112, 110, 202, 200, 212, 210}},
		"a part":            {a.Part(1, 1, 1, 2), 3, 1, 2, []float32{11, 12, 111, 112, 211, 212}},
		"first bins":        {a.FirstBins(1), 3, 1, 3, []float32{0, 1, 2, 100, 101, 102, 200, 201, 202}},
	} {
		if g := c.got; g.Trials != c.trials || g.Bins != c.bins || g.Features != c.features || !slices.Equal(g.Data, c.want) {
			t.Errorf("%s: %v: %v", name, g, g.Data)
		}
	}
	if a.OneIn(1) != a || a.FirstBins(2) != a {
		t.Error("what is all was copied")
	}
}

// What is not written must be what was there: NaN and the sign of 0 are no zeros.
func TestColumnsKeepsBits(t *testing.T) {
	a := &Array{Trials: 1, Bins: 1, Features: 3, Data: []float32{float32(math.NaN()), float32(math.Copysign(0, -1)), 0}}
	for i, v := range a.Columns([]int{0, 1, 2}).Data {
		if math.Float32bits(v) != math.Float32bits(a.Data[i]) {
			t.Errorf("%v became %v", a.Data[i], v)
		}
	}
}

func TestBytes(t *testing.T) {
	if got := (&Array{Trials: 1 << 20, Bins: 1 << 10, Features: 1 << 4}).Bytes(); got != 1<<36 {
		t.Errorf("%d bytes", got)
	}
}
