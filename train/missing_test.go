package train

import (
	"math"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/rng"
)

var nan = float32(math.NaN())

// lacking returns small's data with elements missing: here and there, a neuron, and
// of each split some trials as a whole.
func lacking(t *testing.T) (*dataset.Dataset, lfads.Config, Config) {
	d, model, c := small(t)
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		for trial := range s.Recon.Trials {
			for i := range s.Recon.Trial(trial) {
				if trial < 3 || i%12 == 5 || (trial+i)%7 == 0 {
					s.Recon.Trial(trial)[i] = nan
				}
			}
		}
		s.Encod = s.Recon.FirstBins(s.Encod.Bins)
	}
	return d, model, c
}

// A member trains on what there is.
func TestMissingData(t *testing.T) {
	d, model, c := lacking(t)
	c.BatchSize = 1 // some have nothing observed
	m, err := New(model, c, d, Identity{Seed: 1}, lfads.Threads(2))
	if err != nil {
		t.Fatal(err)
	}
	first := epochs(t, m, 1)
	last := epochs(t, m, 9)
	if !(last.Recon < first.Recon && last.Valid < first.Valid) {
		t.Errorf("after ten epochs %+v, after one %+v", last, first)
	}
}

// The validation loss is the mean over elements that were observed, however they lie
// in the batches that are scored together.
func TestValidationWeighsElements(t *testing.T) {
	d, model, c := lacking(t)
	for d.Valid.Trials() < validBatch+20 { // two batches
		d.Valid = twice(d.Valid)
	}
	for trial := range validBatch { // the first has much less
		row := d.Valid.Recon.Trial(trial)
		for i := range row {
			if trial != 7 {
				row[i] = nan
			}
		}
	}
	d.Valid.Encod = d.Valid.Recon
	m, err := New(model, c, d, Identity{Seed: 1}, lfads.Threads(1))
	if err != nil {
		t.Fatal(err)
	}
	sum, elements := 0., 0
	pass := lfads.Pass{Draws: lfads.Draws{Seed: 1, Pass: rng.Validation}}
	for trial := range d.Valid.Trials() {
		l := m.engine.Evaluate(lfads.Batch{Data: m.valid, Trials: []int{trial}}, m.Config.objective(0), &pass)
		sum += l.Recon * float64(l.Elements)
		elements += l.Elements
	}
	if got, want := m.validate(), sum/float64(elements); !(math.Abs(got-want) <= 1e-6*want) {
		t.Errorf("the validation loss is %v, of its elements %v", got, want)
	}
}

// twice returns the trials of a split two times over.
func twice(s *dataset.Split) *dataset.Split {
	a := dataset.NewArray(2*s.Recon.Trials, s.Recon.Bins, s.Recon.Features)
	copy(a.Data[copy(a.Data, s.Recon.Data):], s.Recon.Data)
	return &dataset.Split{Encod: a, Recon: a}
}

// An epoch's reconstruction loss is the mean over its batches, each with the weight of
// the share of it that was observed: a batch of nothing does not lower it.
func TestEpochWeighsBatches(t *testing.T) {
	d, model, c := lacking(t)
	c.BatchSize, c.LearningRate = 1, 0
	var members [2]*Member
	for i := range members {
		m, err := New(model, c, d, Identity{Seed: 1}, lfads.Threads(1))
		if err != nil {
			t.Fatal(err)
		}
		members[i] = m
	}
	m := members[1]
	order := rng.NewSource(m.key(rng.Shuffle)).Perm(m.train.Trials())
	sum, whole, nothing := 0., 0., 0
	for batch := range order {
		l, err := m.Step(order[batch:][:1], batch)
		if err != nil {
			t.Fatal(err)
		}
		if l.Elements == 0 {
			nothing++
		}
		sum += l.Recon * float64(l.Elements)
		whole += float64(l.Elements)
	}
	if got, want := epochs(t, members[0], 1).Recon, sum/whole; !(math.Abs(got-want) <= 1e-9*want) || nothing == 0 {
		t.Errorf("an epoch's loss is %v, of its batches %v; %d of them have nothing", got, want, nothing)
	}
}

// Trials of which nothing was observed are refused if there are no others.
func TestNothingObserved(t *testing.T) {
	for what, of := range map[string]func(*dataset.Dataset) *dataset.Split{
		"training":   func(d *dataset.Dataset) *dataset.Split { return d.Train },
		"validation": func(d *dataset.Dataset) *dataset.Split { return d.Valid },
	} {
		d, model, c := small(t)
		for i := range of(d).Recon.Data {
			of(d).Recon.Data[i] = nan
		}
		_, err := New(model, c, d, Identity{Seed: 1}, lfads.Threads(1))
		if want := what + " trials was observed: all spikes that are to be reconstructed are NaN; give trials"; err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
