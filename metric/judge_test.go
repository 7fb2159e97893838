package metric_test

import (
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/metric"
)

// submission is what is judged: a model's rates, and what they are compared with.
type submission struct {
	rates, spikes                       *dataset.Array
	psth                                *dataset.Array
	row, jitter                         []int64
	heldOut, timing                     *dataset.Array // timing: [trials, 1, columns]
	trainRates, trainVelocity, velocity *dataset.Array
}

// verdict is the scores of a submission; NaN cannot be in it.
type verdict struct {
	NLL      float64    `json:"nll"`
	Bits     float64    `json:"bits per spike"`
	Neurons  []*float64 `json:"of neurons"`
	PSTH     *float64   `json:"psth,omitempty"`
	Speed    *float64   `json:"speed,omitempty"`
	Velocity *float64   `json:"velocity,omitempty"`
}

// nlbPython is a Python that can import nlb_tools, or "" if there is none and none is
// required.
func nlbPython(t *testing.T) string {
	python := os.Getenv("AUTOLFADS_NLB_PYTHON")
	if python == "" && os.Getenv("AUTOLFADS_REQUIRE") == "1" {
		t.Fatal("AUTOLFADS_NLB_PYTHON is not set: a Python 3.11 with .ci/requirements-nlb.txt and nlb-tools==0.0.4")
	}
	return python
}

// TestNLBTools compares with nlb_tools' scores of the same tensors: what
// testdata/nlb.json holds of them, and what they say now where they are at hand.
// AUTOLFADS_UPDATE=1 writes the file.
func TestNLBTools(t *testing.T) {
	all := map[string]submission{
		"plain": plain(), "hostile": hostile(), "timing": timing(),
	}
	stored := map[string]verdict{}
	if python := nlbPython(t); python != "" {
		for name, s := range all {
			stored[name] = s.judged(t, python)
			compareVerdicts(t, name+", judged", s.scored(t), stored[name])
		}
	}
	if len(stored) == 0 && os.Getenv("AUTOLFADS_UPDATE") == "1" {
		t.Fatal("AUTOLFADS_UPDATE=1 needs AUTOLFADS_NLB_PYTHON, whose scores are to be written")
	}
	stored = testenv.Stored(t, "testdata/nlb.json", stored)
	for name, s := range all {
		compareVerdicts(t, name, s.scored(t), stored[name])
	}
}

// TestNLBToolsOnMaze compares on a real recording: smoothed spikes as rates.
func TestNLBToolsOnMaze(t *testing.T) {
	path, python := testenv.Data(t, "mc_maze_large/mc_maze_large_05ms.h5"), testenv.NLBPython(t)
	d := loaded(t, path)
	const width = 5 * time.Millisecond
	psth, conditions, err := metric.SmoothedPSTH(metric.PSTHKernel, width,
		metric.Labelled{Spikes: d.Train.Recon, Condition: d.Train.Condition}, metric.Labelled{Spikes: d.Valid.Recon, Condition: d.Valid.Condition})
	if err != nil {
		t.Fatal(err)
	}
	smooth := func(s *dataset.Split) *dataset.Array {
		rates, err := baseline.Smooth(t.Context(), s.Recon, 40*time.Millisecond, width)
		if err != nil {
			t.Fatal(err)
		}
		return rates
	}
	s := submission{
		rates: smooth(d.Valid), spikes: d.Valid.Recon, psth: psth, row: metric.RowsOf(d.Valid.Condition, conditions),
		trainRates: smooth(d.Train), trainVelocity: d.Train.Behavior, velocity: d.Valid.Behavior,
	}
	compareVerdicts(t, "maze", s.scored(t), s.judged(t, python))
}

// scored are our scores.
func (s submission) scored(t *testing.T) (v verdict) {
	t.Helper()
	bits := metric.BitsByTrial(s.rates, s.spikes)
	v.NLL, v.Bits = bits.Bits().Model.Sum, bits.Of(nil)
	for _, b := range bits.PerNeuron() {
		v.Neurons = append(v.Neurons, pointer(b))
	}
	if s.psth != nil {
		var jitter []int
		for _, j := range s.jitter {
			jitter = append(jitter, int(j))
		}
		score, err := metric.PSTHR2(s.rates, s.row, jitter, s.psth)
		if err != nil {
			t.Fatal(err)
		}
		v.PSTH = pointer(score.Uniform)
	}
	if s.timing != nil {
		v.Speed = pointer(metric.SpeedCorrelation(metric.Speeds(s.rates, s.heldOut), s.produced(), s.row))
	}
	if s.velocity != nil {
		l, err := decode.Ridge(t.Context(), s.trainRates, s.trainVelocity, nil)
		if err != nil {
			t.Fatal(err)
		}
		score, err := l.Score(s.rates, s.velocity)
		if err != nil {
			t.Fatal(err)
		}
		v.Velocity = pointer(score.Mean)
	}
	return v
}

func pointer(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

// produced are the intervals, the last column of timing.
func (s submission) produced() (all []float64) {
	for trial := range s.timing.Trials {
		row := s.timing.Bin(trial, 0)
		all = append(all, float64(row[len(row)-1]))
	}
	return all
}

// judged are nlb_tools' scores.
func (s submission) judged(t *testing.T, python string) verdict {
	t.Helper()
	path := filepath.Join(t.TempDir(), "submission.h5")
	w, err := hdf5.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for key, a := range map[string]*dataset.Array{
		"rates": s.rates, "spikes": s.spikes, "psth": s.psth, "heldout": s.heldOut,
		"train_rates": s.trainRates, "train_velocity": s.trainVelocity, "velocity": s.velocity,
	} {
		if a != nil {
			err = orElse(err, w.Write(key, a.Data, []int{a.Trials, a.Bins, a.Features}))
		}
	}
	if s.timing != nil {
		err = orElse(err, w.Write("timing", s.timing.Data, []int{s.timing.Trials, s.timing.Features}))
	}
	for key, numbers := range map[string][]int64{"row": s.row, "jitter": s.jitter} {
		if numbers != nil {
			err = orElse(err, w.Write(key, numbers, []int{len(numbers)}))
		}
	}
	if err = orElse(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return testenv.Judge[verdict](t, python, "testdata/judge.py", []string{path})[0]
}

func orElse(err, next error) error {
	if err != nil {
		return err
	}
	return next
}
