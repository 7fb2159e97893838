package nlb

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	prepared "github.com/autolfads/autolfads/prepare/nlb"
)

// stored are targets of a data set in a file.
func stored(t testing.TB, name string, binMs int) (*Targets, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "targets.h5")
	writeTargets(t, path, []*prepared.Set{simulatedSet(t, name, binMs)})
	targets, err := OwnTargets(path, name, binMs)
	if err != nil {
		t.Fatal(err)
	}
	return targets, path
}

func wantError(t *testing.T, err error, words ...string) {
	t.Helper()
	for _, w := range words {
		if err == nil || !strings.Contains(err.Error(), w) {
			t.Errorf("error %v, want %q", err, w)
		}
	}
}

// TestTargetsFile: what is no file of targets, or of others, is said in a sentence; a
// file that is not the public one has a warning.
func TestTargetsFile(t *testing.T) {
	own, path := stored(t, "mc_rtt", 20)
	if own.Warning != "" || own.Split != prepared.Val {
		t.Errorf("own targets: %q, split %q", own.Warning, own.Split)
	}
	other, err := OpenTargets(path, "mc_rtt", 20)
	if err != nil || other.Split != "" || !strings.Contains(other.Warning, PublicChecksum) {
		t.Errorf("warning %q, split %q, %v", other.Warning, other.Split, err)
	}
	_, err = OpenTargets(path, "mc_rtt", 5)
	wantError(t, err, "no group mc_rtt,", "there are mc_rtt_20", "--targets")
	_, err = OpenTargets(path, "mc_rt", 5)
	wantError(t, err, "there is no data set mc_rt ", "mc_maze")
	_, err = OpenTargets(path, "mc_rtt", 10)
	wantError(t, err, "bins of 10 ms")
	_, err = OpenTargets(path+"x", "mc_rtt", 20)
	wantError(t, err, "targets.h5x")
}

// TestTargetsThatDisagree: arrays of a file that do not go together.
func TestTargetsThatDisagree(t *testing.T) {
	for words, content := range map[string]func(w *hdf5.Writer){
		"eval_spikes_heldout is missing": func(w *hdf5.Writer) { put(t, w, "mc_maze/psth", []float32{1}, 1, 1, 1) },
		"eval_behavior has 1 trials":     func(w *hdf5.Writer) { put(t, w, "mc_maze/eval_behavior", []float32{1}, 1, 1, 1) },
		"eval_jitter has 3 trials":       func(w *hdf5.Writer) { put(t, w, "mc_maze/eval_jitter", []int32{1, 2, 3}, 3) },
		"of 0 conditions, psth has 1":    func(w *hdf5.Writer) { put(t, w, "mc_maze/psth", []float32{1}, 1, 1, 1) },
		"has trial 2 in condition 0": func(w *hdf5.Writer) {
			put(t, w, "mc_maze/psth", []float32{1}, 1, 1, 1)
			put(t, w, "mc_maze/eval_cond_idx", [][]int32{{0, 2}}, 1)
		},
		"has shape [1 1 1 1]": func(w *hdf5.Writer) { put(t, w, "mc_maze/psth", []float32{1}, 1, 1, 1, 1) },
	} {
		path := filepath.Join(t.TempDir(), "targets.h5")
		write(t, path, func(w *hdf5.Writer) {
			content(w)
			if !strings.Contains(words, "missing") {
				put(t, w, "mc_maze/eval_spikes_heldout", []float32{1, 0}, 2, 1, 1)
			}
		})
		_, err := OwnTargets(path, "mc_maze", 5)
		wantError(t, err, words, path)
	}
}

// TestConditionsAsMatrix: lists of equal length, which h5py stores as a matrix.
func TestConditionsAsMatrix(t *testing.T) {
	path := filepath.Join(t.TempDir(), "targets.h5")
	write(t, path, func(w *hdf5.Writer) {
		put(t, w, "mc_maze/eval_spikes_heldout", []float32{1, 0}, 2, 1, 1)
		put(t, w, "mc_maze/psth", []float32{1, 2}, 2, 1, 1)
		put(t, w, "mc_maze/eval_cond_idx", []int64{1, 0}, 2, 1)
	})
	targets, err := OwnTargets(path, "mc_maze", 5)
	if err != nil || len(targets.Conditions) != 2 || targets.Conditions[0][0] != 1 || targets.Conditions[1][0] != 0 {
		t.Errorf("%v, %v", targets.Conditions, err)
	}
}

// TestRatesThatDisagree: rates of other trials, neurons or bins are refused.
func TestRatesThatDisagree(t *testing.T) {
	targets, _ := stored(t, "mc_rtt", 20)
	good := invented(targets, 0)
	for words, s := range map[string]*Submission{
		"evaluated trials, targets in": {good.HeldIn, good.Train, good.Eval.Part(0, good.Eval.Bins, 0, good.Eval.Features)},
		"neurons, targets in":          {good.HeldIn + 1, good.Train, good.Eval},
		"bins, targets in":             {good.HeldIn, good.Train, good.Eval.FirstBins(3)},
		"rates of training trials are": {good.HeldIn, good.Train.Part(0, 3, 1, 2), good.Eval},
		"no rates of the evaluated":    {good.HeldIn, good.Train, nil},
	} {
		if strings.HasPrefix(words, "evaluated") {
			s.Eval.Trials--
		}
		_, err := Score(t.Context(), s, targets, nil)
		wantError(t, err, words)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Score(ctx, good, targets, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}

// TestFaults: a figure that cannot be had takes no other along, and a sentence says why.
func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		spoil   func(s *Submission, targets *Targets)
		missing func(f Figures) bool
		words   string
	}{
		"negative":    {func(s *Submission, _ *Targets) { s.Eval.Bin(2, 5)[s.HeldIn] = -1 }, func(f Figures) bool { return f.CoBPS == nil && f.FpBPS != nil }, "the rate of trial 2, bin 5, neuron 5 is -1"},
		"NaN":         {func(s *Submission, _ *Targets) { s.Eval.Bin(1, 30)[0] = float32(math.NaN()) }, func(f Figures) bool { return f.CoBPS != nil && f.FpBPS == nil }, "bin 30, neuron 0 is NaN"},
		"no training": {func(s *Submission, _ *Targets) { s.Train = nil }, func(f Figures) bool { return f.CoBPS != nil && f.Behaviour == nil }, "no rates of training trials"},
		"no spikes":   {func(_ *Submission, t *Targets) { fill(t.HeldOut.Data, 0) }, func(f Figures) bool { return f.CoBPS == nil && f.Behaviour != nil }, "no spikes"},
		"no forward":  {func(s *Submission, t *Targets) { s.Eval = s.Eval.FirstBins(t.HeldOut.Bins) }, func(f Figures) bool { return f.CoBPS != nil && f.FpBPS == nil }, ""},
		"mask":        {func(_ *Submission, t *Targets) { t.EvalMask = nil }, func(f Figures) bool { return f.Behaviour == nil }, "eval_decode_mask none"},
		"empty mask":  {func(_ *Submission, t *Targets) { fill(t.EvalMask.Data, 0) }, func(f Figures) bool { return f.Behaviour == nil }, "decode mask 0: behaviour is not known"},
		"other trials": {func(s *Submission, t *Targets) {
			s.Train = &dataset.Array{Trials: 1, Bins: 30, Features: 7, Data: s.Train.Trial(0)}
		}, func(f Figures) bool { return f.Behaviour == nil }, "rates are of 1 training trials"},
	} {
		targets, _ := stored(t, "area2_bump", 20)
		s := invented(targets, 0)
		c.spoil(s, targets)
		scores, err := Score(t.Context(), s, targets, nil)
		if err != nil || !c.missing(scores.Figures) || !strings.Contains(strings.Join(scores.Notes, "\n"), c.words) {
			t.Errorf("%s: %+v, %v; want %q", name, scores, err, c.words)
		}
	}
}

// TestSpeedNeedsTwo: a condition of one trial has no correlation.
func TestSpeedNeedsTwo(t *testing.T) {
	targets, _ := stored(t, "dmfc_rsg", 20)
	s := invented(targets, 0)
	targets.EvalBehavior.Bin(0, 0)[0] = 9
	scores, err := Score(t.Context(), s, targets, nil)
	if err != nil || scores.Behaviour != nil || !strings.Contains(strings.Join(scores.Notes, "\n"), "trial 0 is the only one of its condition") {
		t.Errorf("%+v, %v", scores, err)
	}
	targets.EvalBehavior.Bin(0, 0)[0] = float32(math.NaN()) // an outlier
	scores, err = Score(t.Context(), s, targets, nil)
	if err != nil || scores.Behaviour == nil {
		t.Errorf("%+v, %v", scores, err)
	}
}

// TestMaskOfBins: a mask of bins that marks all bins of some trials is that of the trials.
func TestMaskOfBins(t *testing.T) {
	targets, _ := stored(t, "area2_bump", 20)
	s := invented(targets, 0)
	want, err := Score(t.Context(), s, targets, nil)
	if err != nil || want.Behaviour == nil {
		t.Fatalf("%+v, %v", want, err)
	}
	for _, mask := range []*dataset.Array{targets.TrainMask, targets.EvalMask} {
		trials := *mask
		*mask = *dataset.NewArray(trials.Trials, targets.HeldOut.Bins, trials.Features)
		for trial := range mask.Trials {
			for bin := range mask.Bins {
				copy(mask.Bin(trial, bin), trials.Bin(trial, 0))
			}
		}
	}
	got, err := Score(t.Context(), s, targets, nil)
	if err != nil || got.Behaviour == nil || *got.Behaviour != *want.Behaviour {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	fill(targets.EvalMask.Data[targets.EvalMask.Features*5:targets.EvalMask.Features*15], 0)
	if got, err = Score(t.Context(), s, targets, nil); err != nil || got.Behaviour == nil || *got.Behaviour == *want.Behaviour {
		t.Errorf("without ten bins: %+v, %v", got, err)
	}
}
