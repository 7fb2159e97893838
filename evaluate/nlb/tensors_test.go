package nlb

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
	prepared "github.com/autolfads/autolfads/prepare/nlb"
)

// recordings are which of prepare/nlb's simulated recordings have the form of a data set.
var recordings = map[string]string{
	"mc_maze": "maze", "mc_maze_large": "maze", "mc_maze_medium": "maze", "mc_maze_small": "maze",
	"mc_rtt": "rtt", "area2_bump": "area2", "dmfc_rsg": "dmfc",
}

// simulatedSet prepares a simulated recording as a data set, validation trials evaluated.
func simulatedSet(t testing.TB, name string, binMs int) *prepared.Set {
	t.Helper()
	set := prepareAs(t, recordings[name], prepared.Options{Preset: name, BinMs: binMs, Eval: prepared.Val})
	disturb(set)
	return set
}

func prepareAs(t testing.TB, recording string, o prepared.Options) *prepared.Set {
	t.Helper()
	stored, err := filepath.Glob(filepath.Join(testenv.Root(), "prepare", "nlb", "testdata", "golden", recording, "*.nwb.gz"))
	if err != nil || len(stored) == 0 {
		t.Fatalf("no recording %s: %v", recording, err)
	}
	dir := t.TempDir()
	for _, path := range stored {
		testenv.Gunzip(t, path, filepath.Join(dir, strings.TrimSuffix(filepath.Base(path), ".gz")))
	}
	files, err := prepared.Files(dir)
	if err != nil {
		t.Fatal(err)
	}
	all, err := prepared.Open(files, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer prepared.Close(all)
	set, _, err := prepared.Prepare(all, o)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// disturb makes targets odd where the benchmark's may be: behaviour that is not known
// throughout, a silent neuron, spikes that were not observed; and of data sets of timing
// conditions that have two trials at least, without which nlb_tools stop.
func disturb(set *prepared.Set) {
	of := func(key string) *prepared.Tensor { return set.Tensor(set.Group + "/" + key) }
	if b := of("train_behavior"); len(b.Shape) == 3 {
		fill(b.Numbers[7*b.Shape[2]:][:20*b.Shape[2]], float32(math.NaN()))
	}
	if b := of("eval_behavior"); len(b.Shape) == 2 {
		for trial := range b.Shape[0] {
			copy(b.Numbers[trial*b.Shape[1]:], []float32{0, 1, float32(trial % 2)})
		}
		return
	}
	spikes := of("eval_spikes_heldout")
	for i := 0; i < len(spikes.Numbers); i += spikes.Shape[2] {
		spikes.Numbers[i+1] = 0
	}
	fill(spikes.Numbers[spikes.Shape[2]:][:3*spikes.Shape[2]], float32(math.NaN()))
	if p := of("psth"); p != nil {
		for i := 0; i < len(p.Numbers); i += p.Shape[2] {
			p.Numbers[i+p.Shape[2]-1] = 0
		}
	}
}

func fill(values []float32, v float32) {
	for i := range values {
		values[i] = v
	}
}

// invented are rates of all trials of targets: some are 0, those of the first neurons
// know something of velocity.
func invented(t *Targets, salt int) *Submission {
	train, bins := t.HeldOut.Trials, t.HeldOut.Bins
	if t.TrainBehavior != nil {
		train = t.TrainBehavior.Trials
	}
	heldIn := t.HeldInForward.Features
	neurons := heldIn + t.HeldOut.Features
	s := &Submission{heldIn, dataset.NewArray(train, bins, neurons), dataset.NewArray(t.HeldOut.Trials, bins+t.HeldInForward.Bins, neurons)}
	for k, a := range []*dataset.Array{s.Train, s.Eval} {
		for i := range a.Data {
			a.Data[i] = float32((uint64(i+salt+k*7919+1)*2654435761)>>7%1009) / 5000
		}
	}
	if t.Dataset == "mc_maze_medium" { // a silent neuron predicted exactly
		for i := neurons - 1; i < len(s.Eval.Data); i += neurons {
			s.Eval.Data[i] = 0
		}
	}
	if t.Dataset != timing {
		know(s.Train, t.TrainBehavior)
		know(s.Eval, t.EvalBehavior)
	}
	return s
}

// know has rates of the first neurons rise with velocity.
func know(rates, velocity *dataset.Array) {
	largest := float32(0)
	for _, v := range velocity.Data {
		if v == v {
			largest = max(largest, v, -v)
		}
	}
	for trial := range velocity.Trials {
		for bin := range velocity.Bins {
			for o, v := range velocity.Bin(trial, bin) {
				if v == v {
					rates.Bin(trial, bin)[o] += .1 * (1 + v/largest)
				}
			}
		}
	}
}

// writeTargets writes the targets of sets to one file, as the benchmark's holds them.
func writeTargets(t testing.TB, path string, sets []*prepared.Set) {
	t.Helper()
	write(t, path, func(w *hdf5.Writer) {
		for _, set := range sets {
			for _, x := range set.Tensors {
				if !strings.HasPrefix(x.Key, set.Group+"/") {
					continue
				}
				var data any = x.Numbers
				switch {
				case x.Flags != nil:
					data = x.Flags
				case x.Lists != nil:
					data = x.Lists
				case x.Whole != nil:
					data = x.Whole
				}
				put(t, w, x.Key, data, x.Shape...)
			}
		}
	})
}

// writeSubmissions writes rates under the benchmark's keys.
func writeSubmissions(t testing.TB, path string, bins map[string]int, all map[string]*Submission) {
	t.Helper()
	write(t, path, func(w *hdf5.Writer) {
		for group, s := range all {
			n, out := bins[group], s.Eval.Features-s.HeldIn
			array := func(key string, a *dataset.Array, fromBin, bins, from, neurons int) {
				if bins > 0 {
					x := a.Part(fromBin, bins, from, neurons)
					put(t, w, group+"/"+key, x.Data, x.Trials, x.Bins, x.Features)
				}
			}
			array("train_rates_heldin", s.Train, 0, n, 0, s.HeldIn)
			array("train_rates_heldout", s.Train, 0, n, s.HeldIn, out)
			array("eval_rates_heldin", s.Eval, 0, n, 0, s.HeldIn)
			array("eval_rates_heldout", s.Eval, 0, n, s.HeldIn, out)
			array("eval_rates_heldin_forward", s.Eval, n, s.Eval.Bins-n, 0, s.HeldIn)
			array("eval_rates_heldout_forward", s.Eval, n, s.Eval.Bins-n, s.HeldIn, out)
		}
	})
}

func write(t testing.TB, path string, content func(w *hdf5.Writer)) {
	t.Helper()
	w, err := hdf5.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	content(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func put(t testing.TB, w *hdf5.Writer, key string, data any, shape ...int) {
	t.Helper()
	if err := w.Write(key, data, shape); err != nil {
		t.Fatal(fmt.Errorf("%s: %w", key, err))
	}
}
