package prepare

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// TestCut: windows lie one behind the other from the bin of the first spike on; what
// is left behind the last is in none.
func TestCut(t *testing.T) {
	r := session(nil, []float64{.123, .13, .149, .15, .2299, .31}, []float64{.18, .26})
	trials, _, report := made(t, r, Options{BinMs: 10, CutMs: 30})
	want := [][]float32{
		{1, 0, 1, 0, 1, 0},
		{1, 0, 0, 0, 0, 0},
		{0, 1, 0, 0, 0, 0},
		{0, 0, 1, 0, 0, 0},
		{0, 0, 0, 0, 0, 1},
		{0, 0, 0, 0, 0, 0},
	}
	if len(trials) != len(want) {
		t.Fatalf("%d windows, want %d", len(trials), len(want))
	}
	for id, w := range want {
		if !same(trials[int64(id)], w) {
			t.Errorf("window %d is %v, want %v", id, trials[int64(id)], w)
		}
	}
	if report.Counted != 7 || report.Outside != 1 || report.Table != "" || !strings.Contains(strings.Join(report.Notes, "; "), "first spike (0.12 s)") {
		t.Errorf("report\n%+v", report)
	}
}

// TestCutBetweenGaps: windows are cut from what was observed, each stretch from its
// own start.
func TestCutBetweenGaps(t *testing.T) {
	r := session(nil, []float64{-.95, .05, .25, 1.05, 5}, []float64{1.15})
	r.Units.Observed = [][]dataset.Interval{{{Start: -1, Stop: -.7}, {Start: 0, Stop: .2}}, {{Start: 1.05, Stop: 1.3}, {Start: .1, Stop: .25}}}
	trials, _, report := made(t, r, Options{BinMs: 50, CutMs: 100})
	m := float32(math.NaN())
	want := [][]float32{
		{0, m, 1, m}, {0, m, 0, m}, {0, m, 0, m}, // -1 to -.7 s
		{0, m, 1, m}, {0, 0, 0, 0}, // 0 to .2 s; 50 ms more are left
		{m, 0, m, 0}, {m, 1, m, 0}, // 1.05 to 1.25 s, and 50 ms
	}
	if len(trials) != len(want) {
		t.Fatalf("%d windows, want %d", len(trials), len(want))
	}
	for id, w := range want {
		if !same(trials[int64(id)], w) {
			t.Errorf("window %d is %v, want %v", id, trials[int64(id)], w)
		}
	}
	if report.Counted != 3 || report.Unobserved != 1 || report.Outside != 2 {
		t.Errorf("report\n%+v", report)
	}
}
