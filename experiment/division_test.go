package experiment

import (
	"slices"
	"testing"
)

// Test sets of different splits share no trial, the parts of one split are all trials
// once, and a smaller training set is part of the whole one.
func TestParts(t *testing.T) {
	v := Division{Splits: 5, Test: 20, Valid: 20}
	const trials = 132
	if err := v.Check(trials); err != nil {
		t.Fatal(err)
	}
	tested := map[int]bool{}
	for split := range v.Splits {
		train, valid, test := v.Parts(trials, split)
		if len(train) != 92 || len(valid) != 20 || len(test) != 20 {
			t.Fatalf("split %d: %d, %d and %d trials", split, len(train), len(valid), len(test))
		}
		all := slices.Concat(train, valid, test)
		slices.Sort(all)
		for i, trial := range all {
			if i != trial {
				t.Fatalf("split %d: trial %d is missing or twice", split, i)
			}
		}
		for _, trial := range test {
			if tested[trial] {
				t.Errorf("split %d: trial %d was tested before", split, trial)
			}
			tested[trial] = true
		}
		few := v
		few.Train = 30
		some, otherValid, otherTest := few.Parts(trials, split)
		if len(some) != 30 || !slices.Equal(otherValid, valid) || !slices.Equal(otherTest, test) {
			t.Errorf("split %d with few trials: %d train, validation %v, test %v", split, len(some), otherValid, otherTest)
		}
		for _, trial := range some {
			if !slices.Contains(train, trial) {
				t.Errorf("split %d: trial %d trains with few and not with all", split, trial)
			}
		}
	}
}

// Parts are the same for ever: cells of different machines stand beside each other.
func TestPartsAreNamed(t *testing.T) {
	_, _, test := Division{Splits: 2, Test: 4, Valid: 3}.Parts(20, 1)
	if want := []int{4, 6, 12, 16}; !slices.Equal(test, want) {
		t.Errorf("test trials %v, want %v", test, want)
	}
}
