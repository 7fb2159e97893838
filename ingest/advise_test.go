package ingest_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
)

func TestAdvise(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	run := filepath.Join(dir, "a.run")
	sorting := filepath.Join(dir, "sorting")
	for _, name := range []string{run, filepath.Join(run, "generations"), sorting, filepath.Join(dir, "others")} {
		if err := os.Mkdir(name, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	write("a.run/run.yaml", "run:\n")
	write("sorting/si_folder.json", "{}")
	noHDF5 := fmt.Errorf("x: %w", hdf5.ErrNotHDF5)
	other := errors.New("x: bins of no width")
	sample := testenv.Gunzip(t, "testdata/nwb_sample.nwb.gz", filepath.Join(dir, "s.nwb"))
	for _, c := range []struct {
		path string
		err  error
		want string
	}{
		{sorting, noHDF5, "sorting is a folder of SpikeInterface: load it"},
		{write("empty.h5", ""), noHDF5, "empty.h5 is empty (0 bytes)"},
		{write("a.nev", "NEURALEV\x02\x03"), noHDF5, "a.nev is a Blackrock event file (.nev): export its sorted spike times"},
		{write("a.rhd", "\x02\x27\x91\xc6 and so on"), noHDF5, "a.rhd is an Intan recording (.rhd)"},
		{write("a.pkl", "anything"), noHDF5, "a.pkl is a pickle of Python"},
		{write("a.h5", "version https://git-lfs.github.com/spec/v1\noid"), noHDF5, "a.h5 is a pointer of Git LFS"},
		{write("word.docx", "\xd0\xcf\x11\xe0 and so on"), noHDF5, `word.docx begins with "\xd0\xcf\x11\xe0 and so on", not an HDF5 file`},
		{write("odd.h5", "xyz"), fmt.Errorf("odd.h5: %w: keys a, b", dataset.ErrLayout), "keys a, b. Recordings known: NWB 2; "},
		{dir, noHDF5, "is a folder with recordings in it, and one is read at a time: name it: " + sample},
		{filepath.Dir(write("others/a.rhd", "xyz")), noHDF5, "is a folder of a.rhd: none that is known. Known are NWB 2; "},
		{run, noHDF5, "a.run is the folder of a run: `autolfads status`"},
		{sample, noHDF5, "s.nwb is a recording (NWB 2), not yet trials of binned spikes: `autolfads info`"},
		{write("bad.h5", "xyz"), other, "x: bins of no width"},
		{filepath.Join(dir, "nothing"), other, "x: bins of no width"},
	} {
		if got := ingest.Advise(c.path, c.err).Error(); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", filepath.Base(c.path), got, c.want)
		}
	}
}
