package npy

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func same[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: %.200v, should be %.200v", what, got, want)
	}
}

func open(t testing.TB, name string) *File {
	f := must[*File](t)(Open(name))
	t.Cleanup(func() { f.Close() })
	return f
}

// find returns an array, or a field of one: "array.field.field".
func find(f *File, path string) (*Array, error) {
	name, fields, _ := strings.Cut(path, ".")
	a, err := f.Array(name)
	for fields != "" && err == nil {
		name, fields, _ = strings.Cut(fields, ".")
		a, err = a.Field(name)
	}
	return a, err
}

// expected is what NumPy says is in an array.
type expected struct {
	Shape  []int
	Type   string
	Values []any
}

// files are those that NumPy wrote, and what it reads in them.
func files(t testing.TB) map[string]map[string]expected {
	var all map[string]map[string]expected
	text := must[[]byte](t)(os.ReadFile("testdata/files/expected.json"))
	if err := json.Unmarshal(text, &all); err != nil || len(all) < 10 {
		t.Fatal(len(all), err)
	}
	return all
}

// float is a number of expected.json.
func float(v any) float64 {
	switch v {
	case nil:
		return math.NaN()
	case "inf":
		return math.Inf(1)
	case "-inf":
		return math.Inf(-1)
	}
	return v.(float64)
}

func TestFiles(t *testing.T) {
	for name, arrays := range files(t) {
		f := open(t, filepath.Join("testdata/files", name))
		for path, want := range arrays {
			a := must[*Array](t)(find(f, path))
			same(t, name+" "+path+" shape", a.Shape(), want.Shape)
			same(t, name+" "+path+" type", a.Type().String(), want.Type)
			same(t, name+" "+path+" name", a.Name(), path)
			compare(t, name+" "+path, a, want.Values)
		}
	}
}

// compare reads the values in every way that there is.
func compare(t *testing.T, what string, a *Array, want []any) {
	t.Helper()
	if a.Type().IsText() {
		compareText(t, what, a, want)
		return
	}
	wide := must[[]float64](t)(a.Float64s())
	narrow := must[[]float32](t)(a.Float32s())
	var rows []float32
	for block, err := range a.Float32Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, block...)
	}
	if len(wide) != len(want) || len(narrow) != len(want) || len(rows) != len(want) {
		t.Fatalf("%s: %d, %d, %d values, should be %d", what, len(wide), len(narrow), len(rows), len(want))
	}
	for i, w := range want {
		v := float(w)
		if math.Float64bits(wide[i]) != math.Float64bits(v) && !(v != v && wide[i] != wide[i]) {
			t.Errorf("%s [%d]: %g, should be %g", what, i, wide[i], v)
		}
		n := math.Float32bits(float32(v))
		if v == v && (math.Float32bits(narrow[i]) != n || math.Float32bits(rows[i]) != n) {
			t.Errorf("%s [%d]: %g and %g, should be %g", what, i, narrow[i], rows[i], float32(v))
		}
	}
	compareIntegers(t, what, a, wide)
}

func compareText(t *testing.T, what string, a *Array, want []any) {
	for i, s := range must[[]string](t)(a.Strings()) {
		if a.Type().Kind == Bytes { // expected.json has them in Latin-1
			runes := []rune{}
			for _, b := range []byte(s) {
				runes = append(runes, rune(b))
			}
			s = string(runes)
		}
		same(t, what, s, want[i].(string))
	}
	_, err := a.Float64s()
	wants(t, what, err, ErrType, "cannot be read as numbers")
}

// compareIntegers reads the values as integers and booleans where they are.
func compareIntegers(t *testing.T, what string, a *Array, wide []float64) {
	whole := true
	for _, v := range wide {
		whole = whole && v == math.Trunc(v) && v >= -1<<63 && (v < 1<<63 || a.Type().Kind == Signed)
	}
	integers, err := a.Int64s()
	if !whole {
		wants(t, what, err, ErrRange, "a value is")
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range integers {
		same(t, what, float64(v), wide[i])
	}
	if a.Type().Kind == Float {
		return
	}
	for i, b := range must[[]bool](t)(a.Bools()) {
		same(t, what, b, wide[i] != 0)
	}
}

// Int64s has all 64 bits, where float64 has not.
func TestExtremes(t *testing.T) {
	f := open(t, "testdata/files/kinds.npz")
	a := must[*Array](t)(f.Array("extreme_i8"))
	same(t, "int64", must[[]int64](t)(a.Int64s()), []int64{math.MinInt64, math.MaxInt64, 1<<53 + 1})
	a = must[*Array](t)(f.Array("extreme_u8"))
	_, err := a.Int64s()
	wants(t, "uint64", err, ErrRange, "a value is 18446744073709551615, too large for int64")
}

// The trials of a monkey that reaches through mazes: sums as NumPy has them.
func TestMaze(t *testing.T) {
	f := open(t, testenv.Data(t, "mc_maze_large/trials_5ms.npz"))
	same(t, "names", f.Names(), []string{"spikes", "hand_pos", "hand_vel", "condition", "heldin", "heldout"})
	for name, want := range map[string]struct {
		shape []int
		sum   float64
	}{
		"spikes": {[]int{132, 100, 162}, 29085484}, "hand_pos": {[]int{132, 100, 2}, -7498509.485023811},
		"hand_vel": {[]int{132, 100, 2}, 698770439.1991583}, "condition": {[]int{132}, 77475},
		"heldin": {[]int{122}, 800553}, "heldout": {[]int{40}, 82328},
	} {
		a := must[*Array](t)(f.Array(name))
		same(t, name, a.Shape(), want.shape)
		sum := 0.0
		for i, v := range must[[]float64](t)(a.Float64s()) {
			sum += float64(v * float64(i%1009))
		}
		same(t, name+" weighted sum", sum, want.sum)
	}
}
