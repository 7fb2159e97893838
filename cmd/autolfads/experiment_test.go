package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/experiment"
	"github.com/autolfads/autolfads/internal/testenv"
)

// tinySearch are the arguments of a small comparison of two ways on two splits.
func tinySearch(data, out string, more ...string) []string {
	args := []string{
		"experiment", "search", "--data", data, "--out", out, "--splits", "2", "--test", "8", "--valid", "8", "--epochs", "30",
		"--members", "3", "--ways", "few=ours,fixed", "--workers", "1", "--threads", "1", "--set", "few:train.batch_size=8",
	}
	for _, set := range []string{
		"model.generator_dim=8", "model.factors=4", "model.initial_condition_dim=4", "model.ic_encoder_dim=6", "model.ci_encoder_dim=6",
		"model.controller_dim=6", "model.inferred_inputs=1", "train.batch_size=16", "train.kl_ramp_epochs=2", "train.l2_ramp_epochs=2",
		"pbt.first_generation_epochs=3", "pbt.epochs_per_generation=2", "pbt.finish_epochs=0", "infer.samples=3",
	} {
		args = append(args, "--set", set)
	}
	return append(args, more...)
}

// Killed on the way, an experiment goes on and has the same cells, but for the time they
// took; and what is made is not made again.
func TestExperimentKilled(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, first, second := tinyData(t, dir), filepath.Join(dir, "first"), filepath.Join(dir, "second")
	carryOn(t, tinySearch(data, first)...)
	want := cellsOf(t, filepath.Join(first, "cells"))
	if len(want) != 4 {
		t.Fatalf("%d cells, want 2 ways x 2 splits", len(want))
	}
	for name, c := range want {
		if v := c.Variant(experiment.Chosen); v == nil || len(v.Scores) < 3 || c.EpochsUsed == 0 || c.EpochsUsed > 30 || c.Time.Processor == nil {
			t.Errorf("%s: %+v", name, c)
		}
	}
	kills := 0
	for k := 30; ; k += 45 {
		r := execute(t, broken(fmt.Sprintf("kill %d;often", k), tinySearch(data, second)...))
		if r.code == 0 {
			break
		}
		if r.code != -1 {
			t.Fatalf("kill at change %d: exit code %d\n%s", k, r.code, r.stderr)
		}
		kills++
	}
	if kills < 3 {
		t.Errorf("only %d kills", kills)
	}
	if got := cellsOf(t, filepath.Join(second, "cells")); !reflect.DeepEqual(untimed(got), untimed(want)) {
		t.Errorf("killed on the way, the cells are\n%+v\nand were\n%+v", got, want)
	}
	if err := os.RemoveAll(filepath.Join(second, "runs")); err != nil {
		t.Fatal(err)
	}
	carryOn(t, tinySearch(data, second)...)
	if _, err := os.Stat(filepath.Join(second, "runs", "few-0-100")); err == nil {
		t.Error("a cell that is there is made again")
	}
	pageOf(t, dir, filepath.Join(second, "cells"))
}

// pageOf makes a page of cells, which names the folder that they are in, and its figure.
func pageOf(t *testing.T, dir, cells string) {
	t.Helper()
	path := filepath.Join(dir, "page.md")
	succeed(t, "experiment", "page", cells, "--out", path)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"## second: 34 + 8 trials of tiny.h5, 8 tested, 30 epochs", "| few less fixed | 2 |", "(page-second-34-8-8-30.svg)"} {
		if !strings.Contains(string(text), part) {
			t.Errorf("the page lacks %q:\n%s", part, text)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "page-second-34-8-8-30.svg")); err != nil {
		t.Error(err)
	}
	refuse(t, []string{"there is no cell"}, "experiment", "page", dir, "--out", path)
	refuse(t, []string{"ends in .md"}, "experiment", "page", cells, "--out", dir)
}

// cellsOf are the cells of a folder, by way, split and seed.
func cellsOf(t *testing.T, dir string) map[string]experiment.Cell {
	t.Helper()
	cells, err := experiment.ReadCells(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]experiment.Cell{}
	for _, c := range cells {
		all[fmt.Sprint(c.Way, c.Split, c.Seed)] = c
	}
	return all
}

// untimed are cells without the time they took.
func untimed(cells map[string]experiment.Cell) map[string]experiment.Cell {
	all := map[string]experiment.Cell{}
	for name, c := range cells {
		c.Time = experiment.Time{}
		all[name] = c
	}
	return all
}

// What cannot be meant is refused before anything is trained, in words that say what to
// do.
func TestExperimentRefuses(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out := tinyData(t, dir), filepath.Join(dir, "out")
	for _, c := range []struct {
		says string
		more []string
	}{
		{"disjoint test sets", []string{"--splits", "9"}},
		{"--train-trials", []string{"--train-trials", "40"}},
		{"there is no way \"best\"", []string{"--ways", "best"}},
		{"no cell is split=7", []string{"--only", "split=7"}},
		{"--only", []string{"--only", "7"}},
		{"--epochs", []string{"--epochs", "5"}},
		{"KEY=VALUE or WAY:KEY=VALUE", []string{"--set", "few"}},
		{"no way is called other", []string{"--set", "other:train.batch_size=8"}},
	} {
		refuse(t, []string{c.says}, tinySearch(data, out, c.more...)...)
	}
}
