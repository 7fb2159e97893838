package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/run"
)

// chosenMean makes the bare run end with a final choice between members of two generations
// and two means of weights as they are trained, the first of which is chosen.
var chosenMean = slices.Concat(set("pbt.final_draws=2", "pbt.mean_generations=1"), longUnits, set("train.average_half_life=0", "pbt.finish_epochs=0", "pbt.best_epoch=false", "pbt.exploit=tournament"), []string{"--seed", "25"})

// bestMean is a run's best model, which must be a mean.
func bestMean(t *testing.T, out string) *run.Best {
	t.Helper()
	best, err := run.Files{Dir: out}.Best()
	if err != nil || best.Kind != run.KindMean || len(best.Members) != 2 || best.FinalScore == nil {
		t.Fatalf("the best model is no mean of two: %+v, %v", best, err)
	}
	return best
}

// A run that ends with a final choice is killed at every change on disk, and ends with the
// same bits: in finalists/ and best/, too.
func TestChoiceKilledAtEveryChange(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, first := bareData(t, dir), filepath.Join(dir, "first")
	begin := func(out string) []string { return bareRun(data, out, chosenMean...) }
	changes := countChanges(t, "", begin(first)...)
	bestMean(t, first)
	want := promised(t, first)
	if want["finalists/finalists.json"] == nil || want["finalists/mean-001.safetensors"] == nil || want["finalists/mean-002.safetensors"] == nil {
		t.Fatalf("the finalists are not there: %d files", len(want))
	}
	t.Logf("%d changes", changes)
	for _, half := range []int{0, 1} {
		t.Run(fmt.Sprint(half), func(t *testing.T) {
			t.Parallel()
			for i, k := range kills(changes) {
				if i%2 != half {
					continue
				}
				out := filepath.Join(dir, fmt.Sprint(k))
				if r := execute(t, broken(fmt.Sprintf("kill %d", k), begin(out)...)); r.code != -1 {
					t.Fatalf("kill at change %d: exit code %d\n%s", k, r.code, r.stderr)
				}
				carryOn(t, goOn(out, begin(out))...)
				got := promised(t, out)
				sameFiles(t, fmt.Sprintf("killed at change %d", k), got, want)
				if len(got) != len(want) {
					t.Errorf("killed at change %d: %d files, want %d", k, len(got), len(want))
				}
				noneLeft(t, out)
				if err := os.RemoveAll(out); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// What a user sees of a mean: at the end of the run, in the status, among the models of the
// search, in the outputs; it is inferred from as any model is.
func TestMeanIsShown(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	text := succeed(t, bareRun(data, out, chosenMean...)...)
	best := bestMean(t, out)
	name := fmt.Sprintf("mean of the weights of 2 members of generation %d", best.Generation)
	for _, part := range []string{
		"best model: " + name, "how it was chosen:", "Chosen among 6 models, each scored anew by 2 posterior draws", "its best member by the",
		"Not chosen: the mean of the weights of 2 members of generation", fmt.Sprintf("with the hyper-parameters of member %d", best.Member),
	} {
		if !strings.Contains(text, part) {
			t.Errorf("run does not say %q:\n%s", part, text)
		}
	}
	if status := succeed(t, "status", out); !strings.Contains(status, "\nchosen: score ") || !strings.Contains(status, name) {
		t.Errorf("status does not name the mean:\n%s", status)
	}
	var o struct {
		Best   run.Best
		Choice []string `json:"final_choice"`
		Scores []struct{ Value float64 }
	}
	if err := json.Unmarshal(promised(t, out)["scores.json"], &o); err != nil || o.Best.Kind != run.KindMean || len(o.Choice) < 2 {
		t.Errorf("scores.json has %+v, %v", o, err)
	}
	if info := succeed(t, "info", filepath.Join(out, "outputs", "tiny.h5")); !strings.Contains(info, name) {
		t.Errorf("outputs do not say of which model they are:\n%s", info)
	}
	again := filepath.Join(dir, "again.h5")
	succeed(t, "infer", out, data, "--out", again)
	const rates = "valid_output_params"
	if a, b := floats(t, again, rates), floats(t, filepath.Join(out, "outputs", "tiny.h5"), rates); fmt.Sprint(a) != fmt.Sprint(b) {
		t.Error("infer has other rates of the mean than the run")
	}
	models := comparedIn(t, out)
	if want := fmt.Sprintf("mean of 2 members of generation %d", best.Generation); models.Chosen != want && models.Chosen != "mean of 2 members" {
		t.Errorf("the models' choice is %q, want %q", models.Chosen, want)
	}
}

// A run with a final choice that goes on longer forgets it, and ends as one that was as
// long from the start: with the same finalists, and no others.
func TestChoiceOfALongerRun(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out, whole := bareData(t, dir), filepath.Join(dir, "out"), filepath.Join(dir, "whole")
	never := slices.Concat(set("pbt.stop_ratio=0"), chosenMean)
	carryOn(t, bareRun(data, out, never...)...)
	bestMean(t, out)
	carryOn(t, bareRun(data, whole, slices.Concat(never, set("pbt.max_generations=6"))...)...)
	carryOn(t, goOnWith(out, set("pbt.max_generations=6")...)...)
	got, want := withoutHeader(t, out), withoutHeader(t, whole)
	sameFiles(t, "longer", got, want)
	for name := range got {
		if want[name] == nil {
			t.Errorf("%s is left of the shorter run", name)
		}
	}
	if got["finalists/finalists.json"] == nil {
		t.Error("nothing was chosen among")
	}
}

// With more workers and threads the choice is the same.
func TestChoiceHasTheSameBits(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out, other := bareData(t, dir), filepath.Join(dir, "out"), filepath.Join(dir, "other")
	carryOn(t, bareRun(data, out, chosenMean...)...)
	carryOn(t, bareRun(data, other, slices.Concat(chosenMean, []string{"--workers", "2", "--threads", "3"})...)...)
	sameFiles(t, "other workers and threads", promised(t, other), promised(t, out))
}
