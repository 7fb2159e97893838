package main

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// What a user can do wrong gives an error that says what to do, an exit code
// that is not 0, and changes nothing on disk.
func TestBadData(t *testing.T) {
	dir := t.TempDir()
	good := tinyData(t, dir)
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	other := filepath.Join(dir, "other.h5")
	w, err := hdf5.Create(other)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write("spikes", []float32{1, 2}, []int{2}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	count := func(name string, v float32) string {
		path := filepath.Join(dir, name)
		d, err := dataset.Load(good, dataset.Options{})
		if err != nil {
			t.Fatal(err)
		}
		d.Train.Recon.Bin(3, 4)[5] = v
		if err := d.Write(path); err != nil {
			t.Fatal(err)
		}
		return path
	}
	place := []string{"trial 3", "bin 4", "neuron 5"}
	for name, c := range map[string]struct {
		data string
		says []string
	}{
		"missing":        {filepath.Join(dir, "nowhere.h5"), []string{"nowhere.h5"}},
		"not HDF5":       {write("text.h5", []byte("spikes, spikes")), []string{"text.h5", "not an HDF5 file"}},
		"truncated":      {write("short.h5", whole[:len(whole)/2]), []string{"short.h5", "cut short"}},
		"other keys":     {other, []string{"spikes", "train_encod_data", "train_data"}},
		"NaN count":      {count("nan.h5", float32(math.NaN())), append(place, "NaN")},
		"negative count": {count("negative.h5", -1), append(place, "-1")},
		"fraction":       {count("fraction.h5", .5), append(place, "0.5")},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			refuse(t, c.says, "run", c.data, "--out", out)
			if _, err := os.Stat(out); err == nil {
				t.Errorf("%s was made", out)
			}
		})
	}
}

func TestBadSettings(t *testing.T) {
	dir := t.TempDir()
	data := tinyData(t, dir)
	config := filepath.Join(dir, "wrong.yaml")
	if err := os.WriteFile(config, []byte("train:\n  batch_sise: 3\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		says []string
	}{
		"unknown key":           {[]string{"--set", "train.learning_rat=1"}, []string{"train.learning_rat", "train.learning_rate"}},
		"unknown key in a file": {[]string{"--config", config}, []string{"wrong.yaml", "batch_sise"}},
		"no value":              {[]string{"--set", "train.learning_rate"}, []string{"KEY=VALUE"}},
		"a word for a number":   {[]string{"--set", "train.batch_size=many"}, []string{"train.batch_size", "many"}},
		"out of range":          {[]string{"--set", "train.dropout_rate=1.5"}, []string{"train.dropout_rate", "1.5"}},
		"unknown likelihood":    {[]string{"--set", "model.likelihood=normal"}, []string{"poisson", "gaussian"}},
		"negative members":      {[]string{"--members=-2"}, []string{"pbt.members", "-2"}},
		"no members":            {[]string{"--members=0"}, []string{"pbt.members", "0"}},
		"bin width":             {[]string{"--bin-ms", "20"}, []string{"10ms", "20ms"}},
		"unknown flag":          {[]string{"--membres", "3"}, []string{"--membres"}},
		"unknown search":        {[]string{"--search", "luck"}, []string{"luck"}},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			refuse(t, c.says, append([]string{"run", data, "--out", out}, c.args...)...)
			if _, err := os.Stat(out); err == nil {
				t.Errorf("%s was made", out)
			}
		})
	}
}

func TestBadFolders(t *testing.T) {
	dir := t.TempDir()
	data := tinyData(t, dir)
	before, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	used := filepath.Join(dir, "used")
	if err := os.Mkdir(used, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(used, "notes.txt"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	refuse(t, []string{"used", "notes.txt"}, "run", data, "--out", used)
	// A path below a file cannot be made, whoever tries.
	refuse(t, []string{"tiny.h5"}, "run", data, "--out", filepath.Join(data, "out"))
	refuse(t, []string{"used", "run.yaml"}, "resume", used)
	refuse(t, []string{"tiny.h5 exists"}, "synth", "lorenz", "--out", data)
	refuse(t, []string{"tiny.h5 exists"}, "infer", used, data, "--out", data)
	refuse(t, []string{"no trained model"}, "infer", used, data, "--out", filepath.Join(dir, "rates.h5"))
	after, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	if string(after) != string(before) {
		t.Error("the data file was changed")
	}
}
