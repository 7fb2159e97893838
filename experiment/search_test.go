package experiment

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/synth"
)

// recording writes a small one with true rates.
func recording(t *testing.T, path string) *dataset.Dataset {
	t.Helper()
	o := synth.DefaultLorenz()
	o.Conditions, o.TrialsPerCondition, o.Neurons, o.Bins, o.BinWidth = 3, 10, 6, 10, 10*time.Millisecond
	d, err := synth.Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
	return d
}

// tiny are the settings of models that train in no time.
func tiny() (all []Setting) {
	for _, key := range []string{"model.generator_dim", "model.factors", "model.initial_condition_dim", "model.ic_encoder_dim", "model.ci_encoder_dim", "model.controller_dim"} {
		all = append(all, Setting{Key: key, Value: "4"})
	}
	for key, value := range map[string]string{
		"infer.samples": "2", "pbt.finish_epochs": "0", "pbt.first_generation_epochs": "2", "pbt.epochs_per_generation": "1", "train.kl_ramp_epochs": "1", "train.l2_ramp_epochs": "1",
	} {
		all = append(all, Setting{Key: key, Value: value})
	}
	return all
}

// search is a small comparison of all ways.
func search(t *testing.T, data, out string) *Search {
	t.Helper()
	return &Search{
		Data: data, Out: out, Division: Division{Splits: 2, Test: 5, Valid: 5}, Seeds: 1, Ways: Ways(), Epochs: 12, Members: 2, Set: tiny(),
		Resources: autolfads.Resources{Workers: 1, Threads: 1}, Only: []string{"split=1"},
	}
}

// Each way uses no more epochs than it may, and nearly as many as the others.
func TestEqualEpochs(t *testing.T) {
	dir := t.TempDir()
	data, out := filepath.Join(dir, "data.h5"), filepath.Join(dir, "out")
	recording(t, data)
	if err := search(t, data, out).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	cells, err := ReadCells(filepath.Join(out, "cells"))
	if err != nil || len(cells) != len(Ways()) {
		t.Fatalf("%d cells, %v", len(cells), err)
	}
	for _, c := range cells {
		if c.EpochsUsed > 12 || c.EpochsUsed < 10 || c.Split != 1 || c.Seed != 101 {
			t.Errorf("%s: %d epochs of split %d by seed %d", c.Way, c.EpochsUsed, c.Split, c.Seed)
		}
		if v := c.Variant(Chosen); v == nil || len(v.Scores) != 3 || len(c.missing(variants())) > 0 {
			t.Errorf("%s: variants %+v", c.Way, c.Variants)
		}
		chosen, _ := c.scored(Chosen, "nll")
		if best, ok := c.scored("search's best", "nll"); c.Way == "paper" && (!ok || best != chosen) {
			t.Errorf("the paper's population chose %v, its best has %v", chosen, best)
		}
	}
}

// What test trials hold changes no model and no choice.
func TestTestTrialsAreNotSeen(t *testing.T) {
	dir := t.TempDir()
	var best [2][]byte
	for i := range best {
		data, out := filepath.Join(dir, "data.h5"), filepath.Join(dir, []string{"as they are", "shifted"}[i])
		d := recording(t, data)
		s := search(t, data, out)
		if i == 1 {
			_, _, test := s.Parts(30, 1)
			train := d.Train.Trials()
			for _, place := range test {
				part := d.Train.Encod
				if place >= train {
					part, place = d.Valid.Encod, place-train
				}
				for k := range part.Trial(place) {
					part.Trial(place)[k]++
				}
			}
			if err := d.Write(data); err != nil {
				t.Fatal(err)
			}
		}
		s.Ways = Ways()[:1]
		if err := s.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		var err error
		if best[i], err = os.ReadFile(filepath.Join(out, "runs", "ours-1-101", "best", "checkpoint.safetensors")); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(best[0], best[1]) {
		t.Error("other test trials give another model")
	}
}

// Of several seeds of a split the mean of what they chose is a cell of its own.
func TestEnsembles(t *testing.T) {
	dir := t.TempDir()
	data, out := filepath.Join(dir, "data.h5"), filepath.Join(dir, "out")
	recording(t, data)
	s := search(t, data, out)
	s.Ways, s.Seeds = Ways()[2:], 2
	if err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, way := range s.Ways {
		c, err := ReadCell(filepath.Join(out, "cells", way.Name+"-1-ensemble.json"))
		if err != nil || c == nil || len(c.Seeds) != 2 || c.Seeds[1] != 201 {
			t.Fatalf("%s: %+v, %v", way.Name, c, err)
		}
		if want := " --ways " + way.Name + " --only split=1"; !strings.HasSuffix(c.Command, want) {
			t.Errorf("%q makes no ensemble: a command that ends in %q does", c.Command, want)
		}
		value, ok := c.scored(Ensemble, "nll")
		one, _ := ReadCell(filepath.Join(out, "cells", way.Name+"-1-101.json"))
		if other, _ := one.scored(Chosen, "nll"); !ok || value == other {
			t.Errorf("%s: the ensemble has %v, one of its models %v", way.Name, value, other)
		}
	}
	cells, err := ReadCells(filepath.Join(out, "cells"))
	if err != nil {
		t.Fatal(err)
	}
	if page := SearchPage([]Folder{{"x", cells}}, "x.md"); !strings.Contains(page.Text, "| fixed: "+Ensemble+" less fixed | 1 |") {
		t.Errorf("the page has no ensemble:\n%s", page.Text)
	}
}

// A cell of another question is not taken for this one's.
func TestOtherCells(t *testing.T) {
	dir := t.TempDir()
	data, out := filepath.Join(dir, "data.h5"), filepath.Join(dir, "out")
	recording(t, data)
	s := search(t, data, out)
	s.Ways = Ways()[3:]
	if err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	other := search(t, data, out)
	other.Ways, other.Epochs = s.Ways, 14
	if err := other.Run(t.Context()); err == nil {
		t.Error("a cell of fewer epochs is taken")
	}
}

// A run of other settings, whose cell was not made yet, is not taken for this one's.
func TestOtherRuns(t *testing.T) {
	dir := t.TempDir()
	data, out := filepath.Join(dir, "data.h5"), filepath.Join(dir, "out")
	recording(t, data)
	s := search(t, data, out)
	if err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(out, "cells")); err != nil {
		t.Fatal(err)
	}
	other := search(t, data, out)
	other.Set = append(other.Set, Setting{Key: "train.batch_size", Value: "7"})
	if err := other.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "is a run with train.batch_size=64, and the cell is of 7") {
		t.Errorf("a run of other settings: %v", err)
	}
	if err := s.Run(t.Context()); err != nil {
		t.Errorf("the same settings: %v", err)
	}
}

// Ways under other names have settings of their own.
func TestWayOf(t *testing.T) {
	w, err := WayOf("longer=ours")
	if err != nil || w.Name != "longer" || w.Of != "ours" || w.typed() != "longer=ours" {
		t.Errorf("%+v, %v", w, err)
	}
	for _, word := range []string{"", "=ours", "a-b=ours", "best", "x=best"} {
		if _, err := WayOf(word); err == nil {
			t.Errorf("%q is a way", word)
		}
	}
	trials := &dataset.Split{Encod: dataset.NewArray(10, 1, 1)}
	s := &Search{Ways: []Way{w}, Division: Division{Splits: 1, Test: 5, Valid: 5}, data: &dataset.Dataset{Train: trials, Valid: trials}, Epochs: 3040, Members: 8, Set: []Setting{
		{"longer", "train.batch_size", "7"}, {"ours", "train.batch_size", "9"}, {"", "train.batch_size", "8"},
	}}
	c, err := s.config(&w)
	if err != nil || c.Train.BatchSize != 7 || c.PBT.StopRatio != 0 {
		t.Errorf("batch size %d, stop ratio %v, %v", c.Train.BatchSize, c.PBT.StopRatio, err)
	}
}
