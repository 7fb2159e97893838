package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// timeFields are those of a line of metrics.jsonl that equal runs may have
// otherwise.
var timeFields = regexp.MustCompile(`,"seconds":.*?,"time":".*?"`)

// promised returns the files of a run folder whose bytes depend on seed, data
// and version alone, by their path in it; metrics.jsonl without its times.
func promised(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files, err := promisedFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func promisedFiles(dir string) (map[string][]byte, error) {
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
		kept := slices.Contains([]string{"best", "finalists", "models", "outputs", "figures", "page"}, top) || filepath.Base(name) == "review.json"
		if nested && !kept || holdsTimes(name) {
			return nil
		}
		files[name], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		return nil, err
	}
	metrics, err := os.ReadFile(filepath.Join(dir, "metrics.jsonl"))
	if err != nil {
		return nil, err
	}
	files["metrics.jsonl"] = timeFields.ReplaceAll(metrics, nil)
	for _, name := range []string{"scores.csv", "exploits.csv", "hyperparameters.csv", "best/checkpoint.safetensors", "outputs/tiny.h5"} {
		if files[name] == nil {
			return nil, fmt.Errorf("%s has no %s", dir, name)
		}
	}
	return files, nil
}

// holdsTimes says of which files of a run folder equal runs may have others.
func holdsTimes(name string) bool {
	return name == "metrics.jsonl" || name == "timing.json" || name == "lock" || strings.HasPrefix(name, "events.out.tfevents.")
}

func sameFiles(t *testing.T, what string, got, want map[string][]byte) {
	t.Helper()
	for name := range want {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("%s: %s differs", what, name)
		}
	}
}

// The same bits for any number of workers and threads, or stopped by Ctrl-C.
func TestRunGivesTheSameBits(t *testing.T) {
	dir := t.TempDir()
	data := tinyData(t, dir)
	first := filepath.Join(dir, "first")
	succeed(t, tinyRun(t, dir, data, first, "--workers", "1", "--threads", "1")...)
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
	t.Run("Ctrl-C", func(t *testing.T) { interrupted(t, dir, data, want) })
}

// startAndWait starts a run and returns once it has reported n events, or its
// end: so a signal sent then finds it at the same place on any machine.
func startAndWait(t *testing.T, n int, args ...string) (c *exec.Cmd, stderr *bytes.Buffer) {
	t.Helper()
	c, stderr = command(append(args, "--json")...), &bytes.Buffer{}
	c.Stderr = stderr
	stdout, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	for s := bufio.NewScanner(stdout); n > 0 && s.Scan() && !strings.Contains(s.Text(), "finished"); {
		n--
	}
	return c, stderr
}

// interrupted stops a run as Ctrl-C does: it must say how to go on.
func interrupted(t *testing.T, dir, data string, want map[string][]byte) {
	out := filepath.Join(dir, "interrupted")
	c, stderr := startAndWait(t, 2, tinyRun(t, dir, data, out)...)
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	// The exit code is what is looked at.
	_ = c.Wait()
	if c.ProcessState.ExitCode() != exitInterrupted || !strings.Contains(stderr.String(), "autolfads resume "+out) {
		t.Errorf("exit code %d, and it says:\n%s", c.ProcessState.ExitCode(), stderr)
	}
	succeed(t, "resume", out)
	sameFiles(t, "interrupted and resumed", promised(t, out), want)
}

// Portable Go rounds otherwise than assembly (see package kernel): it makes the
// same decisions here, and rates that agree closely.
func TestPortable(t *testing.T) {
	dir := t.TempDir()
	data := tinyData(t, dir)
	fast, portable := filepath.Join(dir, "fast"), filepath.Join(dir, "portable")
	succeed(t, tinyRun(t, dir, data, fast)...)
	c := command(tinyRun(t, dir, data, portable)...)
	c.Env = append(os.Environ(), "AUTOLFADS_CPU=portable")
	if r := execute(t, c); r.code != 0 {
		t.Fatalf("exit code %d\n%s", r.code, r.stderr)
	}
	if got, want := promised(t, portable), promised(t, fast); !bytes.Equal(got["exploits.csv"], want["exploits.csv"]) {
		t.Errorf("other members were copied:\n%s, with assembly\n%s", got["exploits.csv"], want["exploits.csv"])
	}
	got := floats(t, filepath.Join(portable, "outputs", "tiny.h5"), "valid_output_params")
	want := floats(t, filepath.Join(fast, "outputs", "tiny.h5"), "valid_output_params")
	for i := range want {
		// The rounding of one operation, 6e-8, has grown to 6e-7 in these rates; a
		// wrong kernel shows in the first digits.
		if d := math.Abs(float64(got[i]/want[i] - 1)); !(d < 1e-5) {
			t.Fatalf("valid_output_params[%d] = %v, with assembly %v", i, got[i], want[i])
		}
	}
}

// Rates inferred again from the run are those that the run wrote; JSON output
// is JSON.
func TestInferAndJSON(t *testing.T) {
	dir := t.TempDir()
	data, out := tinyData(t, dir), filepath.Join(dir, "out")
	checkJSON(t, succeed(t, tinyRun(t, dir, data, out, "--json")...))
	rates := filepath.Join(dir, "rates.h5")
	succeed(t, "infer", out, data, "--out", rates)
	again := filepath.Join(dir, "again.h5")
	succeed(t, "infer", filepath.Join(out, "best", "checkpoint.safetensors"), data, "--out", again)
	for _, key := range []string{"train_output_params", "valid_factors", "rates_hz"} {
		want := floats(t, filepath.Join(out, "outputs", "tiny.h5"), key)
		for _, path := range []string{rates, again} {
			if got := floats(t, path, key); !slices.Equal(got, want) {
				t.Errorf("%s: %s differs from what the run wrote", path, key)
			}
		}
	}
	other := filepath.Join(dir, "other.h5")
	succeed(t, "synth", "lorenz", "--out", other, "--conditions", "3", "--trials", "4", "--neurons", "9", "--bins", "20")
	refuseIn(t, dir, []string{"10 neurons", "other has 9"}, "infer", out, other, "--out", filepath.Join(dir, "no.h5"))
	refuseIn(t, dir, []string{"samples is -1"}, "infer", out, data, "--samples=-1", "--out", filepath.Join(dir, "no.h5"))
	refuseIn(t, dir, []string{"rates.h5 exists"}, "infer", out, data, "--out", rates)
	refuseIn(t, dir, []string{"already holds a run", "autolfads resume " + out}, "run", data, "--out", out)
	yaml, err := os.ReadFile(filepath.Join(out, "run.yaml"))
	if version := strings.TrimPrefix(strings.TrimSpace(succeed(t, "version")), "autolfads "); err != nil || !strings.Contains(string(yaml), "version: "+version+"\n") {
		t.Errorf("version %q is not that of run.yaml (%v):\n%s", version, err, yaml)
	}
}

// checkJSON checks the JSON lines of a tiny run: its events, then its result.
func checkJSON(t *testing.T, text string) {
	t.Helper()
	events, last := map[string]int{}, map[string]any{}
	for line := range strings.Lines(text) {
		last = map[string]any{}
		if err := json.Unmarshal([]byte(line), &last); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if event, ok := last["event"].(string); ok {
			events[event]++
		}
	}
	// 3 members train 3 + 2 + 2 + 2 epochs in 4 generations, and say where they
	// begin in each.
	if want := map[string]int{"epoch": 3 * (9 + 4), "generation": 4, "finished": 1}; !maps.Equal(events, want) {
		t.Errorf("events %v, want %v", events, want)
	}
	for _, key := range []string{"reason", "best", "oracle", "scores", "output"} {
		if last[key] == nil {
			t.Errorf("the last line has no %s: %v", key, last)
		}
	}
}

// bench prints what the performance contract asks for.
func TestBenchJSON(t *testing.T) {
	var line map[string]any
	text := succeed(t, "bench", "--shape", "lorenz-plain", "--time", "10ms", "--json")
	if err := json.Unmarshal([]byte(text), &line); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{
		"shape", "threads", "input", "ms_median", "ms_min", "gflop", "gflops", "peak_gflops", "share",
		"peak_beside_gflops", "share_beside", "generation_s", "memory_mib",
	} {
		if line[key] == nil {
			t.Errorf("no %s in %s", key, text)
		}
	}
}

func TestBenchInference(t *testing.T) {
	var line map[string]any
	text := succeed(t, "bench", "--shape", "lorenz-plain", "--time", "1ms", "--inference", "--samples", "2", "--input", "dense", "--json")
	if err := json.Unmarshal([]byte(text), &line); err != nil {
		t.Fatal(err)
	}
	if speed, _ := line["trials_per_s"].(float64); !(speed > 0) || line["samples"] != 2. || line["input"] != "dense" {
		t.Errorf("inference of 2 samples, dense: %s", text)
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
	var summary map[string]any
	text = succeed(t, "info", data, "--json")
	if err := json.Unmarshal([]byte(text), &summary); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	for key, want := range map[string]any{"bins": 20., "held_in": 10., "bin_ms": 10., "truth": "counts per bin"} {
		if summary[key] != want {
			t.Errorf("%s is %v, want %v: %s", key, summary[key], want, text)
		}
	}
	for key := range summary {
		if key != strings.ToLower(key) {
			t.Errorf("a key is %q", key)
		}
	}
	text = succeed(t, "info", bareData(t, t.TempDir()), "--json")
	if !strings.Contains(text, `"bin_ms":null,"mean_rate_hz":null`) {
		t.Errorf("without a bin width: %s", text)
	}
}
