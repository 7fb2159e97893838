package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/paper"
)

// One command makes numbers, figures and a sentence; the same one again makes nothing, and
// says it once more.
func TestPaperExperiment(t *testing.T) {
	out := filepath.Join(testenv.MemoryDir(t), "paper")
	args := []string{"experiment", "coordinated-dropout", "--out", out}
	first := succeed(t, args...)
	if !strings.Contains(first, "The claim of Fig. 1d holds here.") {
		t.Errorf("it says %q", first)
	}
	r, err := paper.ReadResult(filepath.Join(out, "results", "coordinated-dropout.json"))
	if err != nil || r == nil || r.Command != "autolfads experiment coordinated-dropout --scale quick --out DIR" || r.Machine == "" || r.Scale != paper.Quick {
		t.Fatalf("result %+v, %v", r, err)
	}
	for _, name := range []string{"results/coordinated-dropout.md", "figures/coordinated-dropout.svg", "figures/coordinated-dropout.png"} {
		if _, err := os.Stat(filepath.Join(out, name)); err != nil {
			t.Error(err)
		}
	}
	if err := os.RemoveAll(filepath.Join(out, "data")); err != nil {
		t.Fatal(err)
	}
	if again := succeed(t, args...); again != first {
		t.Errorf("once more it says %q, and said %q", again, first)
	}
	if line := succeed(t, append(args, "--json")...); !strings.Contains(line, `"event":"result"`) || strings.Count(line, "\n") != 1 {
		t.Errorf("as JSON it says %q", line)
	}
	refuse(t, []string{"of scale quick, not full"}, append(args, "--scale", "full")...)
}

// What cannot be meant is refused before anything is made.
func TestPaperExperimentRefuses(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out := tinyData(t, dir), filepath.Join(dir, "out")
	for _, c := range []struct {
		says string
		args []string
	}{
		{"known are identity-overfitting", []string{"pbt"}},
		{"makes its own data", []string{"pbt-progress", "--data", data}},
		{"say for which experiment", []string{"all", "--data", data}},
		{"the experiment is small-data", []string{"small-data", "--data", "model-selection=" + data}},
		{"takes one", []string{"small-data", "--data", data, "--data", "small-data=" + data}},
		{"no such file", []string{"small-data", "--data", filepath.Join(dir, "none.h5")}},
		{"--scale", []string{"small-data", "--scale", "tiny"}},
	} {
		refuse(t, []string{c.says}, append(append([]string{"experiment"}, c.args...), "--out", out)...)
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%q: refused, it has made its folder", c.args)
		}
	}
	help := succeed(t, "experiment", "--help")
	for _, name := range paper.Names() {
		if !strings.Contains(help, name) {
			t.Errorf("the help lacks %s:\n%s", name, help)
		}
	}
}
