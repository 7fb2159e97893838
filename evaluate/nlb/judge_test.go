package nlb

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/metric"
)

// toolsScore has nlb_tools score rates.
func toolsScore(t *testing.T, python string, all *tensors) (j judged) {
	t.Helper()
	submission := filepath.Join(t.TempDir(), "submission.h5")
	writeSubmissions(t, submission, all.bins, all.rates)
	if err := json.Unmarshal(run(t, python, "testdata/judge.py", all.targets, submission), &j); err != nil {
		t.Fatal(err)
	}
	return j
}

func run(t *testing.T, python string, args ...string) []byte {
	t.Helper()
	c := exec.Command(python, args...)
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// TestNLBToolsAgree compares with nlb_tools on all data sets, and golden.json with what
// they say now.
func TestNLBToolsAgree(t *testing.T) {
	python, all := testenv.NLBPython(t), everything(t)
	j := toolsScore(t, python, all)
	all.score(t, j)
	for group, was := range testenv.Stored(t, filepath.Join("testdata", "golden.json"), j) {
		for name, v := range was {
			if a, b := number64(v), number64(j[group][name]); !(math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(a))) {
				t.Errorf("%s: %s is %v, in golden.json %v: testdata/golden.sh makes it", group, name, b, a)
			}
		}
	}
}

// number64 is what JSON has for a number; NaN: for none.
func number64(v any) float64 {
	if x, ok := v.(float64); ok {
		return x
	}
	return math.NaN()
}

// TestToolsOwnTargets compares on targets that nlb_tools' make_eval_target_tensors makes
// of recordings simulated on the spot.
func TestToolsOwnTargets(t *testing.T) {
	python, seed := testenv.NLBPython(t), testenv.Number(t, "AUTOLFADS_SEED", 1)
	for _, c := range []struct{ form, name, binMs string }{{"maze", "mc_maze", "5"}, {"rtt", "mc_rtt", "20"}, {"area2", "area2_bump", "5"}} {
		t.Run(c.form, func(t *testing.T) {
			dir, from := t.TempDir(), filepath.Join("..", "..", "prepare", "nlb", "testdata")
			source, path := filepath.Join(dir, "source"), filepath.Join(dir, "tensors.h5")
			run(t, python, "-W", "ignore", filepath.Join(from, "simulate.py"), source, c.form, strconv.Itoa(seed), "noise")
			run(t, python, filepath.Join(from, "judge.py"), source, c.name, c.binMs, "val", path)
			binMs, _ := strconv.Atoi(c.binMs)
			targets, err := OwnTargets(path, c.name, binMs)
			if err != nil {
				t.Fatal(err)
			}
			group, _ := groupOf(c.name, binMs)
			all := &tensors{path, map[string]int{group: targets.HeldOut.Bins}, map[string]*Submission{group: invented(targets, seed)}}
			s, err := Score(t.Context(), all.rates[group], targets, nil)
			if err != nil {
				t.Fatal(err)
			}
			toolsScore(t, python, all).compare(t, group, s)
		})
	}
}

// TestRealRecording compares on a real recording: velocity and PSTHs from smoothed spikes.
func TestRealRecording(t *testing.T) {
	python := testenv.NLBPython(t)
	d, err := dataset.Load(testenv.Data(t, "mc_maze_large/mc_maze_large_05ms.h5"), dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const group = "mc_maze_large"
	path := filepath.Join(t.TempDir(), "targets.h5")
	s := &Submission{d.Valid.Encod.Features, smoothed(d.Train.Recon), smoothed(d.Valid.Recon)}
	writeReal(t, path, group, d)
	targets, err := OwnTargets(path, group, 5)
	if err != nil {
		t.Fatal(err)
	}
	scores, err := Score(t.Context(), s, targets, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := &tensors{path, map[string]int{group: s.Eval.Bins}, map[string]*Submission{group: s}}
	toolsScore(t, python, all).compare(t, group, scores)
	if *scores.Behaviour < .5 {
		t.Errorf("smoothed spikes have velocity R2 %.4f", *scores.Behaviour)
	}
}

// writeReal writes targets of validation trials, with PSTHs of smoothed training trials.
func writeReal(t *testing.T, path, group string, d *dataset.Dataset) {
	psth, conditions := metric.PSTH(smoothed(d.Train.Recon), d.Train.Condition)
	lists := make([][]int32, len(conditions))
	for k, c := range conditions {
		for trial, of := range d.Valid.Condition {
			if of == c {
				lists[k] = append(lists[k], int32(trial))
			}
		}
	}
	heldIn, all := d.Valid.Encod.Features, d.Valid.Recon
	spikes := all.Part(0, all.Bins, heldIn, all.Features-heldIn)
	write(t, path, func(w *hdf5.Writer) {
		for key, a := range map[string]*dataset.Array{
			"eval_spikes_heldout": spikes, "psth": psth, "train_behavior": d.Train.Behavior, "eval_behavior": d.Valid.Behavior,
		} {
			put(t, w, group+"/"+key, a.Data, a.Trials, a.Bins, a.Features)
		}
		put(t, w, group+"/eval_cond_idx", lists, len(lists))
	})
}

// smoothed averages counts over 21 bins, and adds a little.
func smoothed(a *dataset.Array) *dataset.Array {
	out := dataset.NewArray(a.Trials, a.Bins, a.Features)
	for trial := range a.Trials {
		for bin := range a.Bins {
			to := out.Bin(trial, bin)
			for from := max(0, bin-10); from < min(a.Bins, bin+11); from++ {
				for n, k := range a.Bin(trial, from) {
					to[n] += k / 21
				}
			}
			for n := range to {
				to[n] += .001
			}
		}
	}
	return out
}
