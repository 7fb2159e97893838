package tree

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// open opens a file of testdata.
func open(t *testing.T, name string) Group {
	t.Helper()
	f, err := Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f.Root()
}

func arrayAt(t *testing.T, g Group, path string) Array {
	t.Helper()
	a, err := ArrayAt(g, path)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// get returns a value, or fails with its error.
func get[T any](t *testing.T, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// expectArrays wants the arrays that every format keeps alike.
func expectArrays(t *testing.T, g Group) {
	spikes := arrayAt(t, g, "spikes")
	same(t, "shape", spikes.Shape(), []int{2, 3, 4})
	same(t, "number", []bool{spikes.IsNumber(), spikes.IsText(), g.Has("spikes"), g.Has("nothing")}, []bool{true, false, true, false})
	v, err := spikes.Float32s()
	same(t, "values", get(t, v, err)[20:], []float32{20, 21, 22, 23})
	part, err := spikes.Slab([]int{1, 0, 2}, []int{1, 2, 2})
	whole, err2 := get(t, part, err).Int64s()
	same(t, "slab", get(t, whole, err2), []int64{14, 15, 18, 19})
	var rows []float32
	for block, err := range spikes.Float32Rows() {
		rows = append(rows, get(t, block, err)...)
	}
	same(t, "rows", rows, v)
	rates, err := arrayAt(t, g, "session/rates").Float64s()
	same(t, "rates", get(t, rates, err)[1], .5)
	words, err := arrayAt(t, g, "words").Strings()
	same(t, "words", get(t, words, err), []string{"a", "bc"})
	if _, err := GroupAt(g, "spikes"); err == nil || !strings.Contains(err.Error(), "must be a group") {
		t.Errorf("an array as a group: error %v", err)
	}
	if _, err := ArrayAt(g, "session"); err == nil || !strings.Contains(err.Error(), "is a group, must be an array") {
		t.Errorf("a group as an array: error %v", err)
	}
	if _, err := ArrayAt(g, "session/nothing"); err == nil {
		t.Error("nothing as an array: no error")
	}
}

// expectTable wants the table that formats with tables keep.
func expectTable(t *testing.T, table Array) {
	same(t, "fields", table.Fields(), []string{"unit", "time", "side"})
	field := func(name string) Array {
		n, err := table.Field(name)
		return get(t, n, err).(Array)
	}
	times, err := field("time").Float64s()
	same(t, "times", get(t, times, err), []float64{1.5, 2.5})
	sides, err := field("side").Strings()
	same(t, "sides", get(t, sides, err), []string{"L", "R"})
	if _, err := table.Field("nothing"); err == nil {
		t.Error("a field that is not there: no error")
	}
}

func TestHDF5(t *testing.T) {
	g := open(t, "named.h5")
	same(t, "keys", g.Keys(), []string{"cells", "lists", "ragged", "session", "spikes", "table", "words"})
	expectArrays(t, g)
	expectTable(t, arrayAt(t, g, "table"))
	ms, ok, err := Number(g, "bin_width_ms")
	same(t, "bin width", []any{ms, ok, err}, []any{5., true, nil})
	label, ok := Text(g, "label")
	same(t, "label", []any{label, ok}, []any{"by hand", true})
	if _, ok, err := Number(g, "nothing"); ok || err != nil {
		t.Errorf("an attribute that is not there: %v, %v", ok, err)
	}
	if _, _, err := Number(g, "two"); err == nil {
		t.Error("two numbers as one: no error")
	}
}

func TestNPY(t *testing.T) {
	g := open(t, "named.npz")
	same(t, "keys", g.Keys(), []string{"spikes", "session", "words", "table"})
	expectArrays(t, g)
	expectTable(t, arrayAt(t, g, "table"))
	alone := arrayAt(t, open(t, "alone.npy"), "alone")
	v, err := alone.Float32s()
	same(t, "the array alone", get(t, v, err)[:5], []float32{0, 1, 2, 3, 4})
}

func TestMAT(t *testing.T) {
	for _, name := range []string{"named5.mat", "named73.mat"} {
		g := open(t, name)
		expectArrays(t, g)
		n, err := g.Open("cells")
		cells := get(t, n, err).(Cells)
		same(t, "cells", cells.Shape(), []int{3, 1})
		one, err := cells.Cell(0)
		v, err2 := get(t, one, err).(Array).Float64s()
		same(t, "the first", get(t, v, err2), []float64{1, 2})
		two, err := cells.Cell(1)
		in, err2 := ArrayAt(get(t, two, err).(Group), "two")
		same(t, "in the second", get(t, in, err2).Shape(), []int{1, 1})
		three, err := cells.Cell(2)
		same(t, "the empty one", get(t, three, err).(Array).Shape(), []int{0, 0})
		if _, err := cells.Cell(3); err == nil {
			t.Error("a cell that is not there: no error")
		}
	}
	g := open(t, "named5.mat")
	n, err := g.Open("trials")
	second, err2 := get(t, n, err).(Cells).Cell(1)
	side, err := arrayAt(t, get(t, second, err2).(Group), "side").Strings()
	same(t, "a field of a struct of several", get(t, side, err), []string{"R"})
	chars := arrayAt(t, g, "chars")
	rows, err := chars.Strings()
	same(t, "rows of letters", get(t, rows, err), []string{"ab", "cde"})
	same(t, "their shape", chars.Shape(), []int{2})
	rates := arrayAt(t, open(t, "named4.mat"), "rates")
	v, err := rates.Float64s()
	same(t, "level 4", get(t, v, err), []float64{0, 1, 2, 3, 4, 5})
}

// Sequences of variable length are cells, each an array.
func TestHDF5Sequences(t *testing.T) {
	n, err := open(t, "named.h5").Open("lists")
	cells := get(t, n, err).(Cells)
	same(t, "shape", cells.Shape(), []int{2})
	for i, want := range [][]int64{{4, 5}, {}} {
		n, err := cells.Cell(i)
		v, err2 := get(t, n, err).(Array).Int64s()
		same(t, "list", get(t, v, err2), want)
	}
	if _, err := cells.Cell(2); err == nil {
		t.Error("a cell that is not there: no error")
	}
}

func TestHDF5Cells(t *testing.T) {
	n, err := open(t, "named.h5").Open("cells")
	cells := get(t, n, err).(Cells)
	same(t, "cells", []any{cells.Shape(), cells.Len(), Kind(cells)}, []any{[]int{3, 1}, 3, "an array of cells"})
	one, err := cells.Cell(0)
	v, err2 := get(t, one, err).(Array).Float64s()
	same(t, "the first", get(t, v, err2), []float64{1, 2})
	two, err := cells.Cell(1)
	same(t, "the second", Kind(get(t, two, err)), "a group")
	none, err := cells.Cell(2)
	same(t, "the empty one", get(t, none, err), nil)
	for _, i := range []int{-1, 3} {
		if _, err := cells.Cell(i); err == nil {
			t.Errorf("cell %d: no error", i)
		}
	}
}

// Files of no known format say what they look like.
func TestOpenRefuses(t *testing.T) {
	for text, says := range map[string]string{
		"":                                   "not an HDF5 file",
		"\x80\x04K\x01.":                     "pickle",
		"\x1f\x8b\x08":                       "gunzip",
		"version https://git-lfs.github.com": "git lfs pull",
	} {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), path) {
			t.Errorf("%q: error %v, want one with %q", text, err, says)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "nothing")); !os.IsNotExist(err) && !strings.Contains(err.Error(), "no such file") {
		t.Errorf("no file: error %v", err)
	}
	if _, err := Open(t.TempDir()); err == nil || !strings.Contains(err.Error(), "folder") {
		t.Errorf("a folder: error %v", err)
	}
}

// A pipe or a device is named as such: opening one would wait for ever.
func TestOpenDevice(t *testing.T) {
	if _, err := Open(os.DevNull); err == nil || !strings.Contains(err.Error(), "is a pipe or a device") {
		t.Errorf("%v", err)
	}
}
