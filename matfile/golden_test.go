package matfile

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
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

// golden returns a file that testdata/make.py wrote.
func golden(t testing.TB, name string) []byte {
	t.Helper()
	packed := must[[]byte](t)(os.ReadFile("testdata/" + name + ".mat.gz"))
	z := must[*gzip.Reader](t)(gzip.NewReader(bytes.NewReader(packed)))
	return must[[]byte](t)(io.ReadAll(z))
}

func openBytes(t testing.TB, b []byte) *File {
	t.Helper()
	return must[*File](t)(NewReader(bytes.NewReader(b), int64(len(b))))
}

func array(t testing.TB, f *File, name string) *Array {
	t.Helper()
	return must[*Array](t)(f.Array(name))
}

// goldens are the files in testdata: what SciPy's savemat wrote, and what write.py did
// byte by byte.
var goldens = []string{"level4", "scipy", "scipy_packed", "little", "packed", "big", "big_packed", "level73"}

// TestGolden compares all values of files of every level, byte order and compression
// with what SciPy and h5py read of them.
func TestGolden(t *testing.T) {
	var expected map[string]map[string]any
	if err := json.Unmarshal(must[[]byte](t)(os.ReadFile("testdata/expected.json")), &expected); err != nil {
		t.Fatal(err)
	}
	for _, name := range goldens {
		t.Run(name, func(t *testing.T) {
			f := openBytes(t, golden(t, name))
			if err := f.Damage(); err != nil || len(f.Names()) != len(expected[name]) || len(f.Names()) == 0 {
				t.Errorf("%d variables, want %d; %v", len(f.Names()), len(expected[name]), err)
			}
			for variable, want := range expected[name] {
				want := want.([]any)
				for i, line := range must[[]string](t)(tell(array(t, f, variable))) {
					if i >= len(want) || line != want[i] {
						t.Errorf("read %s, want line %d of %q", line, i, want)
					}
				}
			}
		})
	}
}

// TestText reads characters that ASCII does not have, stored in four ways.
func TestText(t *testing.T) {
	if got := must[string](t)(array(t, openBytes(t, golden(t, "face")), "face").Text()); got != "a 😀" {
		t.Errorf("two characters of MATLAB's that are one are %q", got)
	}
	for _, name := range []string{"little", "packed", "big", "level73"} {
		f := openBytes(t, golden(t, name))
		for variable, want := range map[string][]string{
			"letters": {"µV in 日本"}, "rows": {"one", "two", "three"}, "names": {"M1 001", "PMd 2", ""},
		} {
			if got := must[[]string](t)(array(t, f, variable).Strings()); !slices.Equal(got, want) {
				t.Errorf("%s: %s is %q, want %q", name, variable, got, want)
			}
		}
		if s, err := array(t, f, "rows").Text(); err == nil || !strings.Contains(err.Error(), "one text") {
			t.Errorf("three rows as one text: %q, %v", s, err)
		}
	}
}

// TestClasses reads what MATLAB's class() and whos say, also of numbers that are
// stored in a narrower type.
func TestClasses(t *testing.T) {
	for _, name := range []string{"little", "packed", "big", "level73"} {
		f := openBytes(t, golden(t, name))
		for variable, want := range map[string]string{
			"counts": "6x4 double", "yes": "2x4 logical", "i1": "2x2 int8", "u8": "2x2 uint64", "f4": "2x2 single",
			"z": "2x3 complex double", "sparse": "6x9 sparse double", "few": "5x4 sparse logical", "trials": "1x3 struct",
			"spikes": "3x2 cell", "cube": "2x3x4 double", "rows": "3x5 char", "none": "0x3 double",
		} {
			if got := array(t, f, variable).String(); got != want {
				t.Errorf("%s: %s is %s, want %s", name, variable, got, want)
			}
		}
	}
}

// TestViews reads the same values in both orders, in blocks, and column by column.
func TestViews(t *testing.T) {
	for _, name := range []string{"little", "big_packed", "level73"} {
		f := openBytes(t, golden(t, name))
		for _, variable := range []string{"matrix", "cube", "sparse", "counts", "odd"} {
			a := array(t, f, variable)
			columns := must[[]float64](t)(a.Reversed().Float64s())
			rows := must[[]float64](t)(a.Float64s())
			for i, v := range rows {
				if w := columns[columnMajor(i, a.Shape())]; v != w && v == v {
					t.Fatalf("%s: %s: element %d is %g and %g", name, variable, i, v, w)
				}
			}
			same(t, variable+" in blocks", blocks(t, a), columns)
			var parts []float64
			last := a.Shape()[len(a.Shape())-1]
			for k := range last {
				parts = append(parts, blocks(t, must[*Array](t)(a.Columns(k, k+1)))...)
			}
			same(t, variable+" by columns", parts, columns)
		}
	}
}

func blocks(t *testing.T, a *Array) (all []float64) {
	for block, err := range a.Float64Blocks() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, block...)
	}
	return all
}

func same(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if tellFloats(got) != tellFloats(want) || len(got) != len(want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// TestIntegers reads whole numbers, and refuses what is not.
func TestIntegers(t *testing.T) {
	f := openBytes(t, golden(t, "little"))
	if got := must[[]int64](t)(array(t, f, "u8").Int64s()); !slices.Equal(got, []int64{0, 1, 100, 127}) {
		t.Errorf("u8 is %v", got)
	}
	if got := must[[]bool](t)(array(t, f, "i2").Bools()); !slices.Equal(got, []bool{false, true, true, true}) {
		t.Errorf("i2 as booleans is %v", got)
	}
	for _, variable := range []string{"matrix", "letters", "spikes"} {
		if v, err := array(t, f, variable).Int64s(); err == nil || !strings.Contains(err.Error(), variable) {
			t.Errorf("%s as integers is %v, %v", variable, v, err)
		}
	}
}
