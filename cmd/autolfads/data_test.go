package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/internal/testenv"
)

// What is hardly meant is told by info, at the start of a run, in its summary
// and in scores.json, in the same words; and nothing asks.
func TestWarningsAreTold(t *testing.T) {
	dir := testenv.MemoryDir(t)
	d := reload(t, tinyData(t, dir))
	copy(d.Valid.Recon.Trial(1), d.Train.Recon.Trial(2))
	d.Train.TrialIDs, d.Valid.TrialIDs = make([]int64, 40), make([]int64, 10)
	for i := range d.Train.TrialIDs {
		d.Train.TrialIDs[i] = int64(i)
	}
	for i := range d.Valid.TrialIDs {
		d.Valid.TrialIDs[i] = int64(39 + i)
	}
	for _, truth := range []*dataset.Array{d.Train.Truth, d.Valid.Truth} {
		for i := range truth.Data {
			truth.Data[i] *= 100 // in spikes per second
		}
	}
	data, out := filepath.Join(dir, "leak.h5"), filepath.Join(dir, "out")
	if err := d.Write(data); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1 of 10 validation trials are training trials (trial 1 is training trial 2)",
		"trial 39 of train and trial 0 of valid have the same id, 39, in *_inds",
		"The true rates cannot be those of these spikes: they are about",
	}
	run := execute(t, command(bareRun(data, out)...))
	scores, err := os.ReadFile(filepath.Join(out, "scores.json"))
	if err != nil {
		t.Fatalf("%v\n%s", err, run.stderr)
	}
	var written struct{ Warnings []string }
	var line struct {
		Warnings []string
		Refused  string
	}
	for text, into := range map[string]any{string(scores): &written, succeed(t, "info", data, "--json"): &line} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(written.Warnings, line.Warnings) || len(written.Warnings) != len(want) || line.Refused != "" {
		t.Errorf("scores.json warns of %q, info --json of %q", written.Warnings, line.Warnings)
	}
	for _, w := range want {
		for where, text := range map[string]string{
			"the start": run.stderr, "the summary": run.stdout, "info": succeed(t, "info", data), "resume": execute(t, command("resume", out)).stderr,
		} {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q:\n%s", where, w, text)
			}
		}
	}
	wantText(t, filepath.Join(out, "outputs", "leak.h5"), "trial_ids_note", want[1])
}

func reload(t *testing.T, path string) *dataset.Dataset {
	t.Helper()
	d, err := dataset.Load(path, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func wantText(t *testing.T, path, attribute, says string) {
	t.Helper()
	f, err := hdf5.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	a, err := f.Root().Attr(attribute)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := a.Strings(); err != nil || len(text) != 1 || !strings.Contains(text[0], says) {
		t.Errorf("attribute %s of %s is %q (%v), want %q", attribute, path, text, err, says)
	}
}

// What run refuses, info refuses in the same words, after what it holds.
func TestInfoRefusesWhatRunRefuses(t *testing.T) {
	dir := t.TempDir()
	good := tinyData(t, dir)
	for name, c := range map[string]struct {
		change func(d *dataset.Dataset)
		args   []string
		says   string // "": neither refuses
	}{
		"fractions":  {func(d *dataset.Dataset) { d.Valid.Recon.Data[3] = .5 }, nil, "trial 0, bin 0, neuron 3 is 0.5"},
		"continuous": {func(d *dataset.Dataset) { d.Valid.Recon.Data[3] = .5 }, []string{"--set", "model.likelihood=gaussian"}, ""},
		"nothing":    {func(d *dataset.Dataset) { clear(d.Train.Recon.Data) }, nil, "no neuron fires in any training trial"},
		"differs":    {func(d *dataset.Dataset) { d.Train.Encod = dataset.NewArray(d.Train.Trials(), 20, 10) }, nil, "--encod-differs"},
		"on purpose": {func(d *dataset.Dataset) { d.Train.Encod = dataset.NewArray(d.Train.Trials(), 20, 10) }, []string{"--encod-differs"}, ""},
		"segment":    {func(d *dataset.Dataset) {}, []string{"--set", "model.ic_segment_bins=20"}, "model.ic_segment_bins is 20, but trials have 20 bins"},
	} {
		t.Run(name, func(t *testing.T) {
			d := reload(t, good)
			c.change(d)
			data := filepath.Join(dir, name+".h5")
			if err := d.Write(data); err != nil {
				t.Fatal(err)
			}
			if c.says == "" {
				succeed(t, append([]string{"info", data}, c.args...)...)
				succeed(t, bareRun(data, filepath.Join(dir, name), append(c.args, "--search", "fixed", "--set", "train.max_epochs=1")...)...)
				return
			}
			info := append([]string{"info", data}, c.args...)
			refuseIn(t, dir, []string{c.says}, info...)
			refuseIn(t, dir, []string{c.says}, append([]string{"run", data, "--out", filepath.Join(dir, "out")}, c.args...)...)
			var line struct{ Refused string }
			r := execute(t, command(append(info, "--json")...))
			if err := json.Unmarshal([]byte(r.stdout), &line); err != nil || !strings.Contains(line.Refused, c.says) || r.code != exitError {
				t.Errorf("info --json: exit code %d, %v, %s", r.code, err, r.stdout)
			}
		})
	}
}

// writePermuted writes d with neuron i reconstructed at place order[i].
func writePermuted(t *testing.T, d dataset.Dataset, order []int, path string) {
	t.Helper()
	permuted := func(s *dataset.Split) *dataset.Split {
		p := *s
		p.Recon = dataset.NewArray(s.Recon.Trials, s.Recon.Bins, s.Recon.Features)
		p.Truth = nil
		for trial := range s.Recon.Trials {
			for bin := range s.Recon.Bins {
				for i, v := range s.Recon.Bin(trial, bin) {
					p.Recon.Bin(trial, bin)[order[i]] = v
				}
			}
		}
		return &p
	}
	d.Train, d.Valid = permuted(d.Train), permuted(d.Valid)
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
}

// heldOut is the tiny recording with 6 of its 10 neurons and 16 of its 20 bins
// to be read.
func heldOut(t *testing.T, dir string) *dataset.Dataset {
	d := reload(t, tinyData(t, dir))
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		s.Truth, s.Encod = nil, dataset.NewArray(s.Trials(), 16, 6)
		for trial := range s.Trials() {
			for bin := range 16 {
				copy(s.Encod.Bin(trial, bin), s.Recon.Bin(trial, bin))
			}
		}
	}
	return d
}

// Wherever held-in neurons stand in the file, its rates are the same to the
// bit, in the order of the file.
func TestHeldInNeuronsAnywhere(t *testing.T) {
	dir := t.TempDir()
	d := heldOut(t, dir)
	order := []int{7, 3, 9, 4, 0, 5, 1, 2, 6, 8} // held out ones keep theirs among themselves
	inOrder := make([]int, 10)
	for i := range inOrder {
		inOrder[i] = i
	}
	rates := map[string][]float32{}
	for name, places := range map[string][]int{"first": inOrder, "anywhere": order} {
		data, out := filepath.Join(dir, name+".h5"), filepath.Join(dir, name)
		writePermuted(t, *d, places, data)
		succeed(t, bareRun(data, out, "--search", "fixed", "--set", "train.max_epochs=2")...)
		for _, key := range []string{"train_output_params", "valid_output_params", "rates_hz", "valid_factors"} {
			rates[name+key] = floats(t, filepath.Join(out, "outputs", name+".h5"), key)
		}
	}
	for _, key := range []string{"train_output_params", "valid_output_params", "rates_hz"} {
		first, anywhere := rates["first"+key], rates["anywhere"+key]
		for i, v := range first {
			if n := i % 10; anywhere[i-n+order[n]] != v {
				t.Fatalf("%s: element %d is %v, want %v", key, i-n+order[n], anywhere[i-n+order[n]], v)
			}
		}
	}
	if !slices.Equal(rates["firstvalid_factors"], rates["anywherevalid_factors"]) {
		t.Error("other factors")
	}
}

// A model infers from spikes alone what it infers from a whole file: any split,
// neurons that are read alone, one array; other trials and bins; forward bins
// and held-out neurons are the model's, in the order of the file it was trained
// on.
func TestInferSpikesAlone(t *testing.T) {
	dir := t.TempDir()
	d := heldOut(t, dir)
	whole, out := filepath.Join(dir, "whole.h5"), filepath.Join(dir, "out")
	writePermuted(t, *d, []int{7, 3, 9, 4, 0, 5, 1, 2, 6, 8}, whole)
	succeed(t, bareRun(whole, out, "--search", "fixed", "--set", "train.max_epochs=2", "--set", "model.ic_segment_bins=4")...)
	all := filepath.Join(dir, "all.h5")
	succeed(t, "infer", out, whole, "--out", all)

	write := func(name string, attrs map[string]any, arrays map[string]*dataset.Array) string {
		path := filepath.Join(dir, name+".h5")
		w, err := hdf5.Create(path)
		for key, a := range arrays {
			if err == nil {
				err = w.Write(key, a.Data, []int{a.Trials, a.Bins, a.Features})
			}
		}
		for key, v := range attrs {
			if err == nil {
				err = w.SetAttr("/", key, v)
			}
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	width := map[string]any{"bin_width_ms": 10.0}
	valid := d.Valid.Encod
	short := valid.FirstBins(9)
	for name, c := range map[string]struct {
		attrs  map[string]any
		arrays map[string]*dataset.Array
		args   []string
		split  string // that there is
		same   string // its rates are those of this one of the whole file; "": of no
		shape  []int
		says   string
	}{
		"train":      {width, map[string]*dataset.Array{"train_encod_data": d.Train.Encod}, nil, "train", "train", []int{40, 20, 10}, ""},
		"valid":      {width, map[string]*dataset.Array{"valid_data": valid}, nil, "valid", "valid", []int{10, 20, 10}, ""},
		"test":       {width, map[string]*dataset.Array{"test_encod_data": valid}, nil, "test", "", []int{10, 20, 10}, ""},
		"array":      {width, map[string]*dataset.Array{"spikes": valid, "other": short}, nil, "test", "", []int{10, 20, 10}, ""},
		"only array": {nil, map[string]*dataset.Array{"x": valid}, nil, "test", "", []int{10, 20, 10}, "does not say how wide its bins are: taken to be 10ms"},
		"other bins": {width, map[string]*dataset.Array{"data": short}, nil, "test", "", []int{10, 13, 10}, ""},
		"width":      {map[string]any{"bin_width_ms": 20.0}, map[string]*dataset.Array{"data": valid}, nil, "test", "", []int{10, 20, 10}, "are 20ms wide, those that the model was trained on 10ms"},
		"given":      {nil, map[string]*dataset.Array{"data": valid}, []string{"--bin-ms", "5"}, "test", "", []int{10, 20, 10}, "are 5ms wide"},
	} {
		t.Run(name, func(t *testing.T) {
			path, rates := write(name, c.attrs, c.arrays), filepath.Join(dir, name+".rates.h5")
			r := execute(t, command(append([]string{"infer", out, path, "--out", rates}, c.args...)...))
			if r.code != 0 || !strings.Contains(r.stderr, c.says) || c.says == "" && strings.Contains(r.stderr, "ms wide") {
				t.Fatalf("exit code %d\n%s", r.code, r.stderr)
			}
			f, err := hdf5.Open(rates)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			for _, split := range []string{"train", "valid", "test"} {
				if f.Root().Has(split+"_output_params") != (split == c.split) {
					t.Errorf("%s_output_params: there %v", split, split != c.split)
				}
			}
			key := c.split + "_output_params"
			set, err := f.Root().Dataset(key)
			if err != nil || !slices.Equal(set.Shape(), c.shape) {
				t.Fatalf("%s: %v, shape %v, want %v", key, err, set.Shape(), c.shape)
			}
			if c.same != "" && !slices.Equal(floats(t, rates, key), floats(t, all, key)) {
				t.Error("other rates than those of the whole file")
			}
		})
	}
	for says, arrays := range map[string]map[string]*dataset.Array{
		"the model reads 6 neurons and wrong has 5":                 {"spikes": dataset.NewArray(2, 16, 5)},
		"model.ic_segment_bins is 4, but trials have 4 bins":        {"spikes": dataset.NewArray(2, 4, 6)},
		"no known layout: the file has keys a, b":                   {"a": short, "b": short},
		"trained with 0 external inputs and wrong has 1 (*_ext_inp": {"test_encod_data": dataset.NewArray(2, 16, 6), "test_ext_input": dataset.NewArray(2, 16, 1)},
	} {
		path := write("wrong", nil, arrays)
		refuseIn(t, dir, []string{says}, "infer", out, path, "--out", filepath.Join(dir, "wrong.rates.h5"))
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	run := filepath.Join(out, "run.yaml")
	text, err := os.ReadFile(run)
	if err != nil {
		t.Fatal(err)
	}
	damaged := strings.Replace(string(text), "- 7\n", "- 70\n", 1)
	if damaged == string(text) {
		damaged = strings.Replace(string(text), "[7,", "[70,", 1)
	}
	if err := os.WriteFile(run, []byte(damaged), 0o644); err != nil {
		t.Fatal(err)
	}
	refuseIn(t, dir, []string{"trials.neuron_order is no order of 10 neurons"}, "infer", out, filepath.Join(dir, "array.h5"), "--out", filepath.Join(dir, "x.h5"))
}
