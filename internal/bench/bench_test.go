package bench

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/autolfads/autolfads/internal/kernel"
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
