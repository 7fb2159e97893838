package gpfa

import (
	"slices"
	"testing"
)

// TestChoose: of data of two latents with many trials, two or three score best,
// the search ends two after the best, and is told.
func TestChoose(t *testing.T) {
	d := simulated(11, 2, slices.Repeat([]int{20}, 24)...).trials()
	told := 0
	latents, all, err := Choose(t.Context(), d, DefaultOptions(0), Choice{[]int{1, 2, 3, 4, 5, 6, 7, 8}, 3, 20, 2}, func(done, total int) {
		if told++; done >= total || total != 24 {
			t.Errorf("%d of %d", done, total)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(all)
	if latents < 2 || latents > 4 || len(all) != latents+2 || told != 3*len(all) {
		t.Errorf("%d latents of %v, told %d times", latents, all, told)
	}
}

// TestChooseFew: numbers that there are not enough neurons for end the search.
func TestChooseFew(t *testing.T) {
	d := simulated(12, 2, 9, 9, 9, 9).trials()
	if _, all, err := Choose(t.Context(), d, DefaultOptions(0), Choice{[]int{9, 10, 11}, 2, 2, 9}, nil); err != nil || len(all) != 1 {
		t.Errorf("%v, %v", all, err)
	}
	if _, _, err := Choose(t.Context(), d, DefaultOptions(0), Choice{[]int{2}, 5, 2, 9}, nil); err == nil {
		t.Error("four trials in five folds")
	}
}
