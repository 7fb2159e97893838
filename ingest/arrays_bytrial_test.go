package ingest_test

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// Spike times as users of MATLAB keep them: trial by trial, filled up to one length,
// deep in structs. All have the same spikes.
func TestArraysTrialwise(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command(testenv.Python(t, "h5py", "scipy.io"), "testdata/trialwise.py", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for file, note := range map[string]string{
		"bt_structs.mat": "count from each trial's start_time", "bt_cells.mat": "count from each trial's start_time",
		"bt_units.mat": "count from each trial's start_time", "bt_grid.mat": "count from each trial's start_time",
		"session.mat": "those of the session", "nan.mat": "filled up", "zeros.mat": "filled up", "ms.h5": "in ms",
		"rat.spikes.cellinfo.mat": "", "deep.mat": "", "plexon.mat": "", "wrapped.mat": "", "ibl.npz": "",
	} {
		t.Run(file, func(t *testing.T) {
			r := opened(t, filepath.Join(dir, file), ingest.Options{})
			if notes := strings.Join(r.Notes, "; "); !strings.Contains(notes, note) || strings.Contains(notes, "left out") {
				t.Errorf("noted %q, want %q", notes, note)
			}
			if r.Units.Len() != 3 {
				t.Fatalf("units %v", r.Units.IDs)
			}
			for k := range 3 {
				if got, err := r.Units.Spikes.Times(k); err != nil || !slices.Equal(got, trialwise(k)) {
					t.Errorf("unit %d has spikes %v (%v), want %v", k, got, err, trialwise(k))
				}
			}
			byTrial := strings.HasPrefix(file, "bt_") || file == "session.mat"
			if byTrial && (r.Trials().Rows != 5 || r.Units.Observed[2][4] != dataset.Interval{Start: 17, Stop: 19}) {
				t.Errorf("trials %+v, observed %v", r.Trials(), r.Units.Observed)
			}
		})
	}
	for file, want := range map[string]string{"bt_no_start.mat": "nothing says when a trial starts: add trials.start_time", "fieldtrip.mat": "keep spike.timestamp"} {
		if _, err := ingest.Open(filepath.Join(dir, file), ingest.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", file, err, want)
		}
	}
}

// trialwise are the spikes of unit k: see testdata/trialwise.py.
func trialwise(k int) (times []float64) {
	for trial := range 5 {
		for n := range 2 + k {
			times = append(times, 1+4*float64(trial)+.25*float64(n+1))
		}
	}
	return times
}
