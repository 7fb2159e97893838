package dataset

import (
	"fmt"
	"slices"
	"testing"
)

// TestDivideAt: trials go where they are told to, in order, with all that is theirs.
func TestDivideAt(t *testing.T) {
	for _, c := range []struct {
		valid, test []int
		want        string
	}{
		{[]int{1, 4}, nil, "[0 2 3 5] [1 4] []"},
		{[]int{1, 4}, []int{0, 5}, "[2 3] [1 4] [0 5]"},
		{[]int{0}, []int{1, 2, 4}, "[3 5] [0] [1 2 4]"},
		{[]int{5}, []int{0}, "[1 2 3 4] [5] [0]"},
	} {
		all := &Split{Encod: NewArray(6, 2, 3), Recon: NewArray(6, 3, 3), TrialIDs: numbered(0, 6), Condition: numbered(10, 6)}
		for i := range 6 {
			for _, a := range []*Array{all.Encod, all.Recon} {
				for j := range a.Trial(i) {
					a.Trial(i)[j] = float32(i)
				}
			}
		}
		var d Dataset
		d.DivideAt(all, c.valid, c.test)
		ids := [3][]int64{d.Train.TrialIDs, d.Valid.TrialIDs}
		if d.Test != nil {
			ids[2] = d.Test.TrialIDs
		}
		if got := fmt.Sprint(ids[0], ids[1], ids[2]); got != c.want {
			t.Errorf("valid %v, test %v: %s, want %s", c.valid, c.test, got, c.want)
		}
		for _, s := range d.splits() {
			for i, id := range s.TrialIDs {
				if s.Condition[i] != id+10 || s.Encod.Trial(i)[5] != float32(id) || s.Recon.Trial(i)[8] != float32(id) {
					t.Errorf("valid %v, test %v: trial %d of %s has those of another", c.valid, c.test, id, s.name)
				}
			}
		}
	}
}

// TestParts: who validates does not depend on whether some test.
func TestParts(t *testing.T) {
	for n := 2; n < 40; n++ {
		by := Division{Share: .25, Seed: uint64(n)}
		valid, test := by.Parts(n, .3)
		if !slices.Equal(valid, by.Validation(n)) {
			t.Errorf("%d trials: %v validate, alone %v", n, valid, by.Validation(n))
		}
		all := slices.Sorted(slices.Values(append(slices.Clone(valid), test...)))
		if unique := slices.Compact(all); len(unique) != len(valid)+len(test) || n > 2 && (len(unique) >= n || len(test) == 0) {
			t.Errorf("%d trials: %v validate, %v test", n, valid, test)
		}
	}
}
