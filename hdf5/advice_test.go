package hdf5

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// TestAdvice types what errors say to type, and reads what comes of it.
func TestAdvice(t *testing.T) {
	python := testenv.Python(t, "h5py", "hdf5plugin")
	dir := filepath.Join(t.TempDir(), "monkey's day 1") // what a shell would take apart
	if out, err := exec.Command(python, "-c", adviceFiles, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, name := range []string{"virtual", "raw", "link", "filter"} {
		f := must[*File](t)(Open(filepath.Join(dir, name+".h5")))
		defer f.Close()
		d, err := f.Root().Dataset("x")
		if err == nil {
			_, err = d.Float64s()
		}
		if err == nil {
			t.Errorf("%s is read", name)
			continue
		}
		_, command, _ := strings.Cut(err.Error(), "python3 -c ")
		if out, err := exec.Command("sh", "-c", python+" -c "+command).CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s\n%s", name, err, out, command)
			continue
		}
		plain := must[*File](t)(Open(filepath.Join(dir, name+"-plain.h5")))
		defer plain.Close()
		same(t, name, must[[]float64](t)(dataset(t, plain.Root(), "x").Float64s()), rule(6, false))
		same(t, name+" attribute", must[[]float64](t)(must[*Attribute](t)(plain.Root().Attr("bin_width_ms")).Float64s()), []float64{5})
	}
}

const adviceFiles = `
import os, sys, h5py, hdf5plugin, numpy as np
os.mkdir(sys.argv[1]); os.chdir(sys.argv[1])
x = (7 * np.arange(6) % 100).reshape(2, 3)
def file(name):
    f = h5py.File(name + ".h5", "w")
    f.attrs["bin_width_ms"] = 5
    return f
with file("../source") as f: f["x"] = x
with file("virtual") as f:
    v = h5py.VirtualLayout(x.shape, x.dtype)
    v[:] = h5py.VirtualSource("../source.h5", "x", x.shape)
    f.create_virtual_dataset("x", v)
with file("raw") as f:
    x.tofile("../x.raw")
    f.create_dataset("x", shape=x.shape, dtype=x.dtype, external=[(os.path.abspath("../x.raw"), 0, x.nbytes)])
with file("link") as f: f["x"] = h5py.ExternalLink("../source.h5", "/x")
with file("filter") as f: f.create_dataset("x", data=x, chunks=(1, 2), compression=hdf5plugin.Blosc2())
`
