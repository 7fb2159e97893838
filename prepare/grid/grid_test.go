package grid

import (
	"math"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// TestBin holds where a time is counted to round((t - start) * 1000, 6) // width of
// NumPy; what is expected was worked out by hand.
func TestBin(t *testing.T) {
	for _, c := range []struct {
		t, start, widthMs float64
		bin               int // -1: outside
	}{
		{0, 0, 10, 0},
		{.01, 0, 10, 1},                    // on an edge: the later bin
		{math.Nextafter(.01, 0), 0, 10, 1}, // an edge but for rounding
		{.1 + .2, 0, 100, 3},               // .30000000000000004
		{.3, 0, 100, 3},                    // .3 / .1 is less than 3 in binary
		{.3 - 1e-9, 0, 100, 2},             // 1e-6 ms before the edge: the smallest step that counts
		{.3 - 4e-10, 0, 100, 3},            // rounded to the edge
		{.3 - 6e-10, 0, 100, 2},
		{-4e-10, 0, 10, 0}, // rounded to the start
		{-6e-10, 0, 10, -1},
		{-.25, -.5, 10, 25},      // times before 0
		{.099999, 0, 10, 9},      // the last bin
		{.1, 0, 10, -1},          // the end is outside
		{.1 - 4e-10, 0, 10, -1},  // and so is what rounds to it
		{.0003, 0, .1, 3},        // .3 / .1
		{1e9 + .25, 1e9, 100, 2}, // seconds since 1970
		{1e300, 0, 10, -1},
		{-1e300, 0, 10, -1},
		{0, 1e300, 10, -1},
	} {
		g := Grid{Width: Nanoseconds(c.widthMs), Bins: 10}
		if c.widthMs == 10 && c.start == -.5 {
			g.Bins = 40
		}
		bin, ok := g.Bin(c.t, c.start)
		if !ok {
			bin = -1
		}
		if bin != c.bin {
			t.Errorf("%v in bins of %g ms from %v on: bin %d, want %d", c.t, c.widthMs, c.start, bin, c.bin)
		}
	}
}

func TestObservedBins(t *testing.T) {
	g := Grid{Width: Nanoseconds(10), Bins: 10}
	for _, c := range []struct {
		observed []dataset.Interval
		want     string // a letter a bin
	}{
		{nil, ".........."},
		{[]dataset.Interval{{Start: 1, Stop: 1.1}}, "oooooooooo"},
		{[]dataset.Interval{{Start: 1 + 1e-12, Stop: 1.1 - 1e-12}}, "oooooooooo"}, // rounded
		{[]dataset.Interval{{Start: 1.00001, Stop: 1.09999}}, ".oooooooo."},
		{[]dataset.Interval{{Start: 0, Stop: 1.035}, {Start: 1.05, Stop: 1.06}}, "ooo..o...."},
		{[]dataset.Interval{{Start: 1.05, Stop: 1.06}, {Start: 0, Stop: 1.035}}, "ooo..o...."},                                    // in no order
		{[]dataset.Interval{{Start: 1, Stop: 1.035}, {Start: 1.035, Stop: 1.06}}, "oooooo...."},                                   // joined within a bin
		{[]dataset.Interval{{Start: 1, Stop: 1.08}, {Start: 1.02, Stop: 1.03}}, "oooooooo.."},                                     // one in another
		{[]dataset.Interval{{Start: 1.05, Stop: 1.02}, {Start: math.NaN(), Stop: 2}, {Start: 1, Stop: math.NaN()}}, ".........."}, // none is any
		{[]dataset.Interval{{Start: math.Inf(-1), Stop: math.Inf(1)}}, "oooooooooo"},
		{[]dataset.Interval{{Start: 3, Stop: 4}, {Start: -3, Stop: -2}}, ".........."},
	} {
		mark := make([]bool, g.Bins)
		g.Observed(Merged(c.observed), 1, mark)
		got := ""
		for _, m := range mark {
			got += map[bool]string{true: "o", false: "."}[m]
		}
		if got != c.want {
			t.Errorf("observed %v: %s, want %s", c.observed, got, c.want)
		}
	}
}
