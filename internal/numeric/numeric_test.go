package numeric

import (
	"math"
	"slices"
	"testing"
)

func TestNumbers(t *testing.T) {
	raw := []byte{0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}
	for _, c := range []struct {
		size             int
		signed, unsigned int64
	}{{1, -1, 255}, {2, -257, 65279}, {4, -257, 4294967039}, {8, -257, -257}} {
		var got [2]int64
		Signed(got[:1], raw, c.size)
		Unsigned(got[1:], raw, c.size)
		if got != [2]int64{c.signed, c.unsigned} {
			t.Errorf("%d bytes: %v, want %v", c.size, got, c)
		}
	}
}

func TestFloats(t *testing.T) {
	var got [3]float64
	Floats(got[:1], []byte{0x00, 0xc1}, 2)
	Floats(got[1:2], []byte{0, 0, 0x20, 0xc0}, 4)
	Floats(got[2:], []byte{0, 0, 0, 0, 0, 0, 0x04, 0xc0}, 8)
	if !slices.Equal(got[:], []float64{-2.5, -2.5, -2.5}) {
		t.Errorf("%v, want -2.5 of 2, 4 and 8 bytes", got)
	}
}

// TestHalf checks the ends of each kind of half precision.
func TestHalf(t *testing.T) {
	for h, want := range map[uint16]float64{
		0: 0, 1: 0x1p-24, 0x3ff: 0x1p-14 - 0x1p-24, 0x400: 0x1p-14, 0x3c00: 1, 0xc000: -2, 0x7bff: 65504, 0x7c00: math.Inf(1), 0xfc00: math.Inf(-1),
	} {
		if got := float64(Half(h)); got != want {
			t.Errorf("%#x: %g, want %g", h, got, want)
		}
	}
	if v := Half(0x7e00); v == v {
		t.Errorf("%g, should be NaN", v)
	}
	if !math.Signbit(float64(Half(0x8000))) {
		t.Error("-0 lost its sign")
	}
}
