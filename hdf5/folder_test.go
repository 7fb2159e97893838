package hdf5

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// beside makes a folder of files that refer to each other with h5py, and opens
// the first. It lies in another folder with a file that must not be reached.
func beside(t *testing.T) *File {
	t.Helper()
	dir := t.TempDir()
	out, err := exec.Command(testenv.Python(t, "h5py"), "testdata/make_folder.py", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	f := must[*File](t)(Open(filepath.Join(dir, "inner", "first.h5")))
	t.Cleanup(func() { f.Close() })
	return f
}

func TestExternalLinks(t *testing.T) {
	f := beside(t)
	for _, path := range []string{"beside", "below", "back", "whole/x", "absolute", "moved", "twice", "soft", "self"} {
		same(t, path, must[[]float64](t)(dataset(t, f.Root(), path).Float64s()), rule(6, true))
	}
	below := dataset(t, f.Root(), "below")
	if want := "second.h5"; filepath.Base(below.f.name) != want {
		t.Errorf("%s is of %s, want %s", below.Path(), below.f.name, want)
	}
	same(t, "file", below.Reference(), dataset(t, f.Root(), "twice").Reference())
}

func TestExternalLinkErrors(t *testing.T) {
	f := beside(t)
	for path, want := range map[string]struct {
		kind  error
		parts string
	}{
		"outside":           {ErrUnsupported, "/outside: |secret.h5|is not in its folder|h5py.File"},
		"outside, absolute": {ErrUnsupported, "secret.h5|is not in its folder"},
		"symbolic":          {ErrUnsupported, "symbolic.h5|escapes"},
		"missing":           {ErrNotFound, "missing.h5 is not there|Put it into the folder"},
		"no path":           {ErrNotFound, `no "nothing"`},
		"circle":            {ErrCorrupt, "more than 16 links on one way"},
		"folder":            {ErrNotHDF5, "below is no file"},
		"pipe":              {ErrNotHDF5, "pipe.h5 is no file"},
		"text":              {ErrNotHDF5, "text.h5"},
	} {
		_, err := f.Root().Dataset(path)
		expectError(t, path, err, want.kind)
		for part := range strings.SplitSeq(want.parts, "|") {
			if err != nil && !strings.Contains(err.Error(), part) {
				t.Errorf("%s: %q does not say %q", path, err, part)
			}
		}
	}
	if !f.Root().Has("missing") || !f.Root().Has("outside") {
		t.Error("what cannot be read is there")
	}
}

// TestManyFiles opens no more other files than are allowed.
func TestManyFiles(t *testing.T) {
	f := beside(t)
	for i := range maxFiles + 1 {
		name := strings.Repeat("x", i+1) + ".h5"
		if err := os.Link(filepath.Join(f.folder.path, "second.h5"), filepath.Join(f.folder.path, name)); err != nil {
			t.Fatal(err)
		}
		if _, err := f.sibling(name); (err != nil) != (i >= maxFiles) {
			t.Errorf("file %d: %v", i, err)
		}
	}
}

func TestExternalValues(t *testing.T) {
	f := beside(t)
	for _, path := range []string{"raw", "raw parts"} {
		d := dataset(t, f.Root(), path)
		same(t, path, must[[]float64](t)(d.Float64s()), rule(6, true))
		slab := must[*Dataset](t)(d.Slab([]int{0, 1}, []int{2, 2}))
		same(t, path+" slab", must[[]float64](t)(slab.Float64s()), []float64{-43, -36, -22, -15})
	}
	for path, want := range map[string]struct {
		kind error
		part string
	}{
		"raw outside": {ErrUnsupported, "secret.raw, which this one refers to, is not in its folder"},
		"raw missing": {ErrNotFound, "Put it into the folder"},
		"raw short":   {ErrTruncated, "values.raw has 48 bytes, of which 48 at 8 are wanted"},
	} {
		_, err := dataset(t, f.Root(), path).Float64s()
		expectError(t, path, err, want.kind)
		if err != nil && !strings.Contains(err.Error(), want.part) {
			t.Errorf("%s: %q does not say %q", path, err, want.part)
		}
	}
	d := dataset(t, f.Root(), "raw")
	d.layout.external = []externalPart{{"values.raw", 0, 40}}
	_, err := d.Float64s()
	expectError(t, "too few bytes", err, ErrCorrupt)
}
