package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Figures of an evaluation name every file, in the format asked for; without rates of
// validation trials there are none.
func TestEvaluateFigures(t *testing.T) {
	dir := t.TempDir()
	data, smooth, psth := filepath.Join(dir, "lorenz.h5"), filepath.Join(dir, "smooth.h5"), filepath.Join(dir, "psth.h5")
	succeed(t, "synth", "lorenz", "--out", data, "--conditions", "4", "--trials", "10", "--neurons", "10", "--bins", "30")
	succeed(t, "baseline", "smooth", data, "--out", smooth)
	succeed(t, "baseline", "psth", data, "--out", psth)
	folder := filepath.Join(dir, "new", "figures")
	succeed(t, "evaluate", smooth, psth, "--data", data, "--draws", "100", "--no-smoothing", "--figures", folder, "--format", "svg")
	for _, name := range []string{"scores.svg", "psth.svg", "rasters.svg"} {
		file, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil || !strings.Contains(string(file), ">smooth<") || !strings.Contains(string(file), ">psth<") {
			t.Errorf("%s: %v; both methods should be named", name, err)
		}
	}
	refuse(t, []string{"--format", "png"}, "evaluate", smooth, "--data", data, "--figures", folder, "--format", "pdf")
}
