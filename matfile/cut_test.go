package matfile

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
)

// allowed reports whether an error is one that a damaged file may give.
func allowed(err error) bool {
	for _, kind := range []error{
		ErrNotMAT, ErrTruncated, ErrCorrupt, ErrUnsupported, ErrNotFound, ErrType, ErrRange, ErrTooLarge,
		hdf5.ErrNotHDF5, hdf5.ErrTruncated, hdf5.ErrCorrupt, hdf5.ErrUnsupported, hdf5.ErrNotFound, hdf5.ErrType, hdf5.ErrRange, hdf5.ErrTooLarge,
	} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// readEverything opens and reads whatever a file has, and returns the errors.
func readEverything(b []byte) (read int, errs []error) {
	f, err := NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return 0, []error{err}
	}
	for _, name := range f.Names() {
		a, err := f.Array(name)
		if err == nil {
			_, err = tell(a)
		}
		if err != nil {
			errs = append(errs, err)
		} else {
			read++
		}
	}
	if err := f.Damage(); err != nil {
		errs = append(errs, err)
	}
	return read, errs
}

// TestCut reads what there is of files that end too soon, as after a copy that was
// interrupted: the variables before the end, and what is wrong with the last one.
func TestCut(t *testing.T) {
	for _, name := range goldens {
		whole := golden(t, name)
		all, errs := readEverything(whole)
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		for n := 0; n < len(whole); n += 1 + len(whole)/150 {
			read, errs := readEverything(whole[:n])
			for _, err := range errs {
				if !allowed(err) {
					t.Errorf("%s cut at %d: %v", name, n, err)
				}
			}
			if name != "level73" && read == all {
				t.Errorf("%s cut at %d is read as if it were whole", name, n)
			}
			if name == "packed" && n > len(whole)/2 && read < all/4 {
				t.Errorf("%s cut at %d: %d variables are read", name, n, read)
			}
		}
	}
}

// TestNotMAT says of other files what is expected.
func TestNotMAT(t *testing.T) {
	dir := t.TempDir()
	for content, want := range map[string]string{
		"":                                   `begins with ""`,
		"unit,time\n1,0.5\n":                 `begins with "unit,time`,
		strings.Repeat("\x93NUMPY", 50):      "MATLAB 7.3 MAT-file",
		"MATLAB 5.0 MAT-file" + nothing(200): "header's version",
	} {
		name := filepath.Join(dir, "x.mat")
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(name)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "x.mat") {
			t.Errorf("%.20q: %v", content, err)
		}
	}
	if _, err := Open(dir); !errors.Is(err, ErrNotMAT) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "none.mat")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("nothing: %v", err)
	}
}

func nothing(n int) string { return strings.Repeat("\x00", n) }

// FuzzRead reads any bytes as a file.
func FuzzRead(f *testing.F) {
	for _, name := range goldens {
		f.Add(golden(f, name))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		_, errs := readEverything(b)
		for _, err := range errs {
			if !allowed(err) {
				t.Error(err)
			}
		}
	})
}
