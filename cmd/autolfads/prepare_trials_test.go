package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

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
	report := succeed(t, "prepare", session, "--out", made, "--bin-ms", "5", "--align", "move_onset_time", "--window=-250..250",
		"--split-column", "split", "--hold-out-units", "heldout", "--behavior", "hand_vel", "--condition", "direction")
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
