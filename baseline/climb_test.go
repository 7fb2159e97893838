package baseline

import (
	"math"
	"testing"
)

// A walk on a grid ends on the summit, and looks at few places.
func TestClimb(t *testing.T) {
	looked := 0
	score := func(p place) (float64, error) {
		looked++
		x, y := float64(p[0]-7), float64(p[1]-1)
		return -x*x - y*y - x*y/2, nil
	}
	summit, scored, err := climb(place{9, 6}, place{4, 3}, score)
	if summit != (place{7, 1}) || !scored || err != nil || looked > 25 {
		t.Errorf("summit %v after %d looks, %v, %v", summit, looked, scored, err)
	}
	nothing := func(place) (float64, error) { return math.NaN(), nil }
	if summit, scored, _ = climb(place{2, 2}, place{1, 1}, nothing); scored {
		t.Errorf("summit %v of no scores", summit)
	}
	rest := func(p place) (float64, error) {
		if p == (place{0, 0}) {
			return 1, nil
		}
		return math.NaN(), nil
	}
	if summit, scored, _ = climb(place{2, 1}, place{1, 0}, rest); summit != (place{0, 0}) || !scored {
		t.Errorf("from a place without a score it goes to %v, %v", summit, scored)
	}
}
