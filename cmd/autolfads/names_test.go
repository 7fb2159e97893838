package main

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// The names that people know are taken, and the run's first lines say for what.
func TestKnownNames(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	file := filepath.Join(dir, "lfads_torch.yaml")
	text := "\ufeffmodel:\r\n  gen_dim: 5\r\n  lr_init: 0.02\r\ndatamodule:\r\n  batch_size: 6\r\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{
		"run", data, "--out", out, "--config", file, "--search", "fixed", "--workers", "1", "--threads", "1", "--set", "kl_co_scale=1e-4",
		"--set", "train.max_epochs=1", "--set", "ic_enc_dim=4", "--set", "infer.num_samples=2", "--set", "MODEL.FAC_DIM=3",
	}
	r := execute(t, command(args...))
	if r.code != 0 {
		t.Fatalf("exit code %d\n%s", r.code, r.stderr)
	}
	notes := `model.gen_dim is model.generator_dim here
model.lr_init is train.learning_rate here
datamodule.batch_size is train.batch_size here
kl_co_scale is train.kl_input_scale here
ic_enc_dim is model.ic_encoder_dim here
infer.num_samples is infer.samples here
MODEL.FAC_DIM is model.factors here
`
	if !strings.HasPrefix(r.stderr, notes) {
		t.Errorf("the first lines are not\n%s\nbut\n%s", notes, r.stderr)
	}
	yaml, err := os.ReadFile(filepath.Join(out, "run.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"generator_dim: 5", "learning_rate: 0.02", "batch_size: 6", "kl_input_scale: 0.0001", "ic_encoder_dim: 4", "samples: 2", "factors: 3",
	} {
		if !strings.Contains(string(yaml), "    "+line+"\n") {
			t.Errorf("run.yaml has no %s:\n%s", line, yaml)
		}
	}
}

// A run's own run.yaml is a file of settings: the run it gives with the same
// flags has the same bytes.
func TestRunYAMLAsConfig(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, first, second := bareData(t, dir), filepath.Join(dir, "first"), filepath.Join(dir, "second")
	succeed(t, bareRun(data, first, "--seed", "3", "--set", "pbt.space.batch_size={low: 4, high: 9}")...)
	file := filepath.Join(first, "run.yaml")
	r := execute(t, command("run", data, "--out", second, "--config", file, "--seed", "3", "--workers", "1", "--threads", "1"))
	note := file + " is the run.yaml of a run: its settings are taken; its data (" + data + "), --search (pbt) and --seed (3) are not\n"
	if r.code != 0 || !strings.HasPrefix(r.stderr, note) {
		t.Fatalf("exit code %d, want first %s\n%s", r.code, note, r.stderr)
	}
	sameFiles(t, "the same settings", promised(t, second), promised(t, first))
}

// Files that say nothing keep the defaults.
func TestEmptyConfig(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data := bareData(t, dir)
	var want string
	for i, text := range []string{"{}", "", "# nothing yet\n", "\ufeff", "train:\n  # batch_size: 3\npbt:\n"} {
		file, out := filepath.Join(dir, "c.yaml"), filepath.Join(dir, "out"+strconv.Itoa(i))
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		succeed(t, bareRun(data, out, "--config", file, "--search", "fixed", "--set", "train.max_epochs=1")...)
		yaml, err := os.ReadFile(filepath.Join(out, "run.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = string(yaml)
		}
		if string(yaml) != want {
			t.Errorf("%q: run.yaml is\n%s\nwant\n%s", text, yaml, want)
		}
	}
}

// Whole numbers are searched as such to the end of a population, and sizes of
// the model by random search, whose rates come from the model that was drawn.
func TestSearchWholeNumbers(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, population, random := bareData(t, dir), filepath.Join(dir, "population"), filepath.Join(dir, "random")
	succeed(t, bareRun(data, population, "--set", "pbt.space.batch_size={low: 3, high: 9}", "--set", "pbt.max_generations=6")...)
	wholeColumn(t, population, "train.batch_size", 3, 9)

	succeed(t, bareRun(data, random, "--search", "random", "--set", "train.max_epochs=2",
		"--set", "pbt.space.gen_dim={low: 3, high: 9}", "--set", "pbt.space.co_dim={low: 0, high: 2, scale: uniform}")...)
	wholeColumn(t, random, "model.generator_dim", 3, 9)
	wholeColumn(t, random, "model.inferred_inputs", 0, 2)
	succeed(t, "resume", random)
	rates := filepath.Join(dir, "rates.h5")
	succeed(t, "infer", random, data, "--out", rates)
	if got, want := floats(t, rates, "valid_output_params"), floats(t, filepath.Join(random, "outputs", "tiny.h5"), "valid_output_params"); !slices.Equal(got, want) {
		t.Error("rates inferred again differ")
	}
}

// wholeColumn checks a column of hyperparameters.csv: whole numbers of the
// range, more than one of them.
func wholeColumn(t *testing.T, dir, key string, low, high float64) {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, "hyperparameters.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column, seen := slices.Index(rows[0], key), map[string]bool{}
	for _, row := range rows[1:] {
		v, err := strconv.ParseFloat(row[column], 64)
		if err != nil || v != math.Trunc(v) || v < low || v > high {
			t.Errorf("%s is %s", key, row[column])
		}
		seen[row[column]] = true
	}
	if len(seen) < 2 {
		t.Errorf("%s never changes: %v", key, seen)
	}
}

// A population with a stop ratio of 0 goes on to its last generation, also when
// its scores get worse; status says the same.
func TestStopRatioZero(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data := bareData(t, dir)
	// With a learning rate of next to nothing a score goes up and down by chance.
	worse := []string{"--set", "pbt.space.lr_init={low: 1e-30, high: 1e-30, init: null}", "--set", "pbt.max_generations=7", "--set", "pbt.stop_generations=2"}
	for ratio, want := range map[string]string{
		"0": "reached pbt.max_generations, 7", "-1": "reached pbt.max_generations, 7",
		"1e-9": "changed by less than pbt.stop_ratio, 1e-09, over the last 2",
	} {
		out := filepath.Join(dir, ratio)
		r := execute(t, command(bareRun(data, out, append(worse, "--set", "pbt.stop_ratio="+ratio)...)...))
		if r.code != 0 || !strings.Contains(r.stderr, want) {
			t.Errorf("stop ratio %s: exit code %d, want %q:\n%s", ratio, r.code, want, r.stderr)
		}
		if status := succeed(t, "status", out); !strings.Contains(status, want) {
			t.Errorf("stop ratio %s: status does not say %q:\n%s", ratio, want, status)
		}
	}
}

// What cannot be searched and what nobody can mean is refused before anything
// is made.
func TestBadNames(t *testing.T) {
	dir := t.TempDir()
	data := tinyData(t, dir)
	config := func(name, text string) []string {
		path := filepath.Join(dir, name+".yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return []string{"--config", path}
	}
	for name, c := range map[string]struct {
		args []string
		says []string
	}{
		"ambiguous":           {[]string{"--set", "num_samples=20"}, []string{"num_samples may be pbt.members or infer.samples"}},
		"by meaning":          {[]string{"--set", "kl_co=1"}, []string{`did you mean "train.kl_input_scale"?`}},
		"nothing near":        {[]string{"--set", "foo=1"}, []string{"nor one like it", "docs/configuration.md"}},
		"a flag":              {[]string{"--set", "seed=1"}, []string{"--seed N"}},
		"a class":             {config("target", "model:\n  _target_: LFADS\n"), []string{"target.yaml: line 2", "classes are not named here"}},
		"of the data":         {config("dims", "model:\n  encod_data_dim: 50\n"), []string{"dims.yaml: line 2", "the data file says it"}},
		"twice":               {config("twice", "gen_dim: 5\nmodel:\n  generator_dim: 6\n"), []string{"twice.yaml: line 3", "given before, in line 1"}},
		"a tab":               {config("tab", "train:\n\tbatch_size: 8\n"), []string{"tab.yaml: line 2", "a tab"}},
		"a comma":             {config("comma", "learning_rate: 0,01\n"), []string{"comma.yaml: line 1", "decimal point"}},
		"a bomb":              {config("bomb", "train: &a {x: &b [1, 1]}\nmodel: *a\n"), []string{"bomb.yaml: line 1"}},
		"a recording":         {[]string{"--config", data}, []string{"tiny.h5", "is it a file of settings?"}},
		"members":             {[]string{"--members", "1000000000"}, []string{"pbt.members is 1000000000; give 10000 or less"}},
		"workers":             {[]string{"--workers", "1000000000"}, []string{"workers is 1000000000"}},
		"threads":             {[]string{"--threads", "1000000000"}, []string{"threads is 1000000000"}},
		"epochs":              {[]string{"--set", "train.max_epochs=1000000000"}, []string{"train.max_epochs is 1000000000: it must lie between 1 and 1000000"}},
		"generations":         {[]string{"--set", "pbt.max_generations=1000000000"}, []string{"pbt.max_generations is 1000000000"}},
		"epochs of one":       {[]string{"--set", "pbt.epochs_per_generation=1000000000"}, []string{"pbt.epochs_per_generation is 1000000000"}},
		"budget":              {[]string{"--search", "random", "--epochs-budget", "1000000000000"}, []string{"is enough for 1000000000 models"}},
		"samples":             {[]string{"--set", "infer.samples=1000000000"}, []string{"infer.samples is 1000000000"}},
		"ramp":                {[]string{"--set", "train.kl_ramp_start=-5"}, []string{"train.kl_ramp_start is -5"}},
		"size":                {[]string{"--set", "model.generator_dim=1000000000"}, []string{"model.generator_dim is 1000000000: it must be at most"}},
		"size that overflows": {[]string{"--set", "model.factors=9223372036854775807"}, []string{"model.factors is 9223372036854775807"}},
		"searched data":       {[]string{"--set", "pbt.space.data.bin_ms={low: 5, high: 20}"}, []string{"data.bin_ms cannot be searched; these can: "}},
		"searched samples":    {[]string{"--set", "pbt.space.infer.samples={low: 5, high: 20}"}, []string{"infer.samples cannot be searched"}},
		"searched members":    {[]string{"--set", "pbt.space.pbt.members={low: 5, high: 20}"}, []string{"pbt.members cannot be searched"}},
		"searched epochs":     {[]string{"--search", "random", "--set", "pbt.space.max_epochs={low: 5, high: 20}"}, []string{"train.max_epochs cannot be searched"}},
		"searched shape":      {[]string{"--set", "pbt.space.gen_dim={low: 5, high: 20}"}, []string{"model.generator_dim cannot be searched by a population", "--search random"}},
		"fractions":           {[]string{"--set", "pbt.space.batch_size={low: 5, high: 20.5}"}, []string{"train.batch_size", "whole number"}},
	} {
		t.Run(name, func(t *testing.T) {
			refuseIn(t, dir, c.says, append([]string{"run", data, "--out", filepath.Join(dir, "out")}, c.args...)...)
		})
	}
}

// Numbers that no machine has, in other commands.
func TestAbsurdNumbers(t *testing.T) {
	refuse(t, []string{"--threads is 1000000000: it must lie between 1 and 4096"}, "bench", "--threads", "1000000000")
	refuse(t, []string{"--samples is 1000000000: it must lie between 1 and 1048576"}, "bench", "--inference", "--samples", "1000000000")
	dir := t.TempDir()
	refuse(t, []string{"threads is 1000000000: give 1 to 4096"}, "infer", dir, dir, "--out", filepath.Join(dir, "rates.h5"), "--threads", "1000000000")
}

// No error shows a map as Go prints it.
func TestNoGoMaps(t *testing.T) {
	goMap := regexp.MustCompile(`map\[`)
	dir := testenv.MemoryDir(t)
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	succeed(t, bareRun(data, out)...)
	// A checkpoint that a later generation needs is gone, and so is its result.
	for _, pattern := range []string{"generations/002/member-00*/result.json", "generations/002/member-00*/attempts/*/*.safetensors", "generations/001/member-00*/attempts/*/*.safetensors"} {
		paths, err := filepath.Glob(filepath.Join(out, pattern))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no %s: %v", pattern, err)
		}
		for _, path := range paths {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	r := execute(t, command("resume", out))
	if r.code == 0 || !strings.Contains(r.stderr, "hyper-parameters: train.coordinated_dropout_rate=0.") || !strings.Contains(r.stderr, ", train.learning_rate=0.00") || goMap.MatchString(r.stderr) {
		t.Errorf("exit code %d\n%s", r.code, r.stderr)
	}
}
