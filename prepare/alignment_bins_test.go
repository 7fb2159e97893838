package prepare

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// TestSpikesEventsAndBehaviorAgree: a spike, the sample of a stream and the event that
// happen at one moment lie in one bin, for every rule of rounding: on an edge the
// later bin, a half of 1e-6 ms below it that too, more the earlier.
func TestSpikesEventsAndBehaviorAgree(t *testing.T) {
	for _, base := range []float64{0, -7.5, 1234.5} {
		for _, binMs := range []float64{1, 5, 10, 20, 2.5, 1. / 3} {
			width := float64(grid.Nanoseconds(binMs)) / grid.NsPerS
			for _, c := range []struct {
				off  float64 // s from the edge of a bin
				bins int     // that the spike is counted behind it
			}{{0, 0}, {-4e-10, 0}, {4e-10, 0}, {-6e-10, -1}, {width / 2, 0}, {width - 6e-10, 0}, {width - 4e-10, 1}} {
				event := base + 2.1
				at := event + 7*width
				r := session([]*dataset.Column{column("start_time", base+1, base+2, base+5), column("go_time", base+1.25, event, base+5)},
					[]float64{at + c.off, base + 5 + 3*width})
				window := Window{-10 * width * 1000, 20 * width * 1000}
				r.Streams = []*dataset.Stream{pulse("pulse", base+.1, 1/width, at)}
				o := Options{BinMs: binMs, Align: "go_time", Window: &window, Behavior: BehaviorOptions{Names: []string{"pulse"}}}
				counts, _, _ := made(t, r, o)
				behavior, _, _ := behaviorOf(t, r, o)
				what := fmt.Sprintf("base %g, bins of %g ms, %g s off the edge", base, binMs, c.off)
				if got := slices.Index(counts[1], 1); got != 17+c.bins {
					t.Errorf("%s: the spike is in bin %d, not %d", what, got, 17+c.bins)
				}
				if got := slices.Index(behavior[1], 1); got != 17 {
					t.Errorf("%s: the pulse is in bin %d, not 17", what, got)
				}
			}
		}
	}
}

// pulse is a stream of zeros but for a 1 at a moment, with samples on it and from start
// on.
func pulse(name string, start, rate, at float64) *dataset.Stream {
	before := math.Floor((at - start) * rate)
	values := make([]float64, int(before)+int(6*rate))
	values[int(before)] = 1
	return &dataset.Stream{Name: name, Features: 1, Data: dataset.Values{Data: values, Width: 1}, Start: at - before/rate, Rate: rate}
}

// A pulse of a fast stream comes out as wide as a bin, about its moment, and as large
// as one sample in so many.
func TestPulseIsLowPassed(t *testing.T) {
	r := session([]*dataset.Column{column("start_time", 1, 2)}, []float64{1.1, 2.1})
	r.Streams = []*dataset.Stream{pulse("pulse", 0, 1000, 2.3)}
	behavior, _, report := behaviorOf(t, r, Options{BinMs: 5, Window: &Window{0, 500}, Behavior: BehaviorOptions{Names: []string{"pulse"}, LagMs: 100}})
	got := behavior[1]
	if i := slices.Index(got, slices.Max(got)); i != 40 || math.Abs(float64(got[i])-.2) > 1e-3 {
		t.Errorf("the pulse is %v in bin %d, not .2 in bin 40", slices.Max(got), i)
	}
	for k := 1; k < 30; k++ {
		if got[40-k] != got[40+k] || math.Abs(float64(got[40+k])) > 1e-3 {
			t.Errorf("%d bins beside the pulse: %v and %v", k, got[40-k], got[40+k])
		}
	}
	if want := "low-passed below 100 Hz (501 taps, no delay), at the bin's first moment"; report.Behavior[0].Method != want || report.Behavior[0].RateHz != 1000 {
		t.Errorf("report %+v", report.Behavior[0])
	}
}

// TestBehaviorMissing: gaps of a stream, by NaN or in its time stamps, and what lies
// beyond its ends are NaN and told; few samples lost are bridged; trials in which no
// unit was observed are dropped with their behaviour.
func TestBehaviorMissing(t *testing.T) {
	const n = 6000
	var times, values []float64
	for i := range n {
		at := float64(i) / 1000
		if i > 2350 && i < 2600 || i == 1100 || i == 1101 { // lost
			continue
		}
		times, values = append(times, at), append(values, at)
	}
	holed := make([]float64, n)
	for i := range holed {
		if holed[i] = float64(i) / 1000; i > 2350 && i < 2600 {
			holed[i] = nan
		}
	}
	r := session([]*dataset.Column{column("start_time", 1, 2, 2.37, 3.9, 4.5, 5.8, 7)}, []float64{1.05, 2.05, 4.55, 5.9, 7.1}, []float64{2.2})
	r.Units.Observed = [][]dataset.Interval{{{Start: 0, Stop: 3}, {Start: 4.4, Stop: 9}}, {{Start: 0, Stop: 2.5}}}
	r.Streams = []*dataset.Stream{
		{Name: "stamps", Features: 1, Data: dataset.Values{Data: values, Width: 1}, Clock: dataset.Values{Data: times, Width: 1}},
		{Name: "nan", Features: 1, Data: dataset.Values{Data: holed, Width: 1}, Rate: 1000},
	}
	behavior, _, report := behaviorOf(t, r, Options{BinMs: 10, Window: &Window{0, 500}, Behavior: BehaviorOptions{Names: []string{"stamps,nan"}}})
	if fmt.Sprint(report.Dropped) != "[{"+nothingObserved+" [3]}]" {
		t.Errorf("dropped %v", report.Dropped)
	}
	starts := r.Intervals[0].Numbers("start_time")
	for id, got := range behavior {
		for bin := range 50 {
			at := starts[id] + float64(bin)/100
			gap := at > 2.3505 && at < 2.5995 || at > 5.9995
			for k, name := range []string{"stamps", "nan"} {
				v := float64(got[2*bin+k])
				if gap != (v != v) || !gap && math.Abs(v-at) > 1e-6 {
					t.Errorf("%s at %.4f is %v", name, at, v)
				}
			}
		}
	}
	for _, b := range report.Behavior {
		if b.Partly != 3 || fmt.Sprint(b.Missing) != "[6]" {
			t.Errorf("%s: %d trials partly, %v wholly missing", b.Name, b.Partly, b.Missing)
		}
	}
	text := report.String()
	for _, want := range []string{
		"behaviour    nan: 1000 Hz, low-passed below 50 Hz (501 taps, no delay), at the bin's first moment; some bins of 3 trials have no value; no bin has one in 1: 6\n",
		"note         stamps: its time stamps are not even: its samples are brought on a grid of 1 ms by straight lines, none across more than 10 ms\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q:\n%s", want, text)
		}
	}
}
