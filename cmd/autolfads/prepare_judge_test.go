package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// judgePrepared counts spikes of an NWB file about a column of a table as nlb_tools
// does, and compares with a prepared file. It prints the number of spikes.
const judgePrepared = `
import sys, h5py, numpy as np
source, made, table, align = sys.argv[1:5]
first, last, width = map(float, sys.argv[5:8])
with h5py.File(source) as f, h5py.File(made) as g:
    ends, times = f["units/spike_times_index"][:], f["units/spike_times"][:]
    units = np.split(times, ends[:-1])
    events = f["intervals/" + table + "/" + align][:]
    total = 0
    for split in "train", "valid":
        got = g[split + "_encod_data"][:]
        assert got.shape[2] == len(units), got.shape
        for trial, row in zip(got, g[split + "_inds"][:]):
            for u, spikes in enumerate(units):
                ms = np.round((spikes - (events[row] + first / 1000)) * 1000, 6)
                bins = np.floor(ms[(ms >= 0) & (ms < last - first)] / width).astype(int)
                want = np.bincount(bins, minlength=len(trial))
                assert (trial[:, u] == want).all(), (split, row, u)
        total += int(got.sum())
    rows = np.concatenate([g["train_inds"][:], g["valid_inds"][:]])
    assert sorted(rows) == list(np.flatnonzero(np.isfinite(events))), rows
print(total)
`

// The counts are those of NumPy on recordings of the field.
func TestPreparedAgainstNumPy(t *testing.T) {
	python := testenv.Python(t, "h5py", "numpy")
	for _, c := range []struct{ name, table, align, from, to, bin, spikes string }{
		{"sub-4_ses-4_ecephys+image.nwb", "recognition_table", "response_time", "-500", "250", "5", "10103"},
		{"sub-4_ses-4_ecephys+image.nwb", "encoding_table", "boundary1_time", "-1000", "1000", "12.5", "13758"},
		{"sub-anm372793_ses-20170508.nwb", "trials", "start_time", "-100", "1900", "0.5", "871"},
	} {
		source, made := testenv.Data(t, "nwb/"+c.name), filepath.Join(t.TempDir(), "made.h5")
		succeed(t, "prepare", source, "--out", made, "--trials", c.table, "--align", c.align, "--window="+c.from+".."+c.to, "--bin-ms", c.bin)
		out, err := exec.Command(python, "-c", judgePrepared, source, made, c.table, c.align, c.from, c.to, c.bin).CombinedOutput()
		if text := strings.TrimSpace(string(out)); err != nil || text != c.spikes {
			t.Errorf("%s about %s: %v, %s spikes, want %s", c.table, c.align, err, text, c.spikes)
		}
	}
}
