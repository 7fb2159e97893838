package main

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// again are the flags that make the trials again that testdata/trials_nwb.py wrote.
var again = []string{
	"--bin-ms", "5", "--align", "move_onset_time", "--window=-250..250",
	"--split-column", "split", "--hold-out-units", "heldout", "--behavior", "hand_vel", "--condition", "direction",
}

// A small session, written as a recording by pynwb, is made again as it was binned.
func TestGoldenTrials(t *testing.T) {
	dir := t.TempDir()
	session := testenv.Gunzip(t, "testdata/trials.nwb.gz", filepath.Join(dir, "trials.nwb"))
	want := testenv.Gunzip(t, "testdata/trials.h5.gz", filepath.Join(dir, "want.h5"))
	made := filepath.Join(dir, "made.h5")
	succeed(t, append([]string{"prepare", session, "--out", made}, again...)...)
	for _, part := range []string{"train", "valid"} {
		for _, key := range []string{"_encod_data", "_recon_data", "_behavior", "_inds", "_condition"} {
			if got, want := floats(t, made, part+key), floats(t, want, part+key); len(want) == 0 || !slices.Equal(got, want) {
				t.Errorf("%s%s is %v, want %v", part, key, got, want)
			}
		}
	}
}

// Trials that were binned elsewhere, written as a recording with spikes at random
// moments inside their bins, are made again: counts, behaviour, split and held-out units.
func TestTrialsAreMadeAgain(t *testing.T) {
	python := testenv.Python(t, "h5py", "numpy", "pynwb")
	trials, binned := testenv.Data(t, "mc_maze_large/trials_5ms.npz"), testenv.Data(t, "mc_maze_large/mc_maze_large_05ms.h5")
	dir := t.TempDir()
	session, made := filepath.Join(dir, "session.nwb"), filepath.Join(dir, "made.h5")
	judge := func(args ...string) string {
		t.Helper()
		out, err := exec.Command(python, append([]string{"testdata/trials_nwb.py"}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	judge("write", trials, binned, session)
	report := succeed(t, append([]string{"prepare", session, "--out", made}, again...)...)
	if spikes := judge("compare", binned, made); spikes != "57826" {
		t.Errorf("%s spikes", spikes)
	}
	for _, part := range []string{"132 of the 132 rows of trials, -250..250 ms about move_onset_time", "40 units, which the model predicts from the other 122", "106 trials to train on, 26 to validate with (column split)"} {
		if !strings.Contains(report, part) {
			t.Errorf("the report does not say %q:\n%s", part, report)
		}
	}
	if text := succeed(t, "info", made); !strings.Contains(text, "122 held in + 40 held out") {
		t.Errorf("info:\n%s", text)
	}
}
