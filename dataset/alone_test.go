package dataset

import (
	"slices"
	"testing"
)

// TestSpikesAlone: all trials, in the order of their ids, with what goes with each.
func TestSpikesAlone(t *testing.T) {
	split := func(ids ...int64) *Split {
		s := &Split{TrialIDs: ids, Encod: NewArray(len(ids), 2, 3), External: NewArray(len(ids), 2, 1), Recon: NewArray(len(ids), 3, 4)}
		for i, id := range ids {
			for k := range s.Encod.Trial(i) {
				s.Encod.Trial(i)[k] = float32(10*id) + float32(k)
			}
			s.External.Trial(i)[1] = float32(id)
			s.Starts = append(s.Starts, 100*id)
		}
		return s
	}
	d := &Dataset{Name: "d", Train: split(4, 0, 2), Valid: split(3, 1), Neurons: []string{"a", "b", "c", "d"}}
	alone := d.SpikesAlone()
	s := alone.Test
	if alone.Train != nil || alone.Valid != nil || s.Recon != nil || !slices.Equal(s.TrialIDs, []int64{0, 1, 2, 3, 4}) || !slices.Equal(s.Starts, []int64{0, 100, 200, 300, 400}) {
		t.Errorf("trials %v, starts %v", s.TrialIDs, s.Starts)
	}
	for i := range 5 {
		if s.Encod.Trial(i)[5] != float32(10*i+5) || s.External.Trial(i)[1] != float32(i) {
			t.Errorf("trial %d has %v, %v", i, s.Encod.Trial(i), s.External.Trial(i))
		}
	}
	if !slices.Equal(alone.Neurons, []string{"a", "b", "c"}) {
		t.Errorf("neurons %q", alone.Neurons)
	}
	if err := alone.check(); err != nil {
		t.Error(err)
	}
}
