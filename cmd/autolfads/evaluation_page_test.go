package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/outputs"
)

// recordsSession writes the data that docs/evaluation.md is about.
const recordsSession = `
import h5py, numpy as np
r = np.random.default_rng(1)
with h5py.File("session.h5", "w") as f:
    f.attrs["bin_width_ms"] = 10.0
    for split, inds in {"train": np.arange(0, 24, 2), "valid": np.arange(1, 24, 4)}.items():
        spikes = r.poisson(.2, (len(inds), 30, 4)).astype("f4")
        f[f"{split}_encod_data"], f[f"{split}_recon_data"], f[f"{split}_inds"] = spikes[:, :, :3], spikes, inds
        f[f"{split}_condition"] = inds % 3
`

// TestOutputsInPython does what docs/evaluation.md says of outputs: its Python runs on
// outputs of a run, and the file that it makes is one that the program reads.
// AUTOLFADS_UPDATE=1 writes what info prints of it into the page.
func TestOutputsInPython(t *testing.T) {
	python, dir := testenv.Python(t, "h5py"), t.TempDir()
	runPython(t, python, dir, recordsSession)
	succeed(t, tinyRun(t, dir, filepath.Join(dir, "session.h5"), filepath.Join(dir, "results"))...)
	path := filepath.Join(testenv.Root(), "docs", "evaluation.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	from, to := sectionsOnOutputs(t, string(text))
	section := string(text[from:to])
	blocks := blocksOf(section)
	makeFiles(t, python, dir, blocks)
	wantPrinted(t, path, string(text), from, blocks, runLines(t, dir, "autolfads info mine.h5"))
	runLines(t, dir, "autolfads evaluate mine.h5 results --data session.h5 --draws 100")

	d, err := dataset.Load(filepath.Join(dir, "session.h5"), dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if f, err := outputs.Read(filepath.Join(dir, "mine.h5"), d); err != nil || f.Valid == nil || len(f.Notes) > 0 {
		t.Errorf("the page's file is read as %+v, %v", f, err)
	}
}

// sectionsOnOutputs are where the page tells of files of rates.
func sectionsOnOutputs(t *testing.T, page string) (from, to int) {
	t.Helper()
	from = strings.Index(page, "## Outputs in Python and MATLAB")
	last := strings.Index(page, "## Rates of other programs")
	if from < 0 || last < from {
		t.Fatal("docs/evaluation.md has no sections on outputs")
	}
	if next := strings.Index(page[last+2:], "\n## "); next >= 0 {
		return from, last + 2 + next
	}
	return from, len(page)
}

// wantPrinted checks the text that the page shows.
func wantPrinted(t *testing.T, path, page string, offset int, blocks []block, printed string) {
	t.Helper()
	shown := false
	for _, b := range blocks {
		if b.language != "text" {
			continue
		}
		shown = true
		if b.text != printed {
			t.Errorf("the page shows\n%s\nbut this is printed:\n%s", b.text, printed)
		}
		if os.Getenv("AUTOLFADS_UPDATE") == "1" {
			if err := os.WriteFile(path, []byte(page[:offset+b.from]+printed+page[offset+b.to:]), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !shown {
		t.Error("the page shows nothing")
	}
}
