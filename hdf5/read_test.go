package hdf5

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// goldens are the files made by testdata/make.py: the structures of HDF5 up to
// 1.6, those of 1.10, and those of 2.0.
var goldens = []string{"old", "v110", "new"}

// golden returns the bytes of one of them.
func golden(t testing.TB, name string) []byte {
	t.Helper()
	f, err := os.Open("testdata/" + name + ".h5.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// onGolden runs a test on all of them.
func onGolden(t *testing.T, test func(t *testing.T, root *Group)) {
	for _, name := range goldens {
		t.Run(name, func(t *testing.T) { test(t, open(t, golden(t, name)).Root()) })
	}
}

func open(t testing.TB, b []byte) *File {
	t.Helper()
	f, err := NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func dataset(t testing.TB, g *Group, path string) *Dataset {
	t.Helper()
	d, err := g.Dataset(path)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// must turns (value, error) into value.
func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// rule gives the values that make.py writes.
func rule(n int, signed bool) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(7 * i % 100)
		if signed {
			v[i] -= 50
		}
	}
	return v
}

func TestNumbers(t *testing.T) {
	onGolden(t, func(t *testing.T, root *Group) {
		g := must[*Group](t)(root.Group("numbers"))
		for _, order := range []string{"little", "big"} {
			for _, name := range strings.Fields("i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8") {
				d := dataset(t, g, order+"/"+name)
				want := rule(6, name[0] != 'u')
				same(t, d.Path(), must[[]float64](t)(d.Float64s()), want)
				same(t, d.Path(), d.Shape(), []int{2, 3})
				whole := must[[]int64](t)(d.Int64s())
				for i, v := range must[[]float32](t)(d.Float32s()) {
					if float64(v) != want[i] || float64(whole[i]) != want[i] {
						t.Errorf("%s: element %d is %g as float32, %d as int64, want %g", d.Path(), i, v, whole[i], want[i])
					}
				}
			}
		}
		same(t, "scalar", must[[]float64](t)(dataset(t, g, "scalar").Float64s()), []float64{2.5})
		same(t, "shape of a scalar", dataset(t, g, "scalar").Shape(), []int{})
		same(t, "empty", must[[]float32](t)(dataset(t, g, "empty").Float32s()), []float32{})
		same(t, "none", dataset(t, g, "none").Shape(), []int{0, 3})
		same(t, "bool", must[[]bool](t)(dataset(t, g, "bool").Bools()), []bool{true, false, true})
		same(t, "type of bool", dataset(t, g, "bool").Type().String(), "bool")
		same(t, "enum", must[[]int64](t)(dataset(t, g, "enum").Int64s()), []int64{1, -2, 1})
		same(t, "type of compound", dataset(t, g, "compound").Type().String(), "compound{a int32, b [2] float64}")
	})
}

func TestHalfPrecision(t *testing.T) {
	onGolden(t, func(t *testing.T, root *Group) {
		v := must[[]float32](t)(dataset(t, root, "numbers/half").Float32s())
		want := []float32{0, 0, 1, -2.5, 65504, 1.0 / (1 << 24), float32(math.Inf(1))}
		same(t, "half", v[:7], want)
		if !math.Signbit(float64(v[1])) || v[7] == v[7] {
			t.Errorf("got %v and %v, want -0 and NaN", v[1], v[7])
		}
	})
}

func TestStrings(t *testing.T) {
	onGolden(t, func(t *testing.T, root *Group) {
		for path, want := range map[string][]string{
			"strings/fixed":    {"ab", "abcd"},
			"strings/variable": {"spike", "", "häufig"},
			"strings/one":      {"text"},
			"strings/padded":   {"ab"},
		} {
			same(t, path, must[[]string](t)(dataset(t, root, path).Strings()), want)
		}
	})
}

func TestLayouts(t *testing.T) {
	onGolden(t, func(t *testing.T, root *Group) {
		want := rule(35, true)
		for _, name := range []string{
			"contiguous", "chunked", "gzip", "shuffle", "fletcher", "single", "grows",
			"grows gzip", "grows both", "compact", "implicit",
			"may grow", "may grow gzip", "grows and may", "may and grows", "implicit may grow",
		} {
			d := dataset(t, root, "layouts/"+name)
			same(t, name, must[[]float64](t)(d.Float64s()), want)
			if name == "gzip" {
				same(t, "chunk shape", d.ChunkShape(), []int{2, 3})
			}
			slab := must[*Dataset](t)(d.Slab([]int{1, 2}, []int{3, 4}))
			same(t, name+" slab", must[[]float64](t)(slab.Float64s()), []float64{
				want[9], want[10], want[11], want[12],
				want[16], want[17], want[18], want[19],
				want[23], want[24], want[25], want[26],
			})
			inner := must[*Dataset](t)(slab.Slab([]int{2, 3}, []int{1, 1}))
			same(t, name+" slab of slab", must[[]float64](t)(inner.Float64s()), want[26:27])
		}
		lzf := must[[]float64](t)(dataset(t, root, "layouts/lzf").Float64s())
		for i, v := range lzf {
			if v != want[i/4] {
				t.Fatalf("lzf: element %d is %g, want %g", i, v, want[i/4])
			}
		}
		same(t, "scale-offset", must[[]float64](t)(dataset(t, root, "layouts/scale-offset").Float64s()), want)
		same(t, "filled", must[[]int64](t)(dataset(t, root, "layouts/filled").Int64s()),
			[]int64{9, -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, -3, -3})
		same(t, "never written", must[[]float64](t)(dataset(t, root, "layouts/never written").Float64s()),
			[]float64{1.5, 1.5, 1.5})
	})
}

func TestLargeChunkIndexes(t *testing.T) {
	for _, name := range goldens[1:] {
		t.Run(name, func(t *testing.T) { testLargeChunkIndexes(t, open(t, golden(t, name)).Root()) })
	}
}

func testLargeChunkIndexes(t *testing.T, root *Group) {
	g := must[*Group](t)(root.Group("layouts"))
	expect := func(name string, n int, written map[int]int) {
		want := make([]float64, n)
		for at, length := range written {
			copy(want[at:], rule(length, true))
		}
		if got := must[[]float64](t)(dataset(t, g, name).Float64s()); !slices.Equal(got, want) {
			t.Errorf("%s differs", name)
		}
	}
	expect("pages", 2100, map[int]int{0: 30, 2090: 10})
	expect("grows pages", 140000, map[int]int{0: 5, 139000: 5})
	expect("many", 100, map[int]int{0: 100})
}

func TestLinks(t *testing.T) {
	onGolden(t, func(t *testing.T, root *Group) {
		g := must[*Group](t)(root.Group("links"))
		same(t, "keys", g.Keys(), []string{"dangling", "external", "hard", "loop", "many", "relative", "soft"})
		for i := range 40 {
			name := fmt.Sprintf("many/%02d", i)
			same(t, name, must[[]int64](t)(dataset(t, g, name).Int64s()), []int64{int64(i)})
		}
		for path, want := range map[string]int64{"soft": 7, "relative": 8, "hard": 9, "/links/many/10": 10, "./many//11": 11} {
			same(t, path, must[[]int64](t)(dataset(t, g, path).Int64s()), []int64{want})
		}
		if !g.Has("many/12") || g.Has("many/40") || !g.Has("dangling") {
			t.Errorf("Has: %v %v %v", g.Has("many/12"), g.Has("many/40"), g.Has("dangling"))
		}
	})
}

func TestAttributes(t *testing.T) {
	onGolden(t, func(t *testing.T, root *Group) {
		few := must[*Group](t)(root.Group("attributes/few"))
		attr := func(name string) *Attribute { return must[*Attribute](t)(few.Attr(name)) }
		same(t, "float", must[[]float64](t)(attr("float").Float64s()), []float64{2.5})
		same(t, "named", must[[]float32](t)(attr("named").Float32s()), []float32{2.5})
		same(t, "int", must[[]int64](t)(attr("int").Int64s()), []int64{7})
		same(t, "bool", must[[]bool](t)(attr("bool").Bools()), []bool{true})
		same(t, "text", must[[]string](t)(attr("text").Strings()), []string{"häufig"})
		same(t, "texts", must[[]string](t)(attr("texts").Strings()), []string{"a", "bc"})
		same(t, "fixed", must[[]string](t)(attr("fixed").Strings()), []string{"abc"})
		same(t, "array", must[[]float64](t)(attr("array").Float64s()), []float64{0, 1, 2, 3, 4, 5})
		same(t, "shape", attr("array").Shape(), []int{2, 3})
		same(t, "raw", must[[]byte](t)(attr("int").Raw()), []byte{7, 0, 0, 0, 0, 0, 0, 0})
		same(t, "empty", must[[]float64](t)(attr("empty").Float64s()), []float64{})
		many := must[[]*Attribute](t)(dataset(t, root, "attributes/many").Attrs())
		sum := 0.0
		for _, a := range many {
			sum += must[[]float64](t)(a.Float64s())[0]
		}
		same(t, "number of attributes", len(many), 30)
		same(t, "their sum", sum, 435.0)
		same(t, "data set of a named type", must[[]float64](t)(dataset(t, root, "attributes/named").Float64s()), []float64{1.5})
	})
}

func TestLargeAttribute(t *testing.T) {
	few := must[*Group](t)(open(t, golden(t, "new")).Root().Group("attributes/few"))
	v := must[[]float64](t)(must[*Attribute](t)(few.Attr("huge")).Float64s())
	if len(v) != 600 || v[0] != 0 || v[599] != 599 {
		t.Errorf("got %d values", len(v))
	}
}

// TestErrors asks for what cannot be had: the error must be of the right kind
// and say which file and object.
func TestErrors(t *testing.T) {
	read := func(path string, as func(*Dataset) error) func(*Group) error {
		return func(g *Group) error {
			d, err := g.Dataset(path)
			if err != nil {
				return err
			}
			return as(d)
		}
	}
	floats := func(d *Dataset) error { _, err := d.Float64s(); return err }
	ints := func(d *Dataset) error { _, err := d.Int64s(); return err }
	texts := func(d *Dataset) error { _, err := d.Strings(); return err }
	bools := func(d *Dataset) error { _, err := d.Bools(); return err }
	group := func(path string) func(*Group) error {
		return func(g *Group) error { _, err := g.Group(path); return err }
	}
	slab := func(start, count int) func(*Dataset) error {
		return func(d *Dataset) error { _, err := d.Slab([]int{start, 0}, []int{count, 1}); return err }
	}
	cases := []struct {
		name  string
		do    func(*Group) error
		kind  error
		parts string // that the message must have
	}{
		{"missing", group("links/mani"), ErrNotFound, `/links|"mani"|many`},
		{"dangling", group("links/dangling"), ErrNotFound, `/links/dangling|/nowhere is not in the file|del f["/links/dangling"]`},
		{"loop", group("links/loop"), ErrCorrupt, "links on one way"},
		{"external", group("links/external"), ErrUnsupported, "/links/external|other.h5|not opened by name"},
		{"data set as group", group("layouts/gzip"), ErrType, "/layouts/gzip"},
		{"path through a data set", group("layouts/gzip/x"), ErrType, "/layouts/gzip"},
		{"group as data set", read("layouts", floats), ErrType, "/layouts"},
		{"text as numbers", read("strings/fixed", floats), ErrType, "string4|numbers"},
		{"variable text as numbers", read("strings/variable", floats), ErrType, "numbers"},
		{"numbers as text", read("layouts/gzip", texts), ErrType, "float64|strings"},
		{"fractions as integers", read("numbers/fraction", ints), ErrRange, "element 1|2.5"},
		{"fractions as booleans", read("numbers/fraction", bools), ErrType, "booleans"},
		{"uint64 too large", read("numbers/uint64", ints), ErrRange, "18446744073709551615"},
		{"compound as numbers", read("numbers/compound", floats), ErrType, "compound"},
		{"slab too long", read("layouts/gzip", slab(4, 2)), ErrRange, "slab"},
		{"slab before the start", read("layouts/gzip", slab(-1, 2)), ErrRange, "slab"},
	}
	onGolden(t, func(t *testing.T, root *Group) {
		for _, c := range cases {
			err := c.do(root)
			if !errors.Is(err, c.kind) {
				t.Errorf("%s: got error %v, want one that is %v", c.name, err, c.kind)
				continue
			}
			for part := range strings.SplitSeq(c.parts, "|") {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%s: %q does not say %q", c.name, err, part)
				}
			}
		}
	})
}

func TestNotHDF5(t *testing.T) {
	for _, b := range []string{"", "hello", strings.Repeat("x", 5000)} {
		if _, err := NewReader(strings.NewReader(b), int64(len(b))); !errors.Is(err, ErrNotHDF5) {
			t.Errorf("%d bytes: got %v", len(b), err)
		}
	}
	if _, err := Open(t.TempDir()); !errors.Is(err, ErrNotHDF5) {
		t.Errorf("folder: got %v", err)
	}
	if _, err := Open("testdata/none.h5"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("absent: got %v", err)
	}
}

func TestTruncated(t *testing.T) {
	onGoldenBytes(t, func(t *testing.T, b []byte) {
		b = b[:len(b)-1]
		if _, err := NewReader(bytes.NewReader(b), int64(len(b))); !errors.Is(err, ErrTruncated) {
			t.Errorf("got %v, want ErrTruncated", err)
		}
	})
}

func onGoldenBytes(t *testing.T, test func(t *testing.T, b []byte)) {
	for _, name := range goldens {
		t.Run(name, func(t *testing.T) { test(t, golden(t, name)) })
	}
}

// TestUserBlock puts text before the file, as MATLAB does.
func TestUserBlock(t *testing.T) {
	b := append(bytes.Repeat([]byte("M"), 512), golden(t, "old")...)
	le.PutUint64(b[512+24:], 512) // base address of superblock version 0
	root := open(t, b).Root()
	same(t, "fletcher", must[[]float64](t)(dataset(t, root, "layouts/fletcher").Float64s()), rule(35, true))
}
