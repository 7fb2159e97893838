package stream

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// ofTrials is a stream that was sampled in trials alone, from each one's start on: at no
// common step, as trials begin whenever they do. A sample is its number.
func ofTrials(starts []float64, rate float64, samples int) *dataset.Stream {
	var times, data []float64
	for _, start := range starts {
		for k := range samples {
			times, data = append(times, start+float64(k)/rate), append(data, float64(len(data)))
		}
	}
	return &dataset.Stream{Name: "hand", Features: 1, Data: dataset.Values{Data: data, Width: 1}, Clock: dataset.Values{Data: times, Width: 1}}
}

// Samples taken in trials alone are in the bins in which they were taken, as they are,
// up to the first and the last, whatever the trials' distances and the clock's start.
func TestSamplesOfTrials(t *testing.T) {
	const bins = 20
	for _, from := range []float64{-3.3, 12.3456, 1.7e9} {
		starts := []float64{from, from + 1.00123, from + 2.3377, from + 7.0019}
		s, err := New(ofTrials(starts, 200, bins), Wanted{Features: []int{0}}, grid.Grid{Width: grid.Nanoseconds(5), Bins: bins})
		if err != nil {
			t.Fatal(err)
		}
		if m := s.Method(); !strings.Contains(m, "straight line") {
			t.Errorf("method %q", m)
		}
		for trial, start := range starts {
			must(t, s.Window(start, func(bin, _ int, v float64) {
				if want := float64(bins*trial + bin); !(math.Abs(v-want) < 1e-3) {
					t.Errorf("from %v: trial %d has %v in bin %d, not %v", from, trial, v, bin, want)
				}
			}))
		}
	}
}

// What is held is held on uneven clocks, too: it is never between two values.
func TestHeldOfTrials(t *testing.T) {
	s := ofTrials([]float64{0, 1.0013}, 100, 40)
	for i := range s.Len() {
		s.Data.(dataset.Values).Data[i] = float64(i / 7)
	}
	m, err := New(s, Wanted{Features: []int{0}, Hold: true}, grid.Grid{Width: grid.Nanoseconds(12), Bins: 30})
	if err != nil {
		t.Fatal(err)
	}
	must(t, m.Window(1.0043, func(bin, _ int, v float64) {
		if want := float64((40 + (3+12*bin)/10) / 7); v != want {
			t.Errorf("bin %d holds %v, not %v", bin, v, want)
		}
	}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
