package main

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/testenv"
)

// fixedRun trains one model for two epochs.
func fixedRun(t *testing.T, dir, data, name string, more ...string) string {
	t.Helper()
	out := filepath.Join(dir, name)
	succeed(t, tinyRun(t, dir, data, out, append([]string{"--search", "fixed", "--set", "train.max_epochs=2"}, more...)...)...)
	return out
}

// meanOver is the mean of an array over files.
func meanOver(t *testing.T, key string, paths ...string) []float32 {
	t.Helper()
	var sum []float64
	for _, path := range paths {
		values := floats(t, path, key)
		if sum == nil {
			sum = make([]float64, len(values))
		}
		for i, v := range values {
			sum[i] += float64(v)
		}
	}
	mean := make([]float32, len(sum))
	for i, v := range sum {
		mean[i] = float32(v / float64(len(paths)))
	}
	return mean
}

// Rates of an ensemble are the mean of those that infer writes of each run alone, of models
// of different sizes, too; all else is the first's. evaluate scores the first alone, and the
// ensemble beside it. Threads change no bit.
func TestInferEnsemble(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data := tinyData(t, dir)
	in := func(name string) string { return filepath.Join(dir, name) }
	runs := []string{
		fixedRun(t, dir, data, "a", "--seed", "1"),
		fixedRun(t, dir, data, "b", "--seed", "2", "--set", "model.factors=3", "--set", "infer.samples=5"),
		fixedRun(t, dir, data, "c", "--seed", "3", "--set", "model.inferred_inputs=0"),
	}
	var alone []string
	for _, run := range runs {
		alone = append(alone, run+".h5")
		succeed(t, "infer", run, data, "--out", run+".h5", "--threads", "1")
	}
	mean, again := in("mean.h5"), in("again.h5")
	text := succeed(t, "infer", runs[0], data, "--out", mean, "--ensemble", runs[1], "--ensemble", runs[2], "--threads", "1")
	if !strings.Contains(text, "the mean of 3 runs, and those of "+runs[0]+" alone: "+mean) {
		t.Errorf("infer says:\n%s", text)
	}
	for _, key := range []string{"train_output_params", "valid_output_params"} {
		if !slices.Equal(floats(t, mean, key), meanOver(t, key, alone...)) {
			t.Errorf("%s is not the mean of the three", key)
		}
		if !slices.Equal(floats(t, mean, "single/"+key), floats(t, alone[0], key)) {
			t.Errorf("single/%s is not the first's", key)
		}
	}
	for _, key := range []string{"train_factors", "valid_gen_inputs", "valid_co_means", "train_ic_mean", "trial_ids"} {
		if !slices.Equal(floats(t, mean, key), floats(t, alone[0], key)) {
			t.Errorf("%s is not the first's", key)
		}
	}
	succeed(t, "infer", runs[0], data, "--out", again, "--ensemble="+runs[1], "--ensemble="+runs[2], "--threads", "2")
	if a, b := bytesOf(t, mean), bytesOf(t, again); !bytes.Equal(a, b) {
		t.Error("two threads write another file")
	}
	if info := succeed(t, "info", mean); !strings.Contains(info, "mean of 3 runs: a, b, c") || !strings.Contains(info, "in group single") {
		t.Errorf("info says:\n%s", info)
	}
	t.Run("evaluate", func(t *testing.T) { evaluateEnsemble(t, data, mean, alone) })
	t.Run("refuse", func(t *testing.T) { refuseEnsembles(t, dir, data, runs) })
	t.Run("spikes alone", func(t *testing.T) { ensembleOfSpikes(t, dir, data, runs) })
}

func bytesOf(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// evaluateEnsemble looks that the first run has the scores that it has alone, and that the
// ensemble stands beside it.
func evaluateEnsemble(t *testing.T, data, mean string, alone []string) {
	scores := func(args ...string) (e autolfads.Evaluated) {
		text := succeed(t, append([]string{"evaluate", "--data", data, "--draws", "100", "--json"}, args...)...)
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			t.Fatal(err)
		}
		return e
	}
	e, first := scores(mean), scores(alone[0])
	if len(e.Files) != 2 || e.Files[0].Name != "mean" || e.Files[0].MadeBy != "a" || e.Files[1].Name != "ensemble of 3" || e.Files[1].MadeBy != "mean of 3 runs: a, b, c" {
		t.Errorf("files: %+v", e.Files)
	}
	for i, s := range e.Scores {
		if s.Name != first.Scores[i].Name || s.Value != first.Scores[i].Value {
			t.Errorf("%s: %v, of the run alone %s: %v", s.Name, s.Value, first.Scores[i].Name, first.Scores[i].Value)
		}
		if s.Rivals[0].Name != "ensemble of 3" {
			t.Errorf("%s: beside it stands %s", s.Name, s.Rivals[0].Name)
		}
	}
	if s, b := e.Score("bits per spike"), e.Score("true states from factors"); s.Rivals[0].Value == nil || s.Rivals[0].Difference == nil || b.Rivals[0].Value != nil {
		t.Errorf("the ensemble has the scores %+v and %+v", s.Rivals[0], b.Rivals[0])
	}
	if e := scores(mean, "--group", "single"); len(e.Files) != 1 || e.Files[0].MadeBy != "a" {
		t.Errorf("of the group single: %+v", e.Files)
	}
	if e := scores(alone[1], mean); len(e.Files) != 3 || e.Files[1].Name != "mean" || e.Files[2].Name != "ensemble of 3" {
		t.Errorf("beside another: %+v", e.Files)
	}
}

// refuseEnsembles looks at what cannot be averaged.
func refuseEnsembles(t *testing.T, dir, data string, runs []string) {
	out := filepath.Join(dir, "no.h5")
	other := filepath.Join(dir, "other.h5")
	succeed(t, "synth", "lorenz", "--out", other, "--conditions", "3", "--trials", "4", "--neurons", "9", "--bins", "20")
	gaussian := fixedRun(t, dir, data, "gaussian", "--set", "model.likelihood=gaussian")
	nine := fixedRun(t, dir, other, "nine")
	edited := fixedRun(t, dir, data, "edited")
	path := filepath.Join(edited, "run.yaml")
	text := strings.Replace(string(bytesOf(t, path)), "bin_ms: 10.0\n", "bin_ms: 20.0\n", 1)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		with []string
		says string
	}{
		{[]string{runs[0]}, "a is given twice"},
		{[]string{runs[1], filepath.Join(runs[1], "best", "checkpoint.safetensors")}, "checkpoint.safetensors is given twice"},
		{[]string{filepath.Join(dir, "nowhere")}, "give a run folder"},
		{[]string{gaussian}, "gaussian has the likelihood gaussian, a poisson"},
		{[]string{nine}, "nine: the model was trained on 9 neurons and tiny has 10"},
		{[]string{edited}, "a and edited were trained on data of different bin widths, 10 and 20 ms"},
	} {
		args := []string{"infer", runs[0], data, "--out", out}
		for _, with := range c.with {
			args = append(args, "--ensemble", with)
		}
		refuseIn(t, dir, []string{c.says}, args...)
	}
}

// A model that was trained on trials by which another one is judged is told of.
func TestInferEnsembleOfOtherTrials(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data := tinyData(t, dir)
	a, b := fixedRun(t, dir, data, "a"), fixedRun(t, dir, data, "b", "--split-seed", "7")
	r := execute(t, command("infer", a, data, "--out", filepath.Join(dir, "mean.h5"), "--ensemble", b))
	if r.code != 0 || !strings.Contains(r.stderr, "warning: a and b divided the trials of one file otherwise") {
		t.Errorf("exit code %d\n%s", r.code, r.stderr)
	}
}

// ensembleOfSpikes infers spikes alone, by a checkpoint and with other samples.
func ensembleOfSpikes(t *testing.T, dir, data string, runs []string) {
	d := reload(t, data).SpikesAlone()
	path := filepath.Join(dir, "spikes.h5")
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
	flags := []string{"--samples", "4", "--seed", "9", "--threads", "1"}
	var alone []string
	for _, run := range runs[:2] {
		alone = append(alone, run+".spikes.h5")
		succeed(t, append([]string{"infer", run, path, "--out", run + ".spikes.h5"}, flags...)...)
	}
	mean := filepath.Join(dir, "mean.spikes.h5")
	best := filepath.Join(runs[1], "best", "checkpoint.safetensors")
	succeed(t, append([]string{"infer", runs[0], path, "--out", mean, "--ensemble", best}, flags...)...)
	if got := floats(t, mean, "rates_hz"); len(got) == 0 || !slices.Equal(floats(t, mean, "test_output_params"), meanOver(t, "test_output_params", alone...)) {
		t.Error("rates of spikes alone are not the mean of the two")
	}
}

// Of a recording, trials are made once, and of windows of a continuous one the mean is
// merged; models of the same units in another order are refused.
func TestInferEnsembleOfARecording(t *testing.T) {
	dir := testenv.MemoryDir(t)
	source, a, b := tinySource(t, dir), filepath.Join(dir, "a"), filepath.Join(dir, "b")
	flags := []string{"--chop-ms", "200", "--overlap-ms", "80", "--bin-ms", "20"}
	succeed(t, sourceRun(source, a, append(flags, "--seed", "1")...)...)
	succeed(t, sourceRun(source, b, append(flags, "--seed", "2")...)...)
	mean := filepath.Join(dir, "mean.h5")
	succeed(t, "infer", a, source, "--out", mean, "--ensemble", b, "--threads", "1")
	var alone []string
	for _, run := range []string{a, b} {
		alone = append(alone, run+".h5")
		succeed(t, "infer", run, source, "--out", run+".h5", "--threads", "1")
	}
	if !slices.Equal(floats(t, mean, "test_output_params"), meanOver(t, "test_output_params", alone...)) {
		t.Error("rates are not the mean of the two")
	}
	want, got := meanOver(t, "continuous/rates_hz", alone...), floats(t, mean, "continuous/rates_hz")
	// Merging is linear: both orders round to float32 a few times.
	if !slices.EqualFunc(got, want, func(a, b float32) bool { return sameRate(a, b) || math.Abs(float64(a-b)) < 1e-6*float64(b) }) {
		t.Error("the merged rates are not the mean of the two")
	}

	d := reload(t, filepath.Join(a, "data", "tiny.h5"))
	slices.Reverse(d.Neurons)
	turned := filepath.Join(dir, "turned.h5")
	if err := d.Write(turned); err != nil {
		t.Fatal(err)
	}
	succeed(t, bareRun(turned, filepath.Join(dir, "c"), "--search", "fixed", "--set", "train.max_epochs=1")...)
	refuseIn(t, dir, []string{"c was trained on the units 3, 2, 1, a on 1, 2, 3"},
		"infer", a, source, "--out", filepath.Join(dir, "no.h5"), "--ensemble", filepath.Join(dir, "c"))
}
