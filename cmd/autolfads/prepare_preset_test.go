package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// benchmarkRecording unpacks a recording in the form of the Neural Latents Benchmark's
// into a folder as DANDI has it.
func benchmarkRecording(t *testing.T, dir, name string) string {
	t.Helper()
	stored := filepath.Join(testenv.Root(), "prepare", "nlb", "testdata", "golden", name, "*.nwb.gz")
	files, err := filepath.Glob(stored)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v", stored, err)
	}
	sub := filepath.Join(dir, name, "sub-A")
	if err := os.MkdirAll(sub, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		testenv.Gunzip(t, f, filepath.Join(sub, strings.TrimSuffix(filepath.Base(f), ".gz")))
	}
	return filepath.Join(dir, name)
}

// TestPresetOfBenchmark: from recordings of the benchmark to rates and scores of what is
// held out.
func TestPresetOfBenchmark(t *testing.T) {
	for _, c := range []struct{ name, preset, bin, eval, shape, says string }{
		{"maze", "nlb/mc_maze_small", "5", "val", "140 + 40 forward of 5ms", "hand_vel_x"},
		{"maze20", "nlb/mc_maze", "20", "test", "35 + 10 forward of 20ms", "hand_vel_x"},
		{"area2", "nlb/area2_bump", "20", "val", "30 + 10 forward of 20ms", "hand_vel_x"},
		{"dmfc", "nlb/dmfc_rsg", "5", "val", "300 + 40 forward of 5ms", "conditions ("},
	} {
		dir := testenv.MemoryDir(t)
		source, made, out := benchmarkRecording(t, dir, c.name), filepath.Join(dir, "made.h5"), filepath.Join(dir, "out")
		report := succeed(t, "prepare", source, "--preset", c.preset, "--bin-ms", c.bin, "--eval", c.eval, "--out", made)
		if !strings.Contains(report, "as nlb_tools make them") || !strings.Contains(report, "next         autolfads run ") {
			t.Errorf("%s: report\n%s", c.name, report)
		}
		if info := succeed(t, "info", made); !strings.Contains(info, c.shape) || !strings.Contains(info, c.says) {
			t.Errorf("%s: info does not say %q and %q:\n%s", c.name, c.shape, c.says, info)
		}
		config := filepath.Join(dir, "tiny.yaml")
		if err := os.WriteFile(config, []byte(tinyConfig), 0o644); err != nil {
			t.Fatal(err)
		}
		if scores := succeed(t, "run", made, "--out", out, "--config", config); !strings.Contains(scores, "co-bps") || !strings.Contains(scores, "fp-bps") {
			t.Errorf("%s: scores\n%s", c.name, scores)
		}
		wantText(t, made, "source", source)
		wantText(t, made, "prepare_options", `"preset":"`+strings.TrimPrefix(c.preset, "nlb/")+`"`)
	}
}

// TestPresetRefuses: what does not go with a preset is told, and nothing is written.
func TestPresetRefuses(t *testing.T) {
	dir := t.TempDir()
	source, out := benchmarkRecording(t, dir, "maze"), filepath.Join(dir, "out.h5")
	for _, c := range []struct{ flags, want string }{
		{"--preset mc_maze", "there is no preset mc_maze: there are nlb/mc_maze, "},
		{"--preset nlb/mc_maze --window=0..100", "preset nlb/mc_maze decides what --window says: leave it out"},
		{"--preset nlb/mc_maze --bin-ms 10", "the benchmark has bins of 5 and of 20 ms (--bin-ms 5)"},
		{"--preset nlb/mc_maze --bin-ms 5.5", "bins of 5.5 ms"},
		{"--preset nlb/mc_rtt", "sub-A_desc-train_behavior+ecephys: preset nlb/mc_rtt: the recording lacks stream finger_vel"},
	} {
		refuseIn(t, dir, []string{c.want}, append([]string{"prepare", source, "--out", out}, strings.Fields(c.flags)...)...)
	}
	refuse(t, []string{"holds no NWB file"}, "prepare", t.TempDir(), "--preset", "nlb/mc_maze", "--out", out)
}

// TestPresetDry: nothing is written, and the report is JSON if asked for.
func TestPresetDry(t *testing.T) {
	source := benchmarkRecording(t, t.TempDir(), "rtt")
	var report struct {
		Train     int `json:"train"`
		Evaluated int `json:"evaluated"`
		BinMs     int `json:"bin_ms"`
	}
	text := succeed(t, "prepare", source, "--preset", "nlb/mc_rtt", "--dry-run", "--json", "--no-overview")
	if err := json.Unmarshal([]byte(text), &report); err != nil || report.Train == 0 || report.Evaluated == 0 || report.BinMs != 5 {
		t.Errorf("%v of %+v\n%s", err, report, text)
	}
}
