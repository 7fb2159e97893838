package main

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The set of a chaotic network is written, known for what it is when it is read, and goes
// through a run with inferred inputs.
func TestSynthChaotic(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "chaotic.h5")
	text := succeed(t, "synth", "chaotic", "--out", path, "--seed", "3", "--conditions", "4", "--trials-per-condition", "5",
		"--neurons", "6", "--bins", "20", "--gain", "2", "--pulse", "10", "--peak-hz", "60")
	_, oracle, _ := strings.Cut(text, "validation trials: ")
	oracle, _, _ = strings.Cut(oracle, " nats")
	for _, part := range []string{"chaotic.h5: 16 + 4 trials x 20 bins of 10 ms x 6 neurons\n", "next: autolfads run " + path} {
		if !strings.Contains(text, part) {
			t.Errorf("synth chaotic does not say %q:\n%s", part, text)
		}
	}
	if info := succeed(t, "info", path); !strings.Contains(info, "true rates (6), true latent states (7), conditions (4)") {
		t.Errorf("info does not say what is known:\n%s", info)
	}
	run := succeed(t, "run", path, "--out", filepath.Join(dir, "run"), "--search", "fixed", "--set", "train.max_epochs=2", "--set", "model.inferred_inputs=1")
	truth, err := strconv.ParseFloat(oracle, 64)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"true states from factors", fmt.Sprintf("truth      %.4f\n", truth)} {
		if !strings.Contains(run, part) {
			t.Errorf("run does not say %q:\n%s", part, run)
		}
	}
	without := filepath.Join(dir, "without.h5")
	succeed(t, "synth", "chaotic", "--out", without, "--conditions", "2", "--trials", "3", "--neurons", "6", "--pulse", "0")
	if info := succeed(t, "info", without); !strings.Contains(info, "true latent states (6)") {
		t.Errorf("there is a state of the pulse that is none:\n%s", info)
	}
	refuseIn(t, dir, []string{"gain of 0"}, "synth", "chaotic", "--out", filepath.Join(dir, "new.h5"), "--gain", "0")
}
