package outputs

import (
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// joint puts trials of two splits in one array: those of second stand at places.
func joint(first, second *dataset.Array, places []int) *dataset.Array {
	out := dataset.NewArray(first.Trials+second.Trials, first.Bins, first.Features)
	from := map[bool]int{}
	for i := range out.Trials {
		at, a := slices.Contains(places, i), first
		if at {
			a = second
		}
		copy(out.Trial(i), a.Trial(from[at]))
		from[at]++
	}
	return out
}

// Rates of training trials may be those of all trials of a file that does not divide
// them, as a model infers of it: they go where the data's division has them, by their
// ids or in the file's order.
func TestUndivided(t *testing.T) {
	for name, c := range map[string]struct {
		ids    []int64
		places []int
	}{
		"by ids":      {[]int64{70, 60, 10, 30, 40, 20}, []int{1, 3}},
		"by division": {nil, (&dataset.Division{Share: .34, Seed: 3}).Validation(6)},
	} {
		d := session()
		train, valid, _ := estimates(d)
		arrays := map[string]array{
			"train_output_params": of(inFileOrder(joint(train.Rates, valid.Rates, c.places), d)),
			"train_factors":       of(joint(train.Factors, valid.Factors, c.places)),
		}
		if c.ids != nil {
			arrays["train_inds"] = array{c.ids, []int{6}, ""}
		} else {
			d.Divided = &dataset.Division{Share: .34, Seed: 3}
			d.Train.TrialIDs, d.Valid.TrialIDs, d.Test.TrialIDs = nil, nil, nil
		}
		f := read(t, makeFile(t, arrays), d)
		wantSame(t, name+": train", f.Train.Rates, train.Rates)
		wantSame(t, name+": valid", f.Valid.Rates, valid.Rates)
		wantSame(t, name+": factors", f.Valid.Factors, valid.Factors)
		if len(f.Notes) > 0 {
			t.Errorf("%s: %q", name, f.Notes)
		}
	}
}
