package prepare

import (
	"strings"
	"testing"
)

func TestGridOfWindow(t *testing.T) {
	for _, c := range []struct {
		window Window
		binMs  float64
		bins   int
		says   string
	}{
		{Window{-250, 450}, 5, 140, ""},
		{Window{-250, 450}, 20, 35, ""},
		{Window{0, .3}, .1, 3, ""},
		{Window{0, 100}, 1. / 3, 300, ""}, // 99.9999 ms
		{Window{0, 2000}, 33.333333, 60, ""},
		{Window{0, 2000}, 33.333568, 60, ""}, // frames of 29.9998 Hz
		{Window{0, 2000}, 33.3, 0, "is 60.0601 bins of 33.3 ms"},
		{Window{-250, 450}, 8, 0, "is 87.5 bins of 8 ms: it must be a whole number of them, such as --window=-250..446"},
		{Window{0, 5}, 10, 0, "shorter than one bin of 10 ms"},
		{Window{0, 1e12}, 10, 0, "at most 100 days"},
	} {
		g, err := newGrid(c.window, c.binMs)
		if c.says == "" && (err != nil || g.Bins != c.bins) || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%v in bins of %g ms: %d bins, %v; want %d, %q", c.window, c.binMs, g.Bins, err, c.bins, c.says)
		}
	}
}

// TestFittedWindow: a window that is nearly whole bins is reported as these are.
func TestFittedWindow(t *testing.T) {
	for _, c := range []struct {
		window, want Window
		binMs        float64
	}{
		{Window{-500, 1500}, Window{-500, 1499.99998}, 33.333333},
		{Window{.1, .4}, Window{.1, .4}, .1}, // as typed
	} {
		g, err := newGrid(c.window, c.binMs)
		if got := fitted(g, c.window); err != nil || got != c.want {
			t.Errorf("%v in bins of %g ms: %v, %v; want %v", c.window, c.binMs, got, err, c.want)
		}
	}
}

func TestParseWindow(t *testing.T) {
	for text, want := range map[string]Window{"-250..450": {-250, 450}, "0..1000": {0, 1000}, "-1500..-500": {-1500, -500}, " 0 .. 2.5 ": {0, 2.5}} {
		if w, err := ParseWindow(text); err != nil || w != want {
			t.Errorf("%q is %v (%v), want %v", text, w, err, want)
		}
		if again, err := ParseWindow(want.String()); err != nil || again != want {
			t.Errorf("%v is read back as %v (%v)", want, again, err)
		}
	}
	for _, text := range []string{"", "..", "5", "450..-250", "0..0", "a..b", "0..NaN", "0..Inf", "0-100", "-250:450"} {
		if w, err := ParseWindow(text); err == nil || !strings.Contains(err.Error(), "--window=-250..450") {
			t.Errorf("%q is %v (%v)", text, w, err)
		}
	}
}
