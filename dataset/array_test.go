package dataset

import (
	"slices"
	"testing"
)

// TestOneIn: one in so many trials, the first of each, whatever is left over.
func TestOneIn(t *testing.T) {
	a := &Array{Trials: 5, Bins: 1, Features: 2, Data: []float32{0, 0, 1, 1, 2, 2, 3, 3, 4, 4}}
	if got := a.OneIn(2); got.Trials != 3 || !slices.Equal(got.Data, []float32{0, 0, 2, 2, 4, 4}) {
		t.Errorf("%v: %v", got, got.Data)
	}
	if a.OneIn(1) != a {
		t.Error("all trials were copied")
	}
}
