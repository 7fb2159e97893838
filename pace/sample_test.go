package pace

import (
	"math"
	"testing"
	"time"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
)

// manyTrials is a run of 40 training and 10 validation trials in batches of 2, which has test trials
// without neurons to predict, and an input that nobody records.
func manyTrials(t *testing.T) Run {
	t.Helper()
	r := tinyRun(t, func(c *config.Config) { c.Train.BatchSize = 2 })
	long := func(trials int) *dataset.Split {
		s := &dataset.Split{Encod: dataset.NewArray(trials, 10, 6), External: dataset.NewArray(trials, 10, 1)}
		for i := range s.Encod.Data {
			s.Encod.Data[i] = float32(i % 7 / 6)
		}
		return s
	}
	d := *r.Data
	d.Train, d.Valid, d.Test = long(40), long(10), long(5)
	d.Train.Recon, d.Valid.Recon = d.Train.Encod, d.Valid.Encod
	r.Data = &d
	return r
}

// Of long epochs few batches are trained, and times follow in proportion; of short ones all.
func TestMeasureSample(t *testing.T) {
	r := manyTrials(t)
	s, share, err := r.MeasureSample(t.Context(), 1) // no epoch is as short as a nanosecond
	if err != nil || share != 4./40 {
		t.Fatalf("a share of %v is trained on (%v), want two batches of twenty", share, err)
	}
	if s.Epoch <= 0 || s.Infer <= 0 || s.Review <= 0 || s.Score != r.scoring() {
		t.Errorf("%+v", s)
	}
	if _, share, err := r.MeasureSample(t.Context(), time.Second); err != nil || share != 1 {
		t.Errorf("of epochs shorter than a second a share of %v is trained on (%v)", share, err)
	}
}

// Some trials of a run are its first, with the same share of each split; all are itself.
func TestSomeTrials(t *testing.T) {
	r := manyTrials(t)
	few := r.of(4).Data
	if few.Train.Trials() != 4 || few.Valid.Trials() != 1 || few.Test.Trials() != 1 {
		t.Fatalf("%d, %d and %d trials", few.Train.Trials(), few.Valid.Trials(), few.Test.Trials())
	}
	if few.Train.Recon != few.Train.Encod || few.Test.Recon != nil || few.Train.External.Trials != 4 || len(few.Train.Encod.Data) != 4*10*6 {
		t.Errorf("%+v, %+v", few.Train, few.Test)
	}
	if few.Train.Encod.Data[100] != r.Data.Train.Encod.Data[100] {
		t.Error("they are not the first")
	}
	if all := r.of(40).Data; all.Train != r.Data.Train || all.Valid != r.Data.Valid {
		t.Error("all trials are made less")
	}
	s := Speed{Workers: 2, Epoch: time.Second, Review: time.Second, Infer: time.Second}.forAll(few, &r)
	if s.Epoch != 10*time.Second || s.Review != 10*time.Second || s.Infer != 55*time.Second/6 || s.Workers != 2 {
		t.Errorf("of a tenth of the trials %+v", s)
	}
}

// First trials of which nothing was observed cannot be trained on alone: all are.
func TestSampleOfNothing(t *testing.T) {
	r := manyTrials(t)
	for i := range 4 * 10 * 6 {
		r.Data.Train.Encod.Data[i] = float32(math.NaN())
	}
	if s, share, err := r.MeasureSample(t.Context(), 1); err != nil || share != 1 || s.Epoch <= 0 {
		t.Errorf("a share of %v is trained on: %+v (%v)", share, s, err)
	}
}
