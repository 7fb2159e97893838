package dataset

import (
	"math"
	"strings"
	"testing"
	"time"
)

// An array that no memory holds is refused before it is read, also where the
// number of its bytes is none of the machine; a small one is read without asking.
func TestFits(t *testing.T) {
	for _, c := range []struct {
		shape     []int
		available int64
		known     bool
		says      string // "": it fits
	}{
		{[]int{1000, 1000, 1000}, 4e9, true, ""},
		{[]int{1000, 1000, 1000}, 4e9 - 1, true, "train_data of shape [1000 1000 1000] takes 3.7 GiB of memory and 3.7 GiB are left"},
		{[]int{1000, 1000, 1000}, 0, false, ""},
		{[]int{1 << 40, 1 << 40, 1 << 40}, 1 << 62, true, "fewer trials"},
		{[]int{10, 10, 10}, 0, true, ""},
	} {
		err := fits("train_data", c.shape, func() (int64, string, bool) { return c.available, "left", c.known })
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v in %d bytes: error %v, want one with %q", c.shape, c.available, err, c.says)
		}
	}
}

// Behaviour far from zero keeps what varies of it, measured from one place in
// all splits; what is near zero stays as it is.
func TestBehaviorFarOff(t *testing.T) {
	const unix = 1.7e9
	values := func(trials int, scale float64) (entry, []float64) {
		want := make([]float64, trials*4*2)
		file := make([]float64, len(want))
		for i := range want {
			want[i] = scale * float64(i%7)
			if file[i] = want[i]; i%2 == 1 {
				file[i] += unix
			}
		}
		return entry{file, []int{trials, 4, 2}}, want
	}
	train, trainWant := values(3, .125)
	valid, validWant := values(2, .25) // its middle is another
	d := load(t, tf2.with(file{"train_behavior": train, "valid_behavior": valid}), nil, Options{})
	origin := float64(d.Train.Behavior.Data[1]) - trainWant[1]
	for _, s := range []struct {
		got  *Array
		want []float64
	}{{d.Train.Behavior, trainWant}, {d.Valid.Behavior, validWant}} {
		for i, v := range s.got.Data {
			want := s.want[i]
			if i%2 == 1 {
				want += origin
			}
			if float64(v) != want { // eighths, which single precision holds
				t.Fatalf("value %d is %v, want %v", i, v, want)
			}
		}
	}
	if len(d.notes) != 1 || !strings.Contains(d.notes[0], "train_behavior: output 1 is about 1.7e+09") {
		t.Errorf("notes %q", d.notes)
	}
}

// The bin width is read however it is written; where it cannot be meant, the
// options say it, and the file's is told not to be used.
func TestBinWidth(t *testing.T) {
	for _, c := range []struct {
		file  file
		attrs map[string]any
		given time.Duration
		want  time.Duration
		note  string
	}{
		{tf2, map[string]any{"bin_width_ms": 5.0}, 0, 5 * time.Millisecond, ""},
		{tf2, map[string]any{"bin_width_ms": " 5 "}, 0, 5 * time.Millisecond, ""},
		{tf2.with(file{"bin_width_ms": {[]float64{5}, []int{1}}}), nil, 0, 5 * time.Millisecond, ""},
		{tf2, map[string]any{"bin_width_ms": math.NaN()}, time.Second, time.Second, "bin_width_ms is NaN"},
		{tf2, map[string]any{"bin_width_ms": []float64{5, 6}}, time.Second, time.Second, "2 values"},
		{tf2, nil, time.Second, time.Second, ""},
	} {
		d := load(t, c.file, c.attrs, Options{BinWidth: c.given})
		notes := strings.Join(d.notes, "; ")
		if d.BinWidth != c.want || !strings.Contains(notes, c.note) || (notes == "") != (c.note == "") || len(d.Unread) > 0 {
			t.Errorf("%v, %v given: %v, notes %q, unread %v", c.attrs, c.given, d.BinWidth, notes, d.Unread)
		}
	}
}
