package nlb

import (
	"maps"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/outputs"
	prepared "github.com/autolfads/autolfads/prepare/nlb"
)

// written writes rates as this program does, and as the benchmark takes them.
func written(t *testing.T, d *dataset.Dataset, whole *Submission) (own, submission string) {
	t.Helper()
	own, submission = filepath.Join(t.TempDir(), "own.h5"), filepath.Join(t.TempDir(), "submission.h5")
	train, valid := divided(whole.Train, *d.Divided)
	// Training trials are written with forward bins, of which nothing is known.
	content := outputs.OfCounts(&outputs.Estimates{Rates: longer(train, whole.Eval.Bins)}, &outputs.Estimates{Rates: longer(valid, whole.Eval.Bins)}, &outputs.Estimates{Rates: whole.Eval})
	if err := outputs.Write(own, d, content, outputs.Source{}); err != nil {
		t.Fatal(err)
	}
	writeSubmissions(t, submission, map[string]int{"area2_bump_20": whole.Train.Bins}, map[string]*Submission{"area2_bump_20": whole})
	return own, submission
}

// longer has more bins, of rate 1.
func longer(a *dataset.Array, bins int) *dataset.Array {
	out := dataset.NewArray(a.Trials, bins, a.Features)
	fill(out.Data, 1)
	for trial := range a.Trials {
		copy(out.Trial(trial), a.Trial(trial))
	}
	return out
}

// TestEvaluate: rates in a file, of this program's layout or the benchmark's, score as
// the arrays that they are, whichever way the data set is known.
func TestEvaluate(t *testing.T) {
	for name, attributes := range map[string]map[string]any{"prepared": asPrepared, "recognised": nil} {
		path, d, targets := writeArea2(t, attributes)
		whole := invented(targets, 3)
		want, err := Score(t.Context(), whole, targets, nil)
		if err != nil || want.Behaviour == nil || want.PSTHR2 == nil || want.FpBPS == nil || want.Split != prepared.Val {
			t.Fatalf("%+v, %v", want, err)
		}
		own, submission := written(t, d, whole)
		for _, file := range []string{own, submission} {
			rates, err := outputs.Read(file, d)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Evaluate(t.Context(), Request{Dataset: d, Data: path, Rates: rates})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s, %s: %s%v, want %s", name, filepath.Base(file), Table(got, file), err, Table(want, file))
			}
			got, err = Evaluate(t.Context(), Request{Dataset: d, Data: path, Targets: path, Rates: rates})
			if err != nil || !reflect.DeepEqual(got.Figures, want.Figures) || got.Split != "" {
				t.Errorf("%s, targets given: %+v, %v", name, got, err)
			}
		}
	}
}

// TestEvaluateRefuses: what is wrong, and what to do.
func TestEvaluateRefuses(t *testing.T) {
	path, d, targets := writeArea2(t, asPrepared)
	own, _ := written(t, d, invented(targets, 3))
	rates, err := outputs.Read(own, d)
	if err != nil {
		t.Fatal(err)
	}
	r := Request{Dataset: d, Data: path, Rates: rates}
	refuses := func(words ...string) {
		t.Helper()
		_, err := Evaluate(t.Context(), r)
		wantError(t, err, words...)
	}
	attributes := maps.Clone(d.Attributes)
	d.Attributes["prepare_options"] = `{"preset":"area2_bump","bin_ms":20,"eval":"test"}`
	refuses(path, "--eval test", "--targets")
	d.Attributes["prepare_options"] = `{"preset":"mc_rtt","bin_ms":20}`
	refuses(path, "no group mc_rtt_20")
	d.Attributes = nil
	_, r.Targets = stored(t, "mc_maze", 20)
	refuses(r.Targets, "no targets of the Neural Latents Benchmark that fit", "--preset nlb/NAME")
	r.Targets = everything(t).targets
	refuses(r.Targets, "2 data sets that fit", "mc_rtt, area2_bump")
	d.Attributes, r.Targets = attributes, ""
	whole := rates.Test
	rates.Test = nil
	refuses(own, "no rates of the evaluated trials")
	rates.Test, rates.Counts = whole, false
	refuses(own, "no expected counts")
}

// TestTestSplit: of data prepared with --eval test nothing is held out, and targets are in
// a file of their own.
func TestTestSplit(t *testing.T) {
	dir := t.TempDir()
	path, other := filepath.Join(dir, "maze.h5"), filepath.Join(dir, "targets.h5")
	set := prepareAs(t, "maze20", prepared.Options{Preset: "mc_maze", BinMs: 20, Eval: prepared.Test})
	if err := set.Write(path, map[string]any{"prepare_options": `{"preset":"mc_maze","bin_ms":20,"eval":"test"}`}); err != nil {
		t.Fatal(err)
	}
	d, err := dataset.Load(path, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	trials, bins, heldOut := d.Test.Encod.Trials, d.Test.Encod.Bins, d.Reconstructed().Features-d.Test.Encod.Features
	forward, trained := d.Reconstructed().Bins-bins, set.Tensor("train_behavior")
	write(t, other, func(w *hdf5.Writer) {
		for key, a := range map[string]*dataset.Array{
			"eval_spikes_heldout": pattern(trials, bins, heldOut, .9), "eval_behavior": pattern(trials, bins, 2, 0),
			"eval_spikes_heldin_forward": pattern(trials, forward, d.Test.Encod.Features, .9), "eval_spikes_heldout_forward": pattern(trials, forward, heldOut, .9),
		} {
			put(t, w, "mc_maze_20/"+key, a.Data, a.Trials, a.Bins, a.Features)
		}
		put(t, w, "mc_maze_20/train_behavior", trained.Numbers, trained.Shape...)
	})
	targets, err := OpenTargets(other, "mc_maze", 20)
	if err != nil {
		t.Fatal(err)
	}
	whole := invented(targets, 3)
	want, err := Score(t.Context(), whole, targets, nil)
	if err != nil || want.Behaviour == nil || want.FpBPS == nil {
		t.Fatalf("%+v, %v", want, err)
	}
	own, _ := written(t, d, whole)
	rates, err := outputs.Read(own, d)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Evaluate(t.Context(), Request{Dataset: d, Data: path, Targets: other, Rates: rates})
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s%v, want %s", Table(got, "got"), err, Table(want, "want"))
	}
}
