package hdf5

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// TestH5dumpAgrees compares what h5dump, an older library than h5py's, reads of the
// structures of the earliest version, and of what this package writes.
func TestH5dumpAgrees(t *testing.T) {
	h5dump := testenv.Command(t, "h5dump")
	files := goldenFiles(t, "matrix")
	compared := 0
	for name, b := range map[string][]byte{
		"chunks": files["chunks-earliest"], "block": files["block-earliest"], "written": must[[]byte](t)(os.ReadFile(writeSample(t))),
	} {
		dir := t.TempDir()
		path, dumped := filepath.Join(dir, "x.h5"), filepath.Join(dir, "values")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		f := open(t, b)
		for k, i := range itemsOf(t, b) {
			d, err := f.Root().Dataset(i.Path)
			if err != nil || i.Attr != "" || !d.Type().IsNumber() || d.Type().BigEndian || k%6 != 0 {
				continue
			}
			want := must[[]byte](t)(d.Raw())
			if len(want) == 0 {
				continue
			}
			if out, err := exec.Command(h5dump, "-d", i.Path, "-b", "FILE", "-o", dumped, path).CombinedOutput(); err != nil {
				t.Errorf("%s: %s: %v: %.200s", name, i.Path, err, out)
				continue
			}
			if got := must[[]byte](t)(os.ReadFile(dumped)); !bytes.Equal(got, want) {
				t.Errorf("%s: %s: h5dump reads other values", name, i.Path)
			}
			compared++
		}
	}
	if compared < 30 {
		t.Errorf("only %d data sets compared", compared)
	}
}
