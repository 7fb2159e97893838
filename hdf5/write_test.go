package hdf5

import (
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/testenv"
)

// writeSample makes a file with everything that the writer can do.
func writeSample(t testing.TB) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "sample.h5")
	w, err := Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	write := func(path string, data any, shape []int, options ...Option) {
		t.Helper()
		if err := w.Write(path, data, shape, options...); err != nil {
			t.Fatal(err)
		}
	}
	set := func(path, attr string, value any) {
		t.Helper()
		if err := w.SetAttr(path, attr, value); err != nil {
			t.Fatal(err)
		}
	}
	types := sampleTypes()
	for _, path := range sortedKeys(types) {
		data := types[path]
		write("types/"+path, data, []int{reflect.ValueOf(data).Len()})
	}
	write("scalar", 2.5, nil)
	write("text", "häufig", nil)
	write("none", []float32{}, []int{0, 3})
	grid := rule(5*7*3, true)
	write("stored/whole", grid, []int{5, 7, 3})
	write("stored/chunked", grid, []int{5, 7, 3}, Chunk(2, 3, 3))
	write("stored/gzip", grid, []int{5, 7, 3}, Chunk(2, 3, 2), Gzip(4))
	write("stored/shuffle", grid, []int{5, 7, 3}, Gzip(9), Shuffle())
	if err := w.WriteAgain("stored/again", "stored/shuffle"); err != nil {
		t.Fatal(err)
	}
	write("stored/tree", rule(5000, true), []int{5000}, Chunk(1)) // three levels
	many := make([]string, 70000)                                 // two heap collections
	for i := range many {
		many[i] = fmt.Sprint("name ", i)
	}
	write("many strings", many, []int{70000}, Gzip(1))
	write("lists", [][]int32{{1, -2, 3}, {}, {math.MinInt32}, nil, {4, 5}}, []int{5})
	for i := range 300 {
		write(fmt.Sprintf("links/%03d", i), int32(i), nil)
	}
	if err := w.Group("empty/group"); err != nil {
		t.Fatal(err)
	}
	set("/", "bin_width_ms", 5.0)
	set("/", "bin_width_ms", 10.0)
	set("stored", "units", "counts per bin")
	set("stored/gzip", "names", []string{"a", "", "bc"})
	set("stored/gzip", "ok", true)
	set("scalar", "ids", []int64{1, 2, 3})
	scalars := sampleScalars()
	for _, name := range sortedKeys(scalars) {
		set("types", name, scalars[name])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

func sampleTypes() map[string]any {
	return map[string]any{
		"float32": []float32{0, -1.5, float32(math.Inf(1)), math.MaxFloat32},
		"float64": []float64{0, -1.5, math.Inf(-1), math.SmallestNonzeroFloat64},
		"int64":   []int64{math.MinInt64, math.MaxInt64}, "int32": []int32{math.MinInt32, 5},
		"int16": []int16{math.MinInt16, 5}, "int8": []int8{math.MinInt8, 5},
		"uint64": []uint64{math.MaxUint64, 1}, "uint32": []uint32{math.MaxUint32, 1},
		"uint16": []uint16{math.MaxUint16, 1}, "uint8": []uint8{math.MaxUint8, 1},
		"bool": []bool{true, false}, "string": []string{"a", "", "häufig"},
	}
}

// sampleScalars all have the value 7.
func sampleScalars() map[string]any {
	return map[string]any{
		"a float32": float32(7), "b int": 7, "c ints": []int{7}, "d int64": int64(7), "e int32": int32(7), "f uint64": uint64(7),
	}
}

func TestRoundTrip(t *testing.T) {
	f, err := Open(writeSample(t))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	root := f.Root()
	for path, want := range sampleTypes() {
		d := dataset(t, root, "types/"+path)
		same(t, "type of "+path, d.Type().String(), path)
		switch want := want.(type) {
		case []bool:
			same(t, path, must[[]bool](t)(d.Bools()), want)
		case []string:
			same(t, path, must[[]string](t)(d.Strings()), want)
		default:
			raw := rawBytes(t, want)
			same(t, path, must[[]byte](t)(d.Raw()), raw)
		}
	}
	for _, name := range []string{"whole", "chunked", "gzip", "shuffle", "again"} {
		d := dataset(t, root, "stored/"+name)
		same(t, name, must[[]float64](t)(d.Float64s()), rule(5*7*3, true))
		same(t, name, d.Shape(), []int{5, 7, 3})
	}
	same(t, "tree", must[[]float64](t)(dataset(t, root, "stored/tree").Float64s()), rule(5000, true))
	same(t, "string 69999", must[[]string](t)(dataset(t, root, "many strings").Strings())[69999], "name 69999")
	lists := must[*Sequences](t)(dataset(t, root, "lists").Sequences())
	same(t, "lists", must[[]int64](t)(lists.Int64s()), []int64{1, -2, 3, math.MinInt32, 4, 5})
	same(t, "ends of lists", lists.Ends, []int{3, 3, 4, 4, 6})
	same(t, "link 299", must[[]int64](t)(dataset(t, root, "links/299").Int64s()), []int64{299})
	same(t, "none", dataset(t, root, "none").Shape(), []int{0, 3})
	same(t, "bin_width_ms", must[[]float64](t)(must[*Attribute](t)(root.Attr("bin_width_ms")).Float64s()), []float64{10})
	types := must[*Group](t)(root.Group("types"))
	for name := range sampleScalars() {
		same(t, name, must[[]int64](t)(must[*Attribute](t)(types.Attr(name)).Int64s()), []int64{7})
	}
	names := must[*Attribute](t)(dataset(t, root, "stored/gzip").Attr("names"))
	same(t, "names", must[[]string](t)(names.Strings()), []string{"a", "", "bc"})
}

func rawBytes(t testing.TB, v any) []byte {
	e, err := (&Writer{}).encode(v)
	if err != nil {
		t.Fatal(err)
	}
	return e.raw
}

// TestH5pyReads lets h5py judge the same file.
func TestH5pyReads(t *testing.T) {
	python := testenv.Python(t, "h5py")
	out, err := exec.Command(python, "-c", h5pyJudge, writeSample(t)).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

const h5pyJudge = `
import sys, h5py, numpy as np
rule = lambda n: (7.0 * np.arange(n)) % 100 - 50
with h5py.File(sys.argv[1]) as f:
    for t in "float32 float64 int64 int32 int16 int8 uint64 uint32 uint16 uint8 bool".split():
        assert f["types"][t].dtype == np.dtype(t), t
    assert f["types/float64"][3] == 5e-324 and f["types/float32"][2] == np.inf
    assert f["types/int64"][:].tolist() == [-2**63, 2**63 - 1] and f["types/uint64"][0] == 2**64 - 1
    assert f["types/int8"][0] == -128 and f["types/uint16"][0] == 65535
    assert f["types/bool"][:].tolist() == [True, False]
    assert f["types/string"].asstr()[:].tolist() == ["a", "", "häufig"]
    assert f["scalar"][()] == 2.5 and f["text"].asstr()[()] == "häufig" and f["none"].shape == (0, 3)
    for name in "whole chunked gzip shuffle again".split():
        assert (f["stored"][name][:] == rule(105).reshape(5, 7, 3)).all(), name
    assert f["stored/gzip"].compression == "gzip" and f["stored/gzip"].chunks == (2, 3, 2)
    assert f["stored/shuffle"].shuffle and f["stored/shuffle"].compression_opts == 9
    assert (f["stored/tree"][:] == rule(5000)).all() and f["stored/tree"][4321] == rule(5000)[4321]
    s = f["many strings"].asstr()[:]
    assert all(s[i] == f"name {i}" for i in range(70000))
    assert f["lists"].dtype == h5py.vlen_dtype("int32") and [v.tolist() for v in f["lists"][:]] == [[1, -2, 3], [], [-2**31], [], [4, 5]]
    assert [f["links"][k][()] for k in f["links"]] == list(range(300))
    assert list(f["empty"]) == ["group"] and list(f["empty/group"]) == []
    assert dict(f.attrs) == {"bin_width_ms": 10.0} and len(f.attrs) == 1 and len(f["scalar"].attrs) == 1
    assert f["stored"].attrs["units"] == "counts per bin"
    assert f["stored/gzip"].attrs["names"].tolist() == ["a", "", "bc"] and f["stored/gzip"].attrs["ok"] == True
    assert len(f["types"].attrs) == 6 and all(v == 7 for v in f["types"].attrs.values())
    assert f["scalar"].attrs["ids"].tolist() == [1, 2, 3]
with h5py.File(sys.argv[1], "r+") as f:  # and it can go on from here
    f["links"].create_dataset("more", data=[1.0])
    f["stored/tree"].attrs["x"] = 1
`

// TestH5dumpReads lets the HDF Group's own tool judge it.
func TestH5dumpReads(t *testing.T) {
	h5dump := testenv.Command(t, "h5dump")
	out, err := exec.Command(h5dump, "-d", "/stored/gzip", "-p", writeSample(t)).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{
		"DATASPACE  SIMPLE { ( 5, 7, 3 ) / ( 5, 7, 3 ) }", "CHUNKED ( 2, 3, 2 )",
		"COMPRESSION DEFLATE { LEVEL 4 }", "(4,6,0): -36, -29, -22",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("h5dump does not say %q:\n%s", want, out)
		}
	}
	if out, err := exec.Command(h5dump, writeSample(t)).CombinedOutput(); err != nil {
		t.Errorf("h5dump: %v\n%.2000s", err, out)
	}
}

func TestWriteErrors(t *testing.T) {
	cases := []struct {
		name string
		do   func(*Writer) error
		kind error
	}{
		{"too few values", func(w *Writer) error { return w.Write("x", []float32{1}, []int{2}) }, ErrRange},
		{"negative shape", func(w *Writer) error { return w.Write("x", []float32{1}, []int{-1, -1}) }, ErrRange},
		{"unknown type", func(w *Writer) error { return w.Write("x", struct{}{}, nil) }, ErrType},
		{"no name", func(w *Writer) error { return w.Write("/", 1.0, nil) }, ErrNotFound},
		{"twice", func(w *Writer) error { return w.Write("a", 1.0, nil) }, errTaken},
		{"inside a data set", func(w *Writer) error { return w.Write("a/b", 1.0, nil) }, ErrType},
		{"chunks of other rank", func(w *Writer) error { return w.Write("x", []int8{1}, []int{1}, Chunk(1, 1)) }, ErrRange},
		{"gzip level", func(w *Writer) error { return w.Write("x", []int8{1}, []int{1}, Gzip(10)) }, ErrRange},
		{"attribute of nothing", func(w *Writer) error { return w.SetAttr("x", "a", 1.0) }, ErrNotFound},
		{"again what is not there", func(w *Writer) error { return w.WriteAgain("x", "y") }, ErrNotFound},
		{"again what is in one piece", func(w *Writer) error { return w.WriteAgain("x", "a") }, ErrType},
		{"large attribute", func(w *Writer) error { return w.SetAttr("a", "a", make([]float64, 9000)) }, ErrRange},
	}
	for _, c := range cases {
		folder := t.TempDir()
		w, err := Create(filepath.Join(folder, "x.h5"))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write("a", 1.0, nil); err != nil {
			t.Fatal(err)
		}
		if err := c.do(w); !errors.Is(err, c.kind) {
			t.Errorf("%s: got error %v, want %v", c.name, err, c.kind)
		}
		if err := w.Close(); !errors.Is(err, c.kind) {
			t.Errorf("%s: Close gave %v, want the same error", c.name, err)
		}
		if files, _ := os.ReadDir(folder); len(files) > 0 {
			t.Errorf("%s: left %v behind", c.name, files)
		}
	}
}

// TestAbort keeps what was there before.
func TestAbort(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.h5")
	if err := os.WriteFile(name, []byte("before"), 0o644); err != nil {
		t.Fatal(err)
	}
	w := must[*Writer](t)(Create(name))
	if err := w.Write("a", 1.0, nil); err != nil {
		t.Fatal(err)
	}
	if temp := w.file.Name(); !durable.IsTemp(filepath.Base(temp)) {
		t.Errorf("%s would not be swept up after a crash", temp)
	}
	w.Abort()
	b := must[[]byte](t)(os.ReadFile(name))
	same(t, "content", string(b), "before")
	files := must[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(name)))
	same(t, "files", len(files), 1)
}

// TestSameBytes writes twice: nothing in a file depends on time or chance.
func TestSameBytes(t *testing.T) {
	a := must[[]byte](t)(os.ReadFile(writeSample(t)))
	b := must[[]byte](t)(os.ReadFile(writeSample(t)))
	if string(a) != string(b) {
		t.Error("two files of the same content differ")
	}
}
