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
