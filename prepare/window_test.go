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
		{Window{0, 100}, 1. / 3, 0, "300 bins"},
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
