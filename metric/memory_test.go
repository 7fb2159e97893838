package metric

import (
	"runtime"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// All that is allocated for a score and three draws bounds what is held.
func TestMemory(t *testing.T) {
	for _, bins := range []int{5, 90} {
		rates, psth := dataset.NewArray(300, bins, 40), dataset.NewArray(6, bins, 40)
		condition := make([]int64, 300)
		for i := range condition {
			condition[i] = int64(i % 6) // 50 trials each: with 90 bins, from pairs
		}
		r := Resampling{Draws: 3, Level: .9, Strata: condition}
		for name, of := range map[string]func() ByTrial{
			"PSTH": func() ByTrial {
				s, err := PSTHByTrial(rates, condition, nil, psth)
				if err != nil {
					t.Fatal(err)
				}
				return s
			},
			"R2":   func() ByTrial { return R2ByTrial(rates, rates) },
			"bits": func() ByTrial { return BitsByTrial(rates, rates) },
		} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r.Interval(of())
			runtime.ReadMemStats(&after)
			const overhead = 1 << 16 // goroutines, lists of trials
			if took, said := int64(after.TotalAlloc-before.TotalAlloc), Memory(rates); took > said+overhead {
				t.Errorf("%s of %d bins took %d bytes, Memory says %d", name, bins, took, said)
			}
		}
	}
}
