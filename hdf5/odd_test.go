package hdf5

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestOddIntegers(t *testing.T) {
	onRich(t, func(t *testing.T, root *Group) {
		g := must[*Group](t)(root.Group("numbers"))
		same(t, "12 bits LE", must[[]float64](t)(dataset(t, g, "12 bits LE").Float64s()), rule(10, true))
		same(t, "12 bits BE", must[[]float64](t)(dataset(t, g, "12 bits BE").Float64s()), rule(10, true))
		three := must[[]int64](t)(dataset(t, g, "3 bytes").Int64s())
		same(t, "3 bytes", three[:3], []int64{70000, 70007, 70014})
		same(t, "bits", must[[]int64](t)(dataset(t, g, "bits").Int64s()), []int64{0, 7, 14, 21, 28})
	})
}

// TestLongDouble rounds 80 bits to 64 and 32, to even and once.
func TestLongDouble(t *testing.T) {
	onRich(t, func(t *testing.T, root *Group) {
		d := dataset(t, root, "numbers/long double")
		got := must[[]float64](t)(d.Float64s())
		want := []float64{1.0 / 3, -2.5, 0, math.Inf(1), math.NaN(), math.Inf(1), 1 + 1.0/(1<<52)}
		narrow := must[[]float32](t)(d.Float32s())
		for i := range want {
			if math.Float64bits(got[i]) != math.Float64bits(want[i]) && got[i] == got[i] || narrow[i] != float32(want[i]) && i != 4 {
				t.Errorf("element %d is %g and %g, want %g", i, got[i], narrow[i], want[i])
			}
		}
		if got[4] == got[4] {
			t.Errorf("got %g, want NaN", got[4])
		}
	})
}

// TestRounding rounds to the nearest, to even in the middle, where the result is
// too small, and once where float32 is wanted.
func TestRounding(t *testing.T) {
	for _, c := range []struct {
		mantissa uint64
		exponent int
		rest     bool
		want     float64
	}{
		{1 << 63, 0, false, 1},
		{1<<63 | 1<<10, 0, false, 1},
		{1<<63 | 1<<10, 0, true, math.Nextafter(1, 2)},
		{1<<63 | 3<<10, 0, false, 1 + 1.0/(1<<51)},
		{1, 63, false, 1},
		{1 << 63, -1074, false, 0x1p-1074},
		{1 << 63, -1075, false, 0},
		{1 << 63, -1075, true, 0x1p-1074},
		{1<<63 | 1, -1075, false, 0x1p-1074},
		{1 << 63, -1080, true, 0},
		{1 << 63, -16000, true, 0},
		{1<<63 | 1<<62, -1074, false, 0x1p-1073},
		{1 << 63, 1024, false, math.Inf(1)},
		{math.MaxUint64, 1023, false, math.Inf(1)},
		{0, 5, false, 0},
	} {
		if got := rounded(c.mantissa, c.exponent, c.rest, false); got != c.want {
			t.Errorf("%x 2^%d %v: got %g, want %g", c.mantissa, c.exponent, c.rest, got, c.want)
		}
	}
	// 1 + 2^-24 + 2^-60: to float64 it is the middle of two float32.
	if got := float32(rounded(1<<63|1<<39|1<<3, 0, false, true)); got != 1+1.0/(1<<23) {
		t.Errorf("rounded twice: %g", got)
	}
}

// TestSmallFloats reads bfloat16, half of float32, and eight bits, half of half
// precision.
func TestSmallFloats(t *testing.T) {
	g := must[*Group](t)(open(t, golden(t, "rich-latest")).Root().Group("numbers"))
	bits := func(name string) (v []uint32) {
		for _, x := range must[[]float32](t)(dataset(t, g, name).Float32s()) {
			if x != x {
				x = float32(math.NaN())
			}
			v = append(v, math.Float32bits(x))
		}
		return v
	}
	same(t, "bfloat16 LE", bits("bfloat16 LE"), bits("float32"))
	same(t, "bfloat16 BE", bits("bfloat16 BE"), bits("float32"))
	same(t, "E5M2", bits("E5M2"), bits("half"))
}

func TestComplex(t *testing.T) {
	root := open(t, golden(t, "rich-latest")).Root()
	d := dataset(t, root, "numbers/complex")
	same(t, "type", d.Type().String(), "complex64")
	same(t, "type of a compound", dataset(t, root, "compounds/complex").Type().String(), "complex128")
	same(t, "real", must[[]float64](t)(must[*Dataset](t)(d.Field("r")).Float64s()), []float64{1, 3})
	same(t, "imaginary", must[[]float64](t)(must[*Dataset](t)(d.Field("i")).Float64s()), []float64{2, -4})
}

// TestNoNumbers describes what is none, and refuses it by name.
func TestNoNumbers(t *testing.T) {
	onRich(t, func(t *testing.T, root *Group) {
		for name, typ := range map[string]string{"time": "time32", "when": "opaque8 NUMPY:<M8[ns]"} {
			d := dataset(t, root, "numbers/"+name)
			same(t, name, d.Type().String(), typ)
			_, err := d.Float64s()
			expectError(t, name, err, ErrType)
		}
		_, err := dataset(t, root, "numbers/vax").Float64s()
		expectError(t, "vax", err, ErrUnsupported)
		if !strings.Contains(err.Error(), "floating point of 4 bytes") {
			t.Errorf("%v does not say what it is", err)
		}
	})
}

func TestEnumNames(t *testing.T) {
	onRich(t, func(t *testing.T, root *Group) {
		same(t, "left", must[[]string](t)(dataset(t, root, "numbers/left").EnumNames()), []string{"left", "right", "left"})
		_, err := dataset(t, root, "numbers/side").EnumNames()
		expectError(t, "a value without name", err, ErrRange)
		if !strings.Contains(err.Error(), "element 3 is 7") {
			t.Errorf("%v does not say which", err)
		}
		_, err = dataset(t, root, "numbers/bits").EnumNames()
		expectError(t, "numbers as names", err, ErrType)
		names := dataset(t, root, "numbers/side").Type().Names
		if !slices.Equal(names, []string{"left", "right"}) && !slices.Equal(names, []string{"right", "left"}) {
			t.Errorf("names %v", names)
		}
	})
}
