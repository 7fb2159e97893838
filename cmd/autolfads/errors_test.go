package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
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
	external := filepath.Join(dir, "external.h5")
	d, err := dataset.Load(good, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d.Train.External = dataset.NewArray(d.Train.Trials(), 20, 2)
	d.Valid.External = dataset.NewArray(d.Valid.Trials(), 20, 2)
	d.Valid.External.Bin(1, 2)[1] = float32(math.Inf(1))
	if err := d.Write(external); err != nil {
		t.Fatal(err)
	}
	gaussian := []string{"--set", "model.likelihood=gaussian"}
	refuse := []string{"--missing", "refuse"}
	unobserved := filepath.Join(dir, "unobserved.h5")
	d.Valid.External.Bin(1, 2)[1] = 0
	for i := range d.Valid.Recon.Data {
		d.Valid.Recon.Data[i] = float32(math.NaN())
	}
	if err := d.Write(unobserved); err != nil {
		t.Fatal(err)
	}
	place := []string{"train_encod_data", "trial 3", "bin 4", "neuron 5"}
	for name, c := range map[string]struct {
		data string
		says []string
		more []string
	}{
		"missing":          {filepath.Join(dir, "nowhere.h5"), []string{"nowhere.h5"}, nil},
		"not HDF5":         {write("text.h5", []byte("spikes, spikes")), []string{"text.h5", "not an HDF5 file"}, nil},
		"truncated":        {write("short.h5", whole[:len(whole)/2]), []string{"short.h5", "cut short"}, nil},
		"other keys":       {other, []string{"keys spikes", "lfads-torch (train_encod_data", "autolfads-tf2 (train_data"}, nil},
		"NaN count":        {count("nan.h5", float32(math.NaN())), append(place, "NaN", "data.missing=hidden"), refuse},
		"negative count":   {count("negative.h5", -1), append(place, "-1"), nil},
		"fraction":         {count("fraction.h5", .5), append(place, "0.5"), nil},
		"infinite count":   {count("infinite.h5", float32(math.Inf(1))), append(place, "Inf"), nil},
		"NaN, Gaussian":    {count("nan2.h5", float32(math.NaN())), []string{"train_encod_data", "trial 3", "bin 4", "neuron 5 is NaN", "fill them in"}, append(gaussian, refuse...)},
		"nothing observed": {unobserved, []string{"valid_encod_data", "nothing was observed", "no score"}, nil},
		"infinite input":   {external, []string{"valid_ext_input", "trial 1", "bin 2", "feature 1 is +Inf"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			refuseIn(t, dir, c.says, append([]string{"run", c.data, "--out", filepath.Join(dir, "out")}, c.more...)...)
		})
	}
}

func TestBadSettings(t *testing.T) {
	dir := t.TempDir()
	data := tinyData(t, dir)
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, c := range map[string]struct {
		args []string
		says []string
	}{
		"unknown key":           {[]string{"--set", "train.learning_rat=1"}, []string{"train.learning_rat\"", `did you mean "train.learning_rate"`}},
		"unknown key in a file": {[]string{"--config", file("wrong.yaml", "train:\n  batch_sise: 3\n")}, []string{"wrong.yaml", "batch_sise", `did you mean "train.batch_size"`}},
		"a word in a file":      {[]string{"--config", file("word.yaml", "train:\n  batch_size: many\n")}, []string{"word.yaml", `train.batch_size is "many": want a whole number`}},
		"a fraction in a file":  {[]string{"--config", file("fraction.yaml", "pbt:\n  members: 2.5\n")}, []string{"pbt.members is 2.5: want a whole number"}},
		"no group in a file":    {[]string{"--config", file("flat.yaml", "train: 3\n")}, []string{"train is 3: want a group of settings"}},
		"a group in a file":     {[]string{"--config", file("deep.yaml", "train:\n  dropout_rate: {a: 1}\n")}, []string{"train.dropout_rate is a group of settings: want a number"}},
		"nothing in a file":     {[]string{"--config", file("nothing.yaml", "train:\n  dropout_rate:\n")}, []string{"train.dropout_rate is empty: want a number"}},
		"a list in a file":      {[]string{"--config", file("list.yaml", "model:\n  likelihood: [poisson]\n")}, []string{"model.likelihood is a list: want a word"}},
		"no such file":          {[]string{"--config", filepath.Join(dir, "nowhere.yaml")}, []string{"nowhere.yaml"}},
		"range of the space":    {[]string{"--set", "pbt.space.train.dropout_rate.high=1.5"}, []string{"pbt.space", "train.dropout_rate is 1.5"}},
		"unknown in the space":  {[]string{"--config", file("space.yaml", "pbt:\n  space:\n    train.dropout: {low: 0, high: 1}\n")}, []string{"pbt.space", `did you mean "train.dropout_rate"`}},
		"no value":              {[]string{"--set", "train.learning_rate"}, []string{"KEY=VALUE"}},
		"a word for a number":   {[]string{"--set", "train.batch_size=many"}, []string{"train.batch_size", "many"}},
		"out of range":          {[]string{"--set", "train.dropout_rate=1.5"}, []string{"train.dropout_rate", "1.5"}},
		"unknown likelihood":    {[]string{"--set", "model.likelihood=normal"}, []string{"poisson", "gaussian"}},
		"negative members":      {[]string{"--members=-2"}, []string{"pbt.members", "-2"}},
		"no members":            {[]string{"--members=0"}, []string{"pbt.members", "0"}},
		"negative workers":      {[]string{"--workers=-1"}, []string{"workers is -1"}},
		"negative threads":      {[]string{"--threads=-2"}, []string{"threads is -2"}},
		"no bin width":          {[]string{"--bin-ms", "NaN"}, []string{"bin width is NaN"}},
		"bin width":             {[]string{"--bin-ms", "20"}, []string{"10ms", "20ms"}},
		"unknown missing":       {[]string{"--set", "data.missing=drop"}, []string{`data.missing is "drop"`, "hidden", "refuse"}},
		"unknown flag":          {[]string{"--membres", "3"}, []string{"--membres", "--members"}},
		"unknown search":        {[]string{"--search", "luck"}, []string{"luck", "pbt", "random", "fixed"}},
		"too big":               {[]string{"--set", "model.generator_dim=500000"}, []string{"training needs", "GiB of memory", "not even one member fits", "smaller model.*"}},
		"small budget":          {[]string{"--search", "random", "--epochs-budget", "999"}, []string{"random.epochs_budget, 999", "train.max_epochs, 1000"}},
		"negative budget":       {[]string{"--search", "random", "--epochs-budget=-1"}, []string{"random.epochs_budget is -1"}},
		"budget of PBT":         {[]string{"--epochs-budget", "5000"}, []string{"--epochs-budget is for --search random", "--search pbt"}},
	} {
		t.Run(name, func(t *testing.T) {
			refuseIn(t, dir, c.says, append([]string{"run", data, "--out", filepath.Join(dir, "out")}, c.args...)...)
		})
	}
}

func TestBadFolders(t *testing.T) {
	dir := t.TempDir()
	data := tinyData(t, dir)
	used := filepath.Join(dir, "used")
	if err := os.Mkdir(used, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(used, "notes.txt"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	begun := filepath.Join(dir, "begun")
	if err := os.Mkdir(begun, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(begun, "run.yaml"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	nowhere, rates := filepath.Join(dir, "nowhere"), filepath.Join(dir, "rates.h5")
	// Nothing can be made below a file, not even by root.
	below := filepath.Join(data, "out")
	for _, c := range []struct {
		says []string
		args []string
	}{
		{[]string{"used", "notes.txt", "choose another"}, []string{"run", data, "--out", used}},
		{[]string{"begun", "autolfads resume"}, []string{"run", data, "--out", begun}},
		{[]string{"tiny.h5 cannot be made", "another --out"}, []string{"run", data, "--out", data}},
		{[]string{"out cannot be made", "another --out"}, []string{"run", data, "--out", below}},
		{[]string{"used holds no run", "run.yaml"}, []string{"resume", used}},
		{[]string{"nowhere holds no run"}, []string{"resume", nowhere}},
		{[]string{"used holds no run", "its --out"}, []string{"status", used}},
		{[]string{"tiny.h5 holds no run"}, []string{"resume", data}},
		{[]string{"tiny.h5 exists"}, []string{"synth", "lorenz", "--out", data}},
		{[]string{"out cannot be written", "another --out"}, []string{"synth", "lorenz", "--out", below}},
		{[]string{"used exists"}, []string{"demo", "--out", used}},
		{[]string{"tiny.h5 exists"}, []string{"infer", begun, data, "--out", data}},
		{[]string{"out cannot be written", "another --out"}, []string{"infer", begun, data, "--out", below}},
		{[]string{"used holds no run"}, []string{"infer", used, data, "--out", rates}},
		{[]string{"no trained model", "autolfads resume"}, []string{"infer", begun, data, "--out", rates}},
		{[]string{"nowhere", "give a run folder"}, []string{"infer", nowhere, data, "--out", rates}},
		{[]string{"tiny.h5 lies in no run folder"}, []string{"infer", data, data, "--out", rates}},
	} {
		refuseIn(t, dir, c.says, c.args...)
	}
}

func TestBadCommands(t *testing.T) {
	for _, c := range []struct {
		says []string
		args []string
	}{
		{[]string{`did you mean "run"`, "--help"}, []string{"rnu"}},
		{[]string{"unexpected argument lda: the commands here are smooth, gpfa, psth"}, []string{"baseline", "lda", "x.h5", "--out", "y.h5"}},
		{[]string{`"demo"`}, nil},
		{[]string{`"lorenz"`}, []string{"synth"}},
		{[]string{"--out", "--help"}, []string{"run"}},
		{[]string{"--json"}, []string{"info", "--jsn", "x.h5"}},
		{[]string{"--drop-correlated needs a value behind it"}, []string{"prepare", "x.nwb", "--drop-correlated"}},
		{[]string{"unexpected argument b.nwb", "one file is taken at a time"}, []string{"prepare", "a.nwb", "b.nwb", "--out", "c.h5"}},
		{[]string{"lorenz-plain"}, []string{"bench", "--shape", "lorentz"}},
		{[]string{"--likelihood", `"poison"`, "zero_inflated_gamma"}, []string{"bench", "--likelihood", "poison"}},
		{[]string{"--threads is 0"}, []string{"bench", "--threads", "0"}},
		{[]string{"--samples is 0"}, []string{"bench", "--inference", "--samples", "0"}},
		{[]string{"auto, dense or sparse"}, []string{"bench", "--input", "spikes"}},
		{[]string{"--time is 0s"}, []string{"bench", "--time", "0s"}},
	} {
		refuse(t, c.says, c.args...)
	}
}

func TestHelp(t *testing.T) {
	text := succeed(t, "--help")
	if block := "\n    autolfads demo\n    autolfads info recording.h5\n    autolfads run recording.h5 --out results\n"; !strings.Contains(text, block) {
		t.Errorf("the first commands are not each on a line:\n%s", text)
	}
	for _, name := range []string{"demo", "info", "run", "resume", "status", "infer", "synth", "synth lorenz", "synth chaotic", "synth reaching", "synth timing", "synth emg", "synth calcium", "bench", "version"} {
		if !strings.Contains(text, "\n  "+strings.Fields(name)[0]) {
			t.Errorf("the help does not list %s:\n%s", name, text)
		}
		help := succeed(t, append(strings.Fields(name), "--help")...)
		_, examples, _ := strings.Cut(help, "\nExample")
		// Four blanks: kong leaves such lines as they are.
		if !strings.Contains(examples, "\n    autolfads "+name) {
			t.Errorf("autolfads %s --help shows no example:\n%s", name, help)
		}
	}
}
