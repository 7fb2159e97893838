package metric_test

import (
	"math"
	"path/filepath"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/metric"
)

// nlb_tools made PSTHs of a simulated recording, smoothed by 50 ms in milliseconds of
// the whole recording. Ours are of its 12 trials in bins of 5 ms. Where the kernel
// lies within a trial they differ by where in its bin a spike was: half a bin at
// most, and a kernel of 10 bins changes by .0024 at most from bin to bin, so of the mean of
// two to five trials with a few spikes each the difference stays below .0015 of a
// peak of .1. At the beginning they differ by spikes before the trial, up to half
// the peak: that is said, not hidden.
func TestSmoothedPSTHIsNearNLBs(t *testing.T) {
	path := testenv.Gunzip(t, "../prepare/nlb/testdata/golden/maze/maze.h5.gz", filepath.Join(t.TempDir(), "maze.h5"))
	want, d := nlbPSTH(t, path), loaded(t, path)
	var parts []metric.Labelled
	for _, s := range []*dataset.Split{d.Train, d.Valid, d.Test} {
		parts = append(parts, metric.Labelled{Spikes: s.Recon, Condition: s.Condition})
	}
	psth, conditions, err := metric.SmoothedPSTH(metric.PSTHKernel, 5*time.Millisecond, parts...)
	if err != nil || len(conditions) != want.Trials {
		t.Fatal(conditions, err)
	}
	const reach = 30 // bins, of the kernel
	var within, before float64
	for c := range want.Trials {
		for bin := range want.Bins {
			for n, v := range want.Bin(c, bin) {
				off := math.Abs(float64(psth.Bin(c, bin)[n] - v))
				if bin < reach {
					before = max(before, off)
				} else {
					within = max(within, off)
				}
			}
		}
	}
	if within > .0015 || before < .01 || before > .06 {
		t.Errorf("they differ by %v inside of trials, by %v at the beginning", within, before)
	}
}

func loaded(t *testing.T, path string) *dataset.Dataset {
	t.Helper()
	d, err := dataset.Load(path, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func nlbPSTH(t *testing.T, path string) *dataset.Array {
	t.Helper()
	f, err := hdf5.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return read(t, f, "mc_maze_small/psth")
}
