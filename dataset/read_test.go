package dataset

import (
	"strings"
	"testing"
)

// An array that no memory holds is refused before it is read, also where the
// number of its bytes is none of the machine; a small one is read without asking.
func TestFits(t *testing.T) {
	for _, c := range []struct {
		shape     []int
		available int64
		known     bool
		says      string // "": it fits
	}{
		{[]int{1000, 1000, 1000}, 4e9, true, ""},
		{[]int{1000, 1000, 1000}, 4e9 - 1, true, "train_data of shape [1000 1000 1000] takes 3.7 GiB of memory and 3.7 GiB are left"},
		{[]int{1000, 1000, 1000}, 0, false, ""},
		{[]int{1 << 40, 1 << 40, 1 << 40}, 1 << 62, true, "fewer trials"},
		{[]int{10, 10, 10}, 0, true, ""},
	} {
		err := fits("train_data", c.shape, func() (int64, string, bool) { return c.available, "left", c.known })
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v in %d bytes: error %v, want one with %q", c.shape, c.available, err, c.says)
		}
	}
}
