package metric

import (
	"slices"
	"testing"
)

// Each condition's trials go round the parts, also those of none.
func TestPartsOf(t *testing.T) {
	got := PartsOf([]int64{1, 1, 2, 1, -1, 1, -1, 1, 1}, 4)
	if want := []int{0, 1, 0, 2, 0, 3, 1, 0, 1}; !slices.Equal(got, want) {
		t.Errorf("parts are %v, want %v", got, want)
	}
}
