package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
)

// binary is the program under test: what a user runs.
var binary string

func TestMain(m *testing.M) {
	if plan := os.Getenv(faultVariable); plan != "" {
		breakAsPlanned(plan)
		main()
		return
	}
	dir, err := os.MkdirTemp("", "autolfads-test-")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(dir, "autolfads.exe")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// result is what a command printed and how it ended.
type result struct {
	stdout, stderr string
	code           int
}

func command(args ...string) *exec.Cmd { return exec.Command(binary, args...) }

// execute runs a command to its end.
func execute(t *testing.T, c *exec.Cmd) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		t.Fatal(err)
	}
	return result{stdout.String(), stderr.String(), c.ProcessState.ExitCode()}
}

// succeed runs a command that must succeed and returns what it printed.
func succeed(t *testing.T, args ...string) string {
	t.Helper()
	r := execute(t, command(args...))
	if r.code != 0 {
		t.Fatalf("autolfads %s: exit code %d\n%s%s", strings.Join(args, " "), r.code, r.stdout, r.stderr)
	}
	return r.stdout
}

// refuse runs a command that must fail with an error that says all of parts.
func refuse(t *testing.T, parts []string, args ...string) {
	t.Helper()
	r := execute(t, command(args...))
	if r.code == 0 {
		t.Errorf("autolfads %s: exit code 0\n%s", strings.Join(args, " "), r.stdout)
	}
	if strings.Contains(r.stderr, "panic:") || strings.Contains(r.stderr, "goroutine ") {
		t.Errorf("autolfads %s panics:\n%s", strings.Join(args, " "), r.stderr)
	}
	for _, part := range parts {
		if !strings.Contains(r.stderr, part) {
			t.Errorf("autolfads %s: the error does not say %q:\n%s", strings.Join(args, " "), part, r.stderr)
		}
	}
}

// contents returns the files and folders below dir: a file's bytes by its path;
// not of a lock, which names its last holder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			found[path] = "a folder"
			return err
		}
		if d.Name() == "lock" {
			return nil
		}
		text, err := os.ReadFile(path)
		found[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// refuseIn is refuse for a command that must change nothing below dir.
func refuseIn(t *testing.T, dir string, parts []string, args ...string) {
	t.Helper()
	before := contents(t, dir)
	refuse(t, parts, args...)
	after := contents(t, dir)
	for path := range after {
		if _, was := before[path]; !was {
			t.Errorf("autolfads %s leaves %s", strings.Join(args, " "), path)
		}
	}
	for path, text := range before {
		if after[path] != text {
			t.Errorf("autolfads %s changes %s", strings.Join(args, " "), path)
		}
	}
}

// tinyData makes a recording of 50 short trials of 10 neurons.
func tinyData(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "tiny.h5")
	succeed(t, "synth", "lorenz", "--out", path, "--conditions", "5", "--trials", "10", "--neurons", "10", "--bins", "20", "--rate-hz", "20")
	return path
}

// tinyConfig is a population that trains in a second.
const tinyConfig = `
model:
  generator_dim: 12
  factors: 6
  initial_condition_dim: 6
  ic_encoder_dim: 8
  ci_encoder_dim: 8
  controller_dim: 8
  inferred_inputs: 1
train:
  batch_size: 16
  kl_ramp_epochs: 2
  l2_ramp_epochs: 2
pbt:
  members: 3
  first_generation_epochs: 3
  epochs_per_generation: 2
  max_generations: 4
infer:
  samples: 3
`

// tinyRun returns the arguments of a small run.
func tinyRun(t *testing.T, dir, data, out string, more ...string) []string {
	t.Helper()
	config := filepath.Join(dir, "tiny.yaml")
	if err := os.WriteFile(config, []byte(tinyConfig), 0o644); err != nil {
		t.Fatal(err)
	}
	return append([]string{"run", data, "--out", out, "--config", config}, more...)
}

// floats reads a data set of an HDF5 file.
func floats(t *testing.T, path, key string) []float32 {
	t.Helper()
	f, err := hdf5.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d, err := f.Root().Dataset(key)
	if err != nil {
		t.Fatal(err)
	}
	values, err := d.Float32s()
	if err != nil {
		t.Fatal(err)
	}
	return values
}
