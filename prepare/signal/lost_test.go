package signal

import (
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// What is lost is found across the pieces that are read, and not looked for in whole
// numbers.
func TestLostSamples(t *testing.T) {
	n := lostBlock/2 + 5000
	x := make([]float64, 2*n)
	lose := func(from, to int) {
		for i := 2 * from; i < 2*to; i++ {
			x[i] = math.NaN()
		}
	}
	lose(0, 100)
	lose(500, 519) // shorter than a bin
	lose(lostBlock/2-50, lostBlock/2+50)
	lose(n-20, n)
	x[2*(n-30)] = math.Inf(1) // of one channel
	s := &signal{Stream: &dataset.Stream{Features: 2, Data: dataset.Values{Data: x, Width: 2}}, perBin: 20}
	want := []extent{{0, 100}, {lostBlock/2 - 50, lostBlock/2 + 50}, {n - 20, n}}
	if found, err := s.lost(extent{0, n}); err != nil || !slices.Equal(found, want) {
		t.Errorf("%v, %v; want %v", found, err, want)
	}
	s.Data = storedWhole{s.Data}
	if found, err := s.lost(extent{0, n}); err != nil || found != nil {
		t.Errorf("whole numbers lack %v (%v)", found, err)
	}
}

// storedWhole is samples that a file holds as whole numbers.
type storedWhole struct{ dataset.Series }

func (w storedWhole) Stored(from, to int) ([]float64, error) { return w.Read(from, to) }

func (w storedWhole) Type() string { return "int16" }
