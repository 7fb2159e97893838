package report

import (
	"fmt"
	"testing"
)

// Conditions that have an order go from dark to light, each lighter than the one before; a
// single one is dark. Of many the key names the ends and the middle.
func TestOrderedColours(t *testing.T) {
	c := Colouring{Ordered: true, Names: []string{"480 ms"}}
	if c.colour(0) != shade(1) {
		t.Errorf("one condition has the colour %v", c.colour(0))
	}
	for len(c.Names) < 9 {
		c.Names = append(c.Names, fmt.Sprintf("%d ms", 480+80*len(c.Names)))
	}
	if c.colour(0) != shade(1) || c.colour(8) != shade(lightest) {
		t.Errorf("the ends are %v and %v", c.colour(0), c.colour(8))
	}
	for i := range 8 {
		if a, b := c.colour(i), c.colour(i+1); a.G >= b.G {
			t.Errorf("condition %d is not lighter than the one before: %v, %v", i+1, a, b)
		}
	}
	d := reaches(16, 4, 6, 3)
	f := psthsOf(t, d, methods(d, 1))
	f.Colouring = c
	if g := svg(t, f); !g.has("480 ms", "800 ms", "1120 ms") || g.has("560 ms") {
		t.Errorf("texts are %q", g.texts)
	}
	f.Colouring.Names = c.Names[:5]
	if g := svg(t, f); !g.has("480 ms", "560 ms", "640 ms", "720 ms", "800 ms") {
		t.Errorf("texts are %q", g.texts)
	}
}
