package prepare

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// Spikes that ascend are counted a stretch of time after another, others unit after
// unit: to the same counts, also where windows overlap, and where times are no numbers.
func TestBatches(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	units := make([][]float64, 60)
	for i := range units {
		units[i] = append(firing(random, 40*i, -3, 130), nan)
		slices.Sort(units[i])
	}
	starts := make([]float64, 500)
	for i := range starts {
		starts[i] = float64(i) / 4
	}
	backwards := make([][]float64, len(units))
	for i, times := range units {
		backwards[i] = slices.Clone(times)
		slices.Reverse(backwards[i])
	}
	o := Options{BinMs: 10, Window: &Window{-200, 300}}
	r := session([]*dataset.Column{column("start_time", starts...)}, units...)
	r.Units.Observed = slices.Repeat([][]dataset.Interval{{{Start: -10, Stop: 60.05}, {Start: 60.5, Stop: 200}}}, len(units))
	ascending, _, report := made(t, r, o)
	r.Units.Spikes = dataset.SpikeTrains(backwards)
	other, _, otherReport := made(t, r, o)
	if step := stretchCounts / (50 * len(units)); step < 2 || step > len(starts)/3 {
		t.Fatalf("%d windows at a time are no test", step)
	}
	for id := range ascending {
		if !same(ascending[id], other[id]) {
			t.Fatalf("trial %d is counted otherwise", id)
		}
	}
	if !slices.Equal(report.Units, otherReport.Units) || report.Outside != otherReport.Outside || report.Unclear != 60 || report.Outside == 0 || report.Unobserved == 0 {
		t.Errorf("reports\n%+v\n%+v", report, otherReport)
	}
}
