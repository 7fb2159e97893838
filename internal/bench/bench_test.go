package bench

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/likelihood"
)

// The counts of the performance contract, rounded there to two decimals.
func TestGFLOP(t *testing.T) {
	want := map[string]float64{"maze-small": 19.04, "maze-20ms": 23.39, "rtt": 64.33, "lorenz": 6.63, "lorenz-plain": 2.04}
	for _, s := range Shapes {
		if got := s.GFLOP(); math.Abs(got-want[s.Name]) > .0051 {
			t.Errorf("%s: %.4f GFLOP a step, want %.2f", s.Name, got, want[s.Name])
		}
	}
}

// Where the CPU has no peak to measure there are no shares, and the result is
// still JSON.
func TestNoPeak(t *testing.T) {
	s := Shapes[len(Shapes)-1]
	s.Bins, s.ReconBins, s.Batch = 5, 5, 8
	defer kernel.Use(kernel.Portable)()
	r, err := Run(&s, Options{Threads: 1, Time: 1})
	if err != nil {
		t.Fatal(err)
	}
	if r.Share != 0 {
		t.Errorf("share %v of an unknown peak", r.Share)
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
}

// Every likelihood is timed on data that it can have, and its outputs are counted.
func TestLikelihoods(t *testing.T) {
	plain := Shapes[len(Shapes)-1]
	for _, name := range likelihood.Names() {
		s := plain
		s.Bins, s.ReconBins, s.Batch, s.Model.Likelihood = 5, 5, 9, name
		l, d := s.likelihood(), s.dataset()
		if err := d.Check(l); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if few, n := slices.Min(d.Train.Recon.Data), l.Outputs(); few == slices.Max(d.Train.Recon.Data) || n < 1 {
			t.Errorf("%s: all data are %v", name, few)
		}
		r, err := Run(&s, Options{Threads: 1, Time: 1})
		if err != nil || r.Likelihood != name {
			t.Errorf("%s: timed %q, %v", name, r.Likelihood, err)
		}
		poisson := s
		poisson.Model.Likelihood = "poisson"
		more := float64(l.Outputs()-1) * 3 * 2 * float64(s.ReconBins*s.Model.Factors*s.Neurons*s.Batch) / 1e9
		if got := s.GFLOP() - poisson.GFLOP(); !(math.Abs(got-more) < 1e-9) {
			t.Errorf("%s: %v GFLOP more than Poisson, want %v", name, got, more)
		}
	}
}

// A step trains: the loss on the batch falls. (How fast it is, no test says.)
func TestStepsTrain(t *testing.T) {
	s := Shapes[len(Shapes)-1]
	m, err := s.Member(1)
	if err != nil {
		t.Fatal(err)
	}
	trials := []int{0, 1, 2, 3, 4, 5, 6, 7, 8}
	first, last := 0., 0.
	for i := range 30 {
		loss, err := m.Step(trials, i)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = loss.Recon
		}
		last = loss.Recon
	}
	if !(last < first) {
		t.Errorf("reconstruction loss went from %v to %v", first, last)
	}
}
