package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// set returns the flags that change settings.
func set(settings ...string) (flags []string) {
	for _, s := range settings {
		flags = append(flags, "--set", s)
	}
	return flags
}

// goOnWith resumes a run with more flags.
func goOnWith(out string, more ...string) []string {
	return append([]string{"resume", out, "--workers", "1", "--threads", "1"}, more...)
}

// withoutHeader is promised without run.yaml, which notes changes and places, and without
// reviews: a stop rule that was switched off leaves some.
func withoutHeader(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := promised(t, dir)
	maps.DeleteFunc(files, func(name string, _ []byte) bool { return name == "run.yaml" || filepath.Base(name) == "review.json" })
	return files
}

// A run that has ended and goes on with other settings has the bits of one that
// had them from the start, and says in run.yaml what was changed.
func TestExtended(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data := bareData(t, dir)
	never := []string{"pbt.stop_generations=50"}
	for name, c := range map[string]struct{ begin, change, whole []string }{
		"generations": {
			begin: never, change: []string{"pbt.max_generations=7"}, whole: append(never, "pbt.max_generations=7"),
		},
		"stop rule": {
			begin:  []string{"pbt.max_generations=6", "pbt.stop_ratio=10", "pbt.stop_generations=2"},
			change: []string{"pbt.stop_ratio=1e-9", "pbt.stop_generations=50"},
			whole:  []string{"pbt.max_generations=6", "pbt.stop_ratio=1e-9", "pbt.stop_generations=50"},
		},
		"after a finish": {
			begin:  append(never, "pbt.finish_epochs=2"),
			change: []string{"pbt.max_generations=5"},
			whole:  append(never, "pbt.finish_epochs=2", "pbt.max_generations=5"),
		},
		"standard errors": {
			begin:  []string{"pbt.max_generations=6", "pbt.stop_ratio=0", "pbt.final_draws=2", "pbt.stop_errors=1e6", "pbt.stop_generations=2"},
			change: []string{"pbt.stop_errors=0"},
			whole:  []string{"pbt.max_generations=6", "pbt.stop_ratio=0", "pbt.final_draws=2", "pbt.stop_errors=0", "pbt.stop_generations=2"},
		},
		"samples": {change: []string{"infer.samples=5"}, whole: []string{"infer.samples=5"}},
	} {
		t.Run(name, func(t *testing.T) {
			want, out := filepath.Join(dir, name+" whole"), filepath.Join(dir, name)
			carryOn(t, bareRun(data, want, set(c.whole...)...)...)
			carryOn(t, bareRun(data, out, set(c.begin...)...)...)
			if sameBytes(t, out, want, "outputs/tiny.h5") {
				t.Fatal("the change would change nothing")
			}
			carryOn(t, goOnWith(out, set(c.change...)...)...)
			sameFiles(t, name, withoutHeader(t, out), withoutHeader(t, want))
			header, config := splitHeader(t, out)
			if _, other := splitHeader(t, want); config != other {
				t.Errorf("run.yaml has other settings:\n%s\nwant\n%s", config, other)
			}
			for _, s := range c.change {
				key, _, _ := strings.Cut(s, "=")
				if !strings.Contains(header, "key: "+key+"\n") {
					t.Errorf("run.yaml does not note %s:\n%s", key, header)
				}
			}
			if name == "after a finish" && !strings.Contains(header, "generations: 3\n") {
				t.Errorf("run.yaml counts the finish as a generation:\n%s", header)
			}
			carryOn(t, goOnWith(out)...)
			sameFiles(t, name+", resumed once more", withoutHeader(t, out), withoutHeader(t, want))
		})
	}
}

func sameBytes(t *testing.T, a, b, name string) bool {
	t.Helper()
	return string(promised(t, a)[name]) == string(promised(t, b)[name])
}

// splitHeader returns the two parts of run.yaml.
func splitHeader(t *testing.T, dir string) (header, config string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "run.yaml"))
	header, config, found := strings.Cut(string(text), "\nconfig:\n")
	if err != nil || !found {
		t.Fatalf("%v: %s", err, text)
	}
	return header + "\n", config
}

// A run that has ended, whose data file has got another place and name, and that
// is killed at any change that it makes when it goes on longer, ends with the
// bits of one that nothing happened to. What run.yaml notes need not be said
// again.
func TestExtendedAndKilledAtEveryChange(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data := bareData(t, dir)
	short, whole := filepath.Join(dir, "short"), filepath.Join(dir, "whole")
	carryOn(t, bareRun(data, short, "--members", "2", "--set", "pbt.finish_epochs=1")...)
	carryOn(t, bareRun(data, whole, "--members", "2", "--set", "pbt.finish_epochs=1", "--set", "pbt.max_generations=4", "--set", "pbt.stop_generations=50")...)
	want := withoutHeader(t, whole)

	moved := filepath.Join(dir, "elsewhere", "renamed.h5")
	if err := os.Mkdir(filepath.Dir(moved), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(data, moved); err != nil {
		t.Fatal(err)
	}
	args := func(out string) []string {
		header, _ := splitHeader(t, out)
		if strings.Contains(header, "key: pbt.max_generations") {
			return goOnWith(out)
		}
		return goOnWith(out, "--data", moved, "--set", "pbt.max_generations=4", "--set", "pbt.stop_generations=50")
	}
	again := func(name string) string {
		out := filepath.Join(dir, name)
		if err := os.CopyFS(out, os.DirFS(short)); err != nil {
			t.Fatal(err)
		}
		return out
	}
	counted := again("counted")
	changes := countChanges(t, ";often", args(counted)...)
	sameFiles(t, "extended", withoutHeader(t, counted), want)
	t.Logf("%d changes", changes)
	for _, k := range kills(changes) {
		out := again(fmt.Sprint(k))
		if r := execute(t, broken(fmt.Sprintf("kill %d;often", k), args(out)...)); r.code != -1 {
			t.Fatalf("kill at change %d: exit code %d\n%s", k, r.code, r.stderr)
		}
		carryOn(t, args(out)...)
		sameFiles(t, fmt.Sprintf("killed at change %d", k), withoutHeader(t, out), want)
		noneLeft(t, out)
		if err := os.RemoveAll(out); err != nil {
			t.Fatal(err)
		}
	}
}

// What cannot be changed is refused with the reason and the next step, and
// nothing is noted; what is as it was already is no change.
func TestChangesRefused(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out, random := bareData(t, dir), filepath.Join(dir, "out"), filepath.Join(dir, "random")
	carryOn(t, bareRun(data, out, set("pbt.stop_errors=0", "pbt.final_draws=2")...)...)
	carryOn(t, bareRun(data, random, "--search", "random", "--set", "train.max_epochs=2")...)
	for _, c := range []struct {
		out, set string
		says     []string
	}{
		{out, "train.batch_size=8", []string{"train.batch_size stays ", "trained with it", "pbt.max_generations", "start a new run"}},
		{out, "pbt.members=9", []string{"pbt.members stays 3", "start a new run"}},
		{out, "pbt.space.train.dropout_rate=null", []string{"pbt.space stays"}},
		{out, "pbt.space.train.dropout_rate.high=.1", []string{"pbt.space stays"}},
		{out, "pbt.max_generations=2", []string{"with pbt.max_generations=2", "ended after 2 generations, and 3 are begun", "give pbt.max_generations=3"}},
		{out, "pbt.max_generations=0", []string{"pbt.max_generations is 0; give 1 or more"}},
		{out, "infer.samples=0", []string{"infer.samples"}},
		{out, "pbt.stop_errors=1", []string{"pbt.stop_errors stays 0", "not reviewed", "checkpoints that reviews are made from are gone", "start a new run"}},
		{out, "pbt.max_generation=9", []string{"pbt.max_generations"}},
		{out, "pbt.max_generations", []string{"KEY=VALUE"}},
		{random, "pbt.max_generations=9", []string{"--search random", "no generations to add"}},
	} {
		refuseIn(t, dir, c.says, goOnWith(c.out, "--set", c.set)...)
	}
	before := promised(t, out)
	carryOn(t, goOnWith(out, set("pbt.max_generations=3", "infer.samples=2")...)...)
	sameFiles(t, "set to what they were", promised(t, out), before)
}

// A run that is under way ends where it is told to, and can be gone on with.
func TestEndedEarly(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out, whole := bareData(t, dir), filepath.Join(dir, "out"), filepath.Join(dir, "whole")
	begin := bareRun(data, out, "--set", "pbt.max_generations=9", "--set", "pbt.stop_generations=50")
	carryOn(t, bareRun(data, whole, "--set", "pbt.stop_generations=50")...)
	for k := 40; ; k += 10 {
		execute(t, broken(fmt.Sprintf("kill %d", k), begin...)) // it is looked at what came of it
		if folders, err := filepath.Glob(filepath.Join(out, "generations", "*")); err == nil && len(folders) >= 2 {
			if len(folders) == 2 {
				break
			}
			t.Fatalf("killed in generation %d already", len(folders)-1)
		}
		if err := os.RemoveAll(out); err != nil {
			t.Fatal(err)
		}
	}
	carryOn(t, goOnWith(out, "--set", "pbt.max_generations=2")...)
	if s := status(t, out); s.Status != "finished" || s.Generation != 1 {
		t.Errorf("%+v", s)
	}
	carryOn(t, goOnWith(out, "--set", "pbt.max_generations=3")...)
	sameFiles(t, "ended early and gone on with", withoutHeader(t, out), withoutHeader(t, whole))
}
