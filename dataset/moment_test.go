package dataset

import (
	"math"
	"testing"
)

func TestMoment(t *testing.T) {
	for s, want := range map[float64]string{
		0: "0", .0214763: "0.0214763", -2.5: "-2.5", 2345.6123: "2345.61", 99999.94: "99999.9", 123456.789: "123456.789",
		1700001000.115: "1700001000.115", 1700001060: "1700001060", 1e300: "1e+300", math.Inf(1): "+Inf",
	} {
		if got := Moment(s); got != want {
			t.Errorf("%v is written %s, want %s", s, got, want)
		}
	}
}
