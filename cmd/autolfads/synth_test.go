package main

import (
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The sets of continuous data are written, say how to go on, and are known for
// what they are when they are read.
func TestSynthContinuous(t *testing.T) {
	dir := t.TempDir()
	emg, calcium := filepath.Join(dir, "emg.h5"), filepath.Join(dir, "calcium.h5")
	for _, c := range []struct {
		path       string
		args, says []string
		info       string
	}{
		{
			emg,
			[]string{"emg", "--seed", "2", "--trials", "10", "--channels", "4", "--bins", "20", "--bin-ms", "5", "--shape", "3"},
			[]string{"emg.h5: 8 + 2 trials x 20 bins of 5 ms x 4 channels\n", "true distribution", "--out results --preset emg\n"},
			"(gamma)",
		},
		{
			calcium,
			[]string{"calcium", "--conditions", "2", "--trials", "3", "--neurons", "5", "--frames", "8", "--threshold", "0.4", "--noise", ".1", "--decay", ".6", "--rate-hz", "9"},
			[]string{"calcium.h5: 4 + 2 trials x 8 frames of 33.3333 ms x 5 neurons\n", "--preset calcium --set model.zig_location=0.4\n"},
			"(zero_inflated_gamma)",
		},
	} {
		text := succeed(t, append(append([]string{"synth"}, c.args...), "--out", c.path)...)
		for _, part := range c.says {
			if !strings.Contains(text, part) {
				t.Errorf("synth %s does not say %q:\n%s", c.args[0], part, text)
			}
		}
		_, oracle, _ := strings.Cut(text, "validation trials: ")
		oracle, _, _ = strings.Cut(oracle, "\n")
		_, settings, _ := strings.Cut(text, "--out results ") // the last line says how to go on
		set := strings.Fields(settings)
		info := succeed(t, append([]string{"info", c.path}, set...)...)
		if line := "oracle       " + oracle + ": the negative log likelihood " + c.info; !strings.Contains(info, line) {
			t.Errorf("info does not say %q:\n%s", line, info)
		}
		if strings.Contains(info, "Hz") || strings.Contains(info, "spikes") || !strings.Contains(info, "\nmean         ") {
			t.Errorf("info speaks of spikes:\n%s", info)
		}
		run := succeed(t, append([]string{"run", c.path, "--out", c.path + ".run", "--search", "fixed", "--set", "train.max_epochs=2"}, set...)...)
		_, of, _ := strings.Cut(run, "negative log likelihood  ")
		_, of, _ = strings.Cut(of, "truth ")
		truth, _, _ := strings.Cut(strings.TrimLeft(of, " "), "\n")
		told, err := strconv.ParseFloat(truth, 64)
		if known, wrong := strconv.ParseFloat(strings.Fields(oracle)[0], 64); err != nil || wrong != nil || math.Abs(told-known) > 6e-5 {
			t.Errorf("run does not say the oracle %s:\n%s", oracle, run)
		}
		if strings.Contains(run, "spikes") {
			t.Errorf("run speaks of spikes:\n%s", run)
		}
	}
	refuseIn(t, dir, []string{"emg.h5 exists"}, "synth", "emg", "--out", emg)
	refuseIn(t, dir, []string{"shape of 0.5"}, "synth", "emg", "--out", filepath.Join(dir, "new.h5"), "--shape", ".5")
	refuseIn(t, dir, []string{"frame rate of 0 Hz"}, "synth", "calcium", "--out", filepath.Join(dir, "new.h5"), "--frame-hz", "0")
}
