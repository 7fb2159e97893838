package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// promised returns the files of a run folder whose bytes depend on seed, data
// and version alone, by their path in it.
func promised(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		top, _, nested := strings.Cut(name, "/")
		if nested && top != "best" && top != "outputs" && top != "figures" || name == "metrics.jsonl" || name == "lock" {
			return nil
		}
		files[name], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"scores.csv", "exploits.csv", "hyperparameters.csv", "best/checkpoint.safetensors", "outputs/tiny.h5"} {
		if files[name] == nil {
			t.Fatalf("%s has no %s", dir, name)
		}
	}
	return files
}

func sameFiles(t *testing.T, what string, got, want map[string][]byte) {
	t.Helper()
	for name := range want {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("%s: %s differs", what, name)
		}
	}
}

// The same bits for any number of workers and threads, stopped by Ctrl-C, or
// killed at any instant and resumed.
func TestRunGivesTheSameBits(t *testing.T) {
	dir := t.TempDir()
	data := tinyData(t, dir)
	begin := time.Now()
	first := filepath.Join(dir, "first")
	succeed(t, tinyRun(t, dir, data, first, "--workers", "1", "--threads", "1")...)
	length := time.Since(begin)
	want := promised(t, first)

	for name, flags := range map[string][]string{
		"2 workers": {"--workers", "2"},
		"2 threads": {"--workers", "1", "--threads", "2"},
	} {
		out := filepath.Join(dir, name)
		succeed(t, tinyRun(t, dir, data, out, flags...)...)
		sameFiles(t, name, promised(t, out), want)
	}
	if runtime.GOOS == "windows" {
		return // no signals
	}
	t.Run("Ctrl-C", func(t *testing.T) { interrupted(t, dir, data, length, want) })
	t.Run("killed", func(t *testing.T) { killed(t, dir, data, length, want) })
}

// interrupted stops a run as Ctrl-C does: it must say how to go on.
func interrupted(t *testing.T, dir, data string, length time.Duration, want map[string][]byte) {
	out := filepath.Join(dir, "interrupted")
	c := command(tinyRun(t, dir, data, out)...)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(length / 3)
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	// The exit code is what is looked at.
	_ = c.Wait()
	if c.ProcessState.ExitCode() != exitInterrupted || !strings.Contains(stderr.String(), "autolfads resume "+out) {
		t.Errorf("exit code %d, and it says:\n%s", c.ProcessState.ExitCode(), &stderr)
	}
	succeed(t, "resume", out)
	sameFiles(t, "interrupted and resumed", promised(t, out), want)
}

// killed kills a run with -9 five times at random instants.
func killed(t *testing.T, dir, data string, length time.Duration, want map[string][]byte) {
	out := filepath.Join(dir, "killed")
	instants := rand.New(rand.NewPCG(1, 2))
	args := tinyRun(t, dir, data, out)
	for range 5 {
		c := command(args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(instants.Float64() * .4 * float64(length)))
		if err := c.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		// Killed is an error, and meant.
		_ = c.Wait()
		if _, err := os.Stat(filepath.Join(out, "run.yaml")); err == nil {
			args = []string{"resume", out}
		}
	}
	succeed(t, args...)
	sameFiles(t, "killed five times", promised(t, out), want)
}

// Rates inferred again from the run are those that the run wrote; JSON output
// is JSON.
func TestInferAndJSON(t *testing.T) {
	dir := t.TempDir()
	data, out := tinyData(t, dir), filepath.Join(dir, "out")
	for line := range strings.Lines(succeed(t, tinyRun(t, dir, data, out, "--json")...)) {
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %s", line)
		}
	}
	rates := filepath.Join(dir, "rates.h5")
	succeed(t, "infer", out, data, "--out", rates)
	again := filepath.Join(dir, "again.h5")
	succeed(t, "infer", filepath.Join(out, "best", "checkpoint.safetensors"), data, "--out", again)
	for _, key := range []string{"train_output_params", "valid_factors", "rates_hz"} {
		want := floats(t, filepath.Join(out, "outputs", "tiny.h5"), key)
		for _, path := range []string{rates, again} {
			got := floats(t, path, key)
			for i := range want {
				if got[i] != want[i] {
					t.Fatalf("%s: %s[%d] = %v, the run wrote %v", path, key, i, got[i], want[i])
				}
			}
		}
	}
	other := filepath.Join(dir, "other.h5")
	succeed(t, "synth", "lorenz", "--out", other, "--conditions", "3", "--trials", "4", "--neurons", "9", "--bins", "20")
	refuse(t, []string{"neurons"}, "infer", out, other, "--out", filepath.Join(dir, "no.h5"))
	refuse(t, []string{"already holds a run"}, "run", data, "--out", out)
}

// bench prints what the performance contract asks for.
func TestBenchJSON(t *testing.T) {
	var line map[string]any
	text := succeed(t, "bench", "--shape", "lorenz-plain", "--time", "10ms", "--json")
	if err := json.Unmarshal([]byte(text), &line); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"shape", "threads", "input", "ms_median", "ms_min", "gflop", "gflops", "peak_gflops", "share"} {
		if line[key] == nil {
			t.Errorf("no %s in %s", key, text)
		}
	}
}

// The same seed gives the same file.
func TestSynthIsReproducible(t *testing.T) {
	a, err := os.ReadFile(tinyData(t, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(tinyData(t, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("two files of one seed differ")
	}
}

func TestInfo(t *testing.T) {
	data := tinyData(t, t.TempDir())
	text := succeed(t, "info", data)
	for _, part := range []string{"40 train, 10 valid", "20 of 10ms", "10 held in", "true rates"} {
		if !strings.Contains(text, part) {
			t.Errorf("info does not say %q:\n%s", part, text)
		}
	}
	if text := succeed(t, "info", data, "--json"); !json.Valid([]byte(text)) {
		t.Errorf("not JSON: %s", text)
	}
}
