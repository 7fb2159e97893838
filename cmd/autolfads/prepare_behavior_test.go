package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/testenv"
)

// storedHand puts behaviour beside tinySession: a hand at 125 Hz that is its own time
// and a wave, with a second of it lost.
func storedHand(t *testing.T, dir string) {
	t.Helper()
	var b strings.Builder
	b.WriteString("time,x,y\n")
	for i := range 400 {
		if at := float64(i) / 125; at < 1.2 || at > 1.6 {
			fmt.Fprintf(&b, "%g,%g,%g\n", at, at, math.Sin(9*at))
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "session_behavior.csv"), []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestBehaviorFromTableToScore: a table of behaviour beside one of spikes is listed,
// taken with a lag and a gap, told, written with its names, and decoded by a run.
func TestBehaviorFromTableToScore(t *testing.T) {
	dir := t.TempDir()
	source, made := tinySession(t, dir), filepath.Join(dir, "made.h5")
	storedHand(t, dir)
	if text := succeed(t, "info", source); !strings.Contains(text, "streams      session_behavior: ") {
		t.Errorf("info\n%s", text)
	}
	printed := succeed(t, "prepare", source, "--out", made, "--behavior", "session_behavior", "--lag-ms", "20", "--bin-ms", "10")
	for _, want := range []string{
		"behaviour    session_behavior x, session_behavior y: 125 Hz, low-passed below 50 Hz (501 taps, no delay), at the bin's first moment, 20 ms later than the spikes; some bins of 2 trials have no value; no bin has one in 1: 5\n",
	} {
		if !strings.Contains(printed, want) {
			t.Errorf("prepare does not say %q:\n%s", want, printed)
		}
	}
	d, err := dataset.Load(made, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range d.Train.TrialIDs {
		for bin := range d.Train.Behavior.Bins {
			want := float64(id)/4 + float64(bin)/100 + .02
			if v := float64(d.Train.Behavior.Bin(i, bin)[0]); math.Abs(v-want) > 1e-6 && !(v != v && want > 1.19 && want < 1.61) {
				t.Errorf("trial %d, bin %d: x is %v, not %v", id, bin, v, want)
			}
		}
	}
	config := filepath.Join(dir, "tiny.yaml")
	if err := os.WriteFile(config, []byte(tinyConfig), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "run")
	succeed(t, "run", made, "--out", out, "--config", config, "--workers", "1", "--threads", "1")
	text, err := os.ReadFile(filepath.Join(out, "scores.json"))
	if err != nil {
		t.Fatal(err)
	}
	var scores struct {
		Scores []struct {
			Name    string
			Outputs []string
		}
	}
	if err := json.Unmarshal(text, &scores); err != nil {
		t.Fatal(err)
	}
	for _, s := range scores.Scores {
		if s.Name == "behaviour from rates" && reflect.DeepEqual(s.Outputs, []string{"session_behavior x", "session_behavior y"}) {
			return
		}
	}
	t.Errorf("no score of behaviour: %s", text)
}

// The program refuses behaviour that there is none of in a line, and run takes the
// same flags.
func TestBehaviorRefused(t *testing.T) {
	dir := t.TempDir()
	source := tinySession(t, dir)
	refuse(t, []string{"there is no stream hand: the recording has none (--behavior, --external)"}, "prepare", source, "--dry-run", "--behavior", "hand")
	storedHand(t, dir)
	refuse(t, []string{"there is no stream hand: the recording has session_behavior (x, y)"}, "prepare", source, "--dry-run", "--behavior", "hand")
	refuse(t, []string{"the external input session_behavior x is not known in trial 5 at 1.25 s"}, "prepare", source, "--dry-run", "--external", "session_behavior")
	refuse(t, []string{"there is no stream hand"}, "run", source, "--out", filepath.Join(dir, "run"), "--behavior", "hand")
}

// TestBehaviorAgainstSciPy has Python make a session in five formats and compares what
// is prepared from each with SciPy's decimation and NumPy's interpolation.
func TestBehaviorAgainstSciPy(t *testing.T) {
	python := testenv.Python(t, "h5py", "scipy.signal", "pynwb")
	dir, script := t.TempDir(), filepath.Join("testdata", "behavior.py")
	judge := func(args ...string) string {
		out, err := exec.Command(python, append([]string{script}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return strings.TrimSpace(string(out))
	}
	judge("make", dir)
	made := []string{"compare", dir, "120"}
	for _, name := range []string{"session.nwb", "session.mat", "session73.mat", "session.npz", "session.h5"} {
		for _, binMs := range []string{"5", "10", "20"} {
			made = append(made, filepath.Join(dir, name+"."+binMs+".h5"))
			succeed(t, "prepare", filepath.Join(dir, name), "--out", made[len(made)-1], "--bin-ms", binMs, "--align", "go_time", "--window=-200..300",
				"--behavior", "hand", "--behavior", "finger,velocity(finger)[1]", "--behavior", "pupil", "--lag-ms", "120")
		}
	}
	if said := judge(made...); said != "450 trials agree" {
		t.Error(said)
	}
}
