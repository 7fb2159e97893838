package main

import (
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// It runs to its end, at a size that says nothing.
func TestMissing(t *testing.T) {
	if err := (&missingCmd{Seeds: []uint64{1}, Conditions: 2, RateHz: 5, Epochs: 1, Threads: 1, Gaps: []string{"bins", "channels"}, Fillings: []string{"NaN", "means"}}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// A share of bins is whole bins, and so many channels are hidden in a third of
// trials.
func TestGaps(t *testing.T) {
	d, err := (&missingCmd{Conditions: 20, RateHz: 5}).lorenz(1)
	if err != nil {
		t.Fatal(err)
	}
	bins := gaps[0].in(1, d.Train)
	channels := gaps[1].in(1, d.Train)
	hiddenBins, trials := 0, map[int]int{}
	each(d.Train.Recon, func(trial, bin, neuron int, _ *float32) {
		if bins(trial, bin, neuron) != bins(trial, bin, 0) {
			t.Fatal("half a bin is hidden")
		}
		if bins(trial, bin, neuron) {
			hiddenBins++
		}
		if bin == 7 && channels(trial, bin, neuron) {
			if !channels(trial, 0, neuron) {
				t.Fatal("a channel is hidden in some bins alone")
			}
			trials[trial]++
		}
	})
	// 320 trials x 100 bins: a standard error of .0026; 320 trials: .026.
	if share := float64(hiddenBins) / float64(len(d.Train.Recon.Data)); share < .287 || share > .313 {
		t.Errorf("%.3f of bins are hidden", share)
	}
	if share := float64(len(trials)) / float64(d.Train.Trials()); share < .2 || share > .47 {
		t.Errorf("channels are hidden in %.2f of trials", share)
	}
	for trial, n := range trials {
		if n != 4 {
			t.Fatalf("%d channels are hidden in trial %d", n, trial)
		}
	}
}

// What is read of a file has the gaps of what is reconstructed; a file of which that
// cannot be is refused.
func TestRecording(t *testing.T) {
	c := &missingCmd{Conditions: 2, RateHz: 5}
	d, err := c.lorenz(1)
	if err != nil {
		t.Fatal(err)
	}
	c.Data = filepath.Join(t.TempDir(), "whole.h5")
	if err := d.Write(c.Data); err != nil {
		t.Fatal(err)
	}
	got, err := c.recording(1)
	if err != nil || got.Train.Encod != got.Train.Recon || got.Valid.Encod != got.Valid.Recon {
		t.Errorf("what is read and what is reconstructed lie apart, or %v", err)
	}
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		s.Encod = s.Encod.FirstBins(s.Encod.Bins - 1)
	}
	c.Data = filepath.Join(t.TempDir(), "forward.h5")
	if err := d.Write(c.Data); err != nil {
		t.Fatal(err)
	}
	if _, err := c.recording(1); err == nil {
		t.Error("a file with forward bins is taken")
	}
}
