package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/internal/testenv"
)

// What resume refuses, each in a sentence with the next step, and changing
// nothing.
func TestResumeRefuses(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	succeed(t, bareRun(data, out)...)
	header := filepath.Join(out, "run.yaml")
	rewrite := func(path, from, to string) (restore func()) {
		t.Helper()
		text, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(text), from) {
			t.Fatalf("%v: no %q in %s", err, from, text)
		}
		put := func(text string) {
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		put(strings.Replace(string(text), from, to, 1))
		return func() { put(string(text)) }
	}
	for name, c := range map[string]struct {
		path, from, to string
		says           []string
	}{
		"another version":         {header, "version: ", "version: 9", []string{"was written by version 9", "go on with that version, or start a new run"}},
		"a version of other keys": {header, "version: ", "later: 1\n  version: 9", []string{"was written by version 9"}},
		"another data file":       {data, "HDF", "hdf", []string{data, "is not the file this run was started with", "put the old file back"}},
		"other arithmetic":        {header, "bits: " + kernel.Bits(), "bits: portable-riscv64", []string{"other arithmetic", "AUTOLFADS_CPU=portable on riscv64", "start a new run"}},
		"a setting removed":       {header, "  samples: 2\n", "", []string{"lacks settings", "run.yaml", "start a new run"}},
	} {
		t.Run(name, func(t *testing.T) {
			defer rewrite(c.path, c.from, c.to)()
			refuseIn(t, dir, c.says, "resume", out)
		})
	}
}

// A run goes on with the arithmetic it began with: AVX2 and AVX-512 have the
// same bits, portable Go others.
func TestResumeWithOtherArithmetic(t *testing.T) {
	if !kernel.Supported(kernel.AVX2) {
		t.Skip("this CPU has portable Go only")
	}
	dir := testenv.MemoryDir(t)
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	with := func(level string, args ...string) result {
		c := command(args...)
		c.Env = append(os.Environ(), "AUTOLFADS_CPU="+level)
		return execute(t, c)
	}
	for begin, other := range map[string]string{"avx2": "portable", "portable": "avx2"} {
		if r := with(begin, bareRun(data, out)...); r.code != 0 {
			t.Fatalf("exit code %d\n%s", r.code, r.stderr)
		}
		oneSentence(t, with(other, "resume", out), "was begun with other arithmetic")
		if r := with(begin, "resume", out); r.code != 0 {
			t.Errorf("resumed with %s: exit code %d\n%s", begin, r.code, r.stderr)
		}
		if kernel.Supported(kernel.AVX512) && begin == "avx2" {
			if r := with("avx512", "resume", out); r.code != 0 {
				t.Errorf("resumed with avx512: exit code %d\n%s", r.code, r.stderr)
			}
		}
		if err := os.RemoveAll(out); err != nil {
			t.Fatal(err)
		}
	}
	r := with("sse", "version")
	if r.code != exitError || strings.Count(r.stderr, "\n") != 1 || !strings.Contains(r.stderr, "AUTOLFADS_CPU=sse: want one of") {
		t.Errorf("AUTOLFADS_CPU=sse: exit code %d\n%s", r.code, r.stderr)
	}
}

// While one process drives a run, another is refused, and the first goes on
// unharmed.
func TestTwoCoordinators(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no signals to end the first one with")
	}
	dir := testenv.MemoryDir(t)
	data, out := tinyData(t, dir), filepath.Join(dir, "out")
	first, stderr := startAndWait(t, 2, tinyRun(t, dir, data, out, "--set", "pbt.max_generations=1000", "--set", "pbt.stop_ratio=0")...)
	for range 3 {
		refuse(t, []string{"another process drives this run", fmt.Sprintf("process %d", first.Process.Pid), "wait for it or stop it"}, "resume", out)
	}
	refuse(t, []string{"already holds a run"}, "run", data, "--out", out)
	if err := first.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	// The exit code is what is looked at.
	_ = first.Wait()
	if first.ProcessState.ExitCode() != exitInterrupted {
		t.Errorf("the first process ended with %d:\n%s", first.ProcessState.ExitCode(), stderr)
	}
}

// Behaviour that is NaN throughout costs its score and its figure, not the run.
func TestBehaviourOfNaN(t *testing.T) {
	dir := testenv.MemoryDir(t)
	path := tinyData(t, dir)
	for _, split := range []string{"train", "valid"} {
		d, err := dataset.Load(path, dataset.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range map[string]*dataset.Split{"train": d.Train, "valid": d.Valid} {
			s.Behavior = dataset.NewArray(s.Trials(), 20, 2)
			for i := range s.Behavior.Data {
				s.Behavior.Data[i] = float32(i % 7)
				if name == split {
					s.Behavior.Data[i] = float32(math.NaN())
				}
			}
		}
		data := filepath.Join(dir, split+".h5")
		if err := d.Write(data); err != nil {
			t.Fatal(err)
		}
		text := succeed(t, bareRun(data, filepath.Join(dir, "out "+split))...)
		for _, part := range []string{"skipped: scoring behaviour from rates: ", "bits per spike", "rates.png"} {
			if !strings.Contains(text, part) {
				t.Errorf("NaN in %s: it does not say %q:\n%s", split, part, text)
			}
		}
	}
}
