package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// The reaching recording is written, known for what it is, chopped and aligned to reaches
// by prepare, and goes through a run, which compares what it infers with the truth and
// merges it.
func TestSynthReaching(t *testing.T) {
	dir := t.TempDir()
	path, windows := filepath.Join(dir, "reaching.h5"), filepath.Join(dir, "windows.h5")
	wants := func(text string, parts ...string) {
		t.Helper()
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("it does not say %q:\n%s", part, text)
			}
		}
	}
	text := succeed(t, "synth", "reaching", "--out", path, "--seed", "3", "--seconds", "20", "--neurons", "8", "--rate-hz", "12")
	wants(text, "reaching.h5: 20 s, ", " reaches, 8 neurons, ", "next: autolfads run "+path, "--chop --behavior ", "--lag-ms 100")
	wants(succeed(t, "info", path), "8, ", "trials: ", "target_on_time", "position: 4,020 samples x 2 (x, y) at 200 Hz", "true_rates: 4,000 samples x 8", "in mm/s")
	prepared := succeed(t, "prepare", path, "--out", windows, "--chop", "--behavior", "position,velocity,held(target)", "--lag-ms", "100", "--no-overview")
	wants(prepared, "windows of 600 ms", "true_rates are the truth", "velocity x, velocity y in mm/s")
	wants(succeed(t, "info", windows), "true rates (8)", "continuous   windows of 60 bins")
	run := succeed(t, "run", windows, "--out", filepath.Join(dir, "run"), "--search", "fixed", "--set", "train.max_epochs=2", "--preset", "small")
	wants(run, "true rates", "velocity")
	reaches := filepath.Join(dir, "reaches.h5")
	wants(succeed(t, "prepare", path, "--out", reaches, "--align", "start_time", "--window=-100..300", "--no-overview"), "true_rates are the truth")
	refuseIn(t, dir, []string{"1 s of reaching"}, "synth", "reaching", "--out", filepath.Join(dir, "new.h5"), "--seconds", "1")
	refuseIn(t, dir, []string{"reaching.h5 exists"}, "synth", "reaching", "--out", path)
}

// The timing set is written, known for what it is when it is read, and goes through a run.
func TestSynthTiming(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "timing.h5")
	text := succeed(t, "synth", "timing", "--out", path, "--seed", "3", "--trials", "5", "--neurons", "8", "--rate-hz", "10")
	for _, part := range []string{"timing.h5: 80 + 20 trials x 150 bins of 10 ms x 8 neurons\n", "true rates on validation trials: ", "next: autolfads run " + path} {
		if !strings.Contains(text, part) {
			t.Errorf("synth timing does not say %q:\n%s", part, text)
		}
	}
	if info := succeed(t, "info", path); !strings.Contains(info, "true rates (8), true latent states (7)") || !strings.Contains(info, "conditions (20)") {
		t.Errorf("info does not say what is known:\n%s", info)
	}
	run := succeed(t, "run", path, "--out", filepath.Join(dir, "run"), "--search", "fixed", "--set", "train.max_epochs=2", "--preset", "small")
	if !strings.Contains(run, "true states from factors") {
		t.Errorf("run does not compare with the truth:\n%s", run)
	}
	refuseIn(t, dir, []string{"0 neurons"}, "synth", "timing", "--out", filepath.Join(dir, "new.h5"), "--neurons", "0")
}
