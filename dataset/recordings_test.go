package dataset

import (
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
)

// TestLorenzFile reads a synthetic set of the layout autolfads-tf2. Its truth
// is in Hz, in bins of 10 ms.
func TestLorenzFile(t *testing.T) {
	path := testenv.Data(t, "lorenz/lfads_lorenz.h5")
	d, err := Load(path, Options{BinWidth: 10 * time.Millisecond, TruthUnit: TruthHz})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.CheckValues(counted); err != nil {
		t.Error(err)
	}
	if d.Train.Encod.String() != "640 trials x 100 bins x 60" || d.Valid.Latents.String() != "160 trials x 100 bins x 3" {
		t.Errorf("got %v, %v", d.Train.Encod, d.Valid.Latents)
	}
	if s := d.Summary(); !reflect.DeepEqual(s.Unread, []string{"n_init_conds", "n_trials_per_init_cond"}) {
		t.Errorf("not read: %v", s.Unread)
	}
	// The true rates and the counts of 3.8 million bins must have the same mean,
	// up to four standard errors of sqrt(.0183 / 3.84e6) = 7e-5.
	if counts, rates := mean(d.Train.Encod), mean(d.Train.Truth); math.Abs(counts-rates) > 3e-4 {
		t.Errorf("mean count %.5f, mean true rate %.5f", counts, rates)
	}
}

func mean(a *Array) float64 {
	sum := 0.0
	for _, v := range a.Data {
		sum += float64(v)
	}
	return sum / float64(len(a.Data))
}

// TestMazeFile reads a recording of the layout lfads-torch.
func TestMazeFile(t *testing.T) {
	d, err := Load(testenv.Data(t, "mc_maze_large/mc_maze_large_05ms.h5"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.CheckValues(counted); err != nil {
		t.Error(err)
	}
	s := d.Summary()
	if s.BinWidth != 5*time.Millisecond || s.HeldIn != 122 || s.HeldOut != 40 || len(s.Unread) > 0 || s.Truth != "none" {
		t.Errorf("got\n%s", s)
	}
	// .0270137 and .0271558 spikes per bin by h5py, over 106 and 26 trials.
	if want := (106*.027013743 + 26*.027155746) / 132; math.Abs(s.MeanCount-want) > 1e-8 {
		t.Errorf("mean count %.9f, want %.9f", s.MeanCount, want)
	}
	for trial := range 26 { // held-in neurons stand first
		for bin := range 100 {
			if !reflect.DeepEqual(d.Valid.Encod.Bin(trial, bin), d.Valid.Recon.Bin(trial, bin)[:122:122]) {
				t.Fatalf("trial %d, bin %d: held-in neurons are not the first", trial, bin)
			}
		}
	}
}

// TestMazeTrials reads a NumPy zip of one array of trials with what goes with it.
func TestMazeTrials(t *testing.T) {
	d, err := Load(testenv.Data(t, "mc_maze_large/trials_5ms.npz"), Options{BinWidth: 5 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Check(counted); err != nil {
		t.Error(err)
	}
	s := d.Summary()
	if s.HeldIn != 122 || s.HeldOut != 40 || d.Train.Trials() != 106 || d.Valid.Trials() != 26 || !reflect.DeepEqual(s.Unread, []string{"hand_pos"}) {
		t.Errorf("got\n%s", s)
	}
	// Spikes per bin by numpy, over all trials and neurons.
	if want := 0.02704171343060232; math.Abs(s.MeanCount-want) > 1e-9 {
		t.Errorf("mean count %.10f, want %.10f", s.MeanCount, want)
	}
}
