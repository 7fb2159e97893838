package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/rng"
)

// reaches writes data of 8 trials that train and 4 that validate, with behaviour.
func reaches(t *testing.T, path string) {
	t.Helper()
	src := rng.NewSource(rng.Derive(1, rng.Synthesis))
	split := func(trials int) *dataset.Split {
		s := &dataset.Split{Encod: dataset.NewArray(trials, 20, 5), Behavior: dataset.NewArray(trials, 20, 2)}
		for i := range s.Encod.Data {
			s.Encod.Data[i] = float32(src.IntN(2))
		}
		for i := range s.Behavior.Data {
			s.Behavior.Data[i] = float32(src.Float64())
		}
		s.Recon = s.Encod
		return s
	}
	d := &dataset.Dataset{BinWidth: 10 * time.Millisecond, Train: split(8), Valid: split(4)}
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
}

// ratesAt writes arrays of .5 for 4 trials that validate, or 8 that train.
func ratesAt(t *testing.T, path string, keys ...string) {
	t.Helper()
	w, err := hdf5.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for _, key := range keys {
		n := 4
		if strings.HasPrefix(key, "train") {
			n = 8
		}
		values := slices.Repeat([]float32{.5}, n*20*5)
		if group, _, in := strings.Cut(key, "/"); in {
			err = w.Group(group)
		}
		if err == nil {
			err = w.Write(key, values, []int{n, 20, 5})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// Rates of validation trials alone are scored, without what needs those of training
// trials; of several groups the one that is named.
func TestEvaluateRatesOfOthers(t *testing.T) {
	dir := t.TempDir()
	data, valid, groups := filepath.Join(dir, "reaches.h5"), filepath.Join(dir, "valid.h5"), filepath.Join(dir, "groups.h5")
	reaches(t, data)
	ratesAt(t, valid, "valid_output_params")
	text := succeed(t, "evaluate", valid, "--data", data, "--draws", "100")
	if !strings.Contains(text, "bits per spike") || strings.Contains(text, "by ridge regression") {
		t.Errorf("of validation trials alone:\n%s", text)
	}
	if text := succeed(t, "info", valid, "--json"); !strings.Contains(text, "autolfads evaluate") || !strings.Contains(text, `"layout":"lfads-torch"`) {
		t.Errorf("info says %s", text)
	}
	ratesAt(t, groups, "a/eval_rates_heldin", "b/eval_rates_heldin")
	refuseIn(t, dir, []string{"groups.h5: rates of several groups fit the data, a, b: say which with --group a"}, "evaluate", groups, "--data", data)
	text = succeed(t, "evaluate", valid, groups, "--data", data, "--draws", "100", "--group", "b", "--json")
	var e autolfads.Evaluated
	if err := json.Unmarshal([]byte(text), &e); err != nil || len(e.Notes) != 1 || !strings.Contains(e.Notes[0], "groups.h5: eval_rates_heldin and so on are taken to be of the trials that validate") {
		t.Errorf("%v: JSON is not one object with its notes:\n%s", err, text)
	}
}

// Factors that cannot be decoded from each other take no score along.
func TestEvaluateConstantFactors(t *testing.T) {
	dir := t.TempDir()
	data, one, two := filepath.Join(dir, "reaches.h5"), filepath.Join(dir, "one.h5"), filepath.Join(dir, "two.h5")
	reaches(t, data)
	for _, path := range []string{one, two} {
		ratesAt(t, path, "train_output_params", "train_factors", "valid_output_params", "valid_factors")
	}
	text := succeed(t, "evaluate", one, two, "--data", data, "--draws", "100", "--no-smoothing")
	if !strings.Contains(text, "bits per spike") || !strings.Contains(text, "skipped: scoring cross-decoding: the factors of one are the same in every bin") {
		t.Errorf("of constant factors:\n%s", text)
	}
}
