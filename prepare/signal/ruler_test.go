package signal

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// A clock that jumps has a stretch on each side; samples stay where they are in time.
func TestRuler(t *testing.T) {
	var times []float64
	for k := range 40 {
		times = append(times, float64(k)/100)
		if k >= 25 {
			times[k] += 2
		}
	}
	r, err := newRuler(&dataset.Stream{Name: "emg", Features: 1, Clock: dataset.Values{Data: times, Width: 1}, Data: dataset.Values{Data: times, Width: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if want := []extent{{0, 25}, {25, 40}}; !slices.Equal(r.segments, want) {
		t.Errorf("stretches %v, want %v", r.segments, want)
	}
	for i, want := range times {
		if got := r.time(i); math.Abs(got-want) > 1e-12 {
			t.Errorf("sample %d was taken at %v s, not %v", i, got, want)
		}
	}
	for _, c := range []struct {
		start float64
		ns    int64
		want  int
	}{{0, 0, 0}, {0, 5e7, 5}, {.05, -1e7, 4}, {.05, -1e7 + 1, 5}, {.25, 0, 25}, {1, 1.25e9, 25}, {2.25, 1e7, 26}, {3, 0, 40}, {-1, 0, 0}} {
		if got := r.first(c.start, c.ns); got != c.want {
			t.Errorf("the first sample %d ns behind %v s is %d, want %d", c.ns, c.start, got, c.want)
		}
	}
	if spans := r.spans(); len(spans) != 2 || math.Abs(spans[0].Stop-.25) > 1e-9 || math.Abs(spans[1].Start-2.25) > 1e-9 {
		t.Errorf("samples were taken in %v", spans)
	}
}

func TestParseBand(t *testing.T) {
	for text, want := range map[string]Band{"70..150": {70, 150}, " 1.5 .. 300 ": {1.5, 300}, "0": {}} {
		if b, err := ParseBand(text); err != nil || b != want {
			t.Errorf("%q is %v (%v), want %v", text, b, err, want)
		}
	}
	for _, text := range []string{"", "70", "150..70", "0..70", "-5..5", "70..Inf", "NaN..70", "a..b"} {
		if b, err := ParseBand(text); err == nil {
			t.Errorf("%q is %v", text, b)
		}
	}
}
