package main

import (
	"math"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// A continuous recording goes all the way: windows that overlap, a model of them, and
// what it infers merged over the recording; by run of the recording itself, by infer of
// what the run kept, and by infer of the recording.
func TestContinuousRecording(t *testing.T) {
	dir := testenv.MemoryDir(t)
	source, out := tinySource(t, dir), filepath.Join(dir, "run")
	flags := []string{"--chop-ms", "200", "--overlap-ms", "80", "--bin-ms", "20"}
	text := succeed(t, append([]string{"prepare", source, "--dry-run"}, flags...)...)
	if !strings.Contains(text, "24 of 24 windows of 200 ms, of which each shares 80 ms with the next one") {
		t.Errorf("prepare says\n%s", text)
	}
	text = succeed(t, sourceRun(source, out, flags...)...)
	if figure := filepath.Join("figures", "continuous.png"); !strings.Contains(text, figure) {
		t.Errorf("no %s in\n%s", figure, text)
	}
	kept := filepath.Join(out, "data", "tiny.h5")
	if info := succeed(t, "info", kept); !strings.Contains(info, "windows of 10 bins that overlap by 4, of a recording of 150 bins (0 to 3 s)") {
		t.Errorf("info says\n%s", info)
	}
	rates := floats(t, filepath.Join(out, "outputs", "tiny.h5"), "continuous/rates_hz")
	windows := floats(t, filepath.Join(out, "outputs", "tiny.h5"), "rates_hz")
	covered := 24*10 - 23*4
	if n := len(rates) - gaps(rates); len(rates) != 150*3 || n != covered*3 || len(windows) != 24*10*3 {
		t.Errorf("%d rates, %d of them known, of %d in windows", len(rates), n, len(windows))
	}
	if info := succeed(t, "info", filepath.Join(out, "outputs", "tiny.h5")); !strings.Contains(info, "output_params: 10 bins x 3 neurons, spikes per bin") || !strings.Contains(info, "rates_hz (3)") {
		t.Errorf("info says of the rates\n%s", info)
	}
	again, anew := filepath.Join(dir, "again.h5"), filepath.Join(dir, "anew.h5")
	succeed(t, "infer", out, kept, "--out", again)
	if !slices.EqualFunc(rates, floats(t, again, "continuous/rates_hz"), sameRate) {
		t.Error("infer of the run's own windows gives other rates")
	}
	succeed(t, "infer", out, source, "--out", anew)
	if got := floats(t, anew, "continuous/rates_hz"); len(got) != len(rates) || gaps(got) != gaps(rates) {
		t.Errorf("infer of the recording gives %d rates, %d of them NaN", len(got), gaps(got))
	}
}

func sameRate(a, b float32) bool { return a == b || a != a && b != b }

// gaps counts NaN.
func gaps(rates []float32) (n int) {
	for _, v := range rates {
		if math.IsNaN(float64(v)) {
			n++
		}
	}
	return n
}

func TestChopRefused(t *testing.T) {
	dir := t.TempDir()
	source := tinySession(t, dir)
	for _, c := range []struct{ say, flag, value string }{
		{"0 ms long: they must be longer than 0 (--chop-ms)", "--chop-ms", "0"},
		{"such as 60 or 70 ms (--chop-ms)", "--chop-ms", "65"},
		{"at most 300 ms (--overlap-ms)", "--overlap-ms", "400"},
		{"leave out --chop, or --align", "--chop", "--align=go_time"},
	} {
		refuseIn(t, dir, []string{c.say}, "prepare", source, "--dry-run", c.flag, c.value)
	}
}

// judgeMerged merges the windows of an output file with NumPy, and compares with what is
// merged there. It prints when the recording begins, and of how many stretches.
const judgeMerged = `
import sys, h5py, numpy as np
with h5py.File(sys.argv[1]) as f:
    g = f["continuous"]
    n, p, width = int(g.attrs["overlap_bins"]), g.attrs["power"], f.attrs["bin_width_ms"] / 1000
    x = np.linspace(1 / n, 1 - 1 / n, n)[:, None] ** p
    for name in "factors", "co_means", "gen_states", "rates_hz":
        key, scale = ("output_params", 1 / width) if name == "rates_hz" else (name, 1)
        want, end = np.full(g[name].shape, np.nan), 0
        parts = [(s, w) for split in ("train", "valid") for s, w in zip(f[split + "_start_bin"][:], f[f"{split}_{key}"][:] * scale)]
        for s, w in sorted(parts, key=lambda part: part[0]):
            if end > s:
                assert end - s == n
                w[:n] = x * w[:n] + (1 - x) * want[s:end]
            want[s:s + len(w)], end = w, s + len(w)
        got = g[name][:]
        assert (np.isnan(got) == np.isnan(want)).all() and np.isnan(want).any(), name
        np.testing.assert_allclose(got, want, rtol=2e-6, atol=1e-6)
    first = np.flatnonzero(~np.isnan(got[:, 0]))
    print(round(g["time"][0], 9), (np.diff(first) > 1).sum() + 1)
`

// What is merged of a recording with gaps, as pynwb writes it, is what NumPy merges of
// the windows.
func TestMergedIsNumPys(t *testing.T) {
	python := testenv.Python(t, "h5py", "numpy", "pynwb")
	dir := testenv.MemoryDir(t)
	source, out := filepath.Join(dir, "gaps.nwb"), filepath.Join(dir, "run")
	if text, err := exec.Command(python, "-c", makeGaps, source).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	succeed(t, sourceRun(source, out, "--chop-ms", "300", "--overlap-ms", "120", "--bin-ms", "20")...)
	text, err := exec.Command(python, "-c", judgeMerged, filepath.Join(out, "outputs", "gaps.h5")).CombinedOutput()
	if got := strings.TrimSpace(string(text)); err != nil || got != "12.5 3" {
		t.Errorf("%v\n%s", err, got)
	}
}

// makeGaps writes a session of three stretches, and one that is shorter than a window.
const makeGaps = `
import sys, datetime, numpy as np
from pynwb import NWBFile, NWBHDF5IO
r = np.random.default_rng(2)
f = NWBFile(session_description="gaps", identifier="1", session_start_time=datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc))
observed = np.array([[12.5, 18.01], [25.0, 30.1], [3700.0, 3704.0], [3800.0, 3800.2]])
for unit in range(5):
    f.add_unit(spike_times=np.concatenate([np.sort(r.uniform(a, b, int(20 * (b - a)))) for a, b in observed]), obs_intervals=observed)
NWBHDF5IO(sys.argv[1], "w").write(f)
`
