package stream

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/prepare/grid"
)

// straight is a stream of two features at some times: twice the time, and one that is
// always 7.
func straight(times []float64) *dataset.Stream {
	var data []float64
	for _, t := range times {
		data = append(data, 2*t, 7)
	}
	return &dataset.Stream{Name: "hand", Features: 2, Data: dataset.Values{Data: data, Width: 2}, Clock: dataset.Values{Data: times, Width: 1}}
}

// jittering is about 25 samples a second over 4 s, without those between 2 and 2.5 s.
func jittering() (times []float64) {
	for k := range 100 {
		if t := float64(k)/25 + .008*math.Sin(float64(7*k)); t < 2 || t > 2.5 {
			times = append(times, t)
		}
	}
	return times
}

// What rises steadily is where it is in each bin, or a lag later, wherever its samples
// lie, but for what a time stamp may lie off the grid; what is not known is NaN.
func TestSampler(t *testing.T) {
	g := grid.Grid{Width: grid.Nanoseconds(10), Bins: 250}
	for name, c := range map[string]struct {
		wanted Wanted
		want   func(t float64) float64
		off    float64
	}{
		"as it is": {Wanted{Features: []int{0}}, func(t float64) float64 { return 2 * t }, 2 * evenAsWritten / 25},
		"later":    {Wanted{Features: []int{0}, LagMs: 250}, func(t float64) float64 { return 2 * (t + .25) }, 2 * evenAsWritten / 25},
		"change":   {Wanted{Features: []int{0}, Change: true}, func(float64) float64 { return 2 }, 2 * evenAsWritten},
		"another":  {Wanted{Features: []int{1}}, func(float64) float64 { return 7 }, 1e-14},
	} {
		s, err := New(straight(jittering()), c.wanted, g)
		if err != nil {
			t.Fatal(err)
		}
		if notes := strings.Join(s.Notes(), "\n"); !strings.Contains(notes, "time stamps are not even") {
			t.Errorf("%s: notes %q", name, notes)
		}
		missing := 0
		err = s.Window(.5, func(bin, _ int, v float64) {
			at := .5 + float64(bin)/100
			if v != v {
				missing++
			} else if math.Abs(v-c.want(at)) > c.off {
				t.Fatalf("%s: at %v s it is %v, not %v", name, at, v, c.want(at))
			}
		})
		if err != nil || missing < 45 || missing > 60 {
			t.Errorf("%s: %d of %d bins are missing, about 50 are in the gap (%v)", name, missing, g.Bins, err)
		}
	}
}
