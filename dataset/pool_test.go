package dataset

import (
	"slices"
	"testing"
)

// numberedFrom is an array whose numbers say where they stood.
func numberedFrom(trials, features, from int) *Array {
	a := NewArray(trials, 2, features)
	for i := range a.Data {
		a.Data[i] = float32(from + i)
	}
	return a
}

// Pooled trials are training trials, then validation trials, and picked ones are those.
func TestPooledAndPicked(t *testing.T) {
	train, valid := numberedFrom(3, 2, 0), numberedFrom(2, 2, 12)
	d := &Dataset{
		Train: &Split{Encod: train, Recon: train, Behavior: numberedFrom(3, 1, 0), Condition: []int64{1, 2, 3}, Latents: numberedFrom(3, 1, 0)},
		Valid: &Split{Encod: valid, Recon: valid, Behavior: numberedFrom(2, 1, 6), Condition: []int64{4, 5}},
	}
	all := d.Pooled()
	if all.Recon != all.Encod || !slices.Equal(all.Encod.Data, numberedFrom(5, 2, 0).Data) || !slices.Equal(all.Behavior.Data, numberedFrom(5, 1, 0).Data) {
		t.Errorf("pooled: %v, %v", all.Encod, all.Behavior)
	}
	if all.Latents != nil || all.TrialIDs != nil {
		t.Error("what validation trials lack is there")
	}
	some := all.Pick([]int{4, 0})
	if some.Recon != some.Encod || !slices.Equal(some.Encod.Data, []float32{16, 17, 18, 19, 0, 1, 2, 3}) || !slices.Equal(some.Condition, []int64{5, 1}) {
		t.Errorf("picked: %v of conditions %v", some.Encod.Data, some.Condition)
	}
	if some.Encod.Data[0] = 9; all.Encod.Data[16] == 9 || valid.Data[4] == 9 {
		t.Error("a picked trial is no copy")
	}
}
