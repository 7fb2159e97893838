package report

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// A figure that cannot be drawn is a sentence, and costs no other.
func TestFaultInAFigureIsASentence(t *testing.T) {
	split := func() *dataset.Split {
		spikes := dataset.NewArray(3, 20, 4)
		behavior := dataset.NewArray(3, 15, 2) // of the bins that are read alone
		for i := range behavior.Data {
			behavior.Data[i] = float32(i % 7)
		}
		return &dataset.Split{Encod: spikes, Recon: spikes, Behavior: behavior}
	}
	rates := func(bins int) *dataset.Array {
		a := dataset.NewArray(3, bins, 4)
		for i := range a.Data {
			a.Data[i] = float32(i % 5)
		}
		return a
	}
	for _, c := range []struct {
		bins    int // of the rates: 20 are right
		drawn   []string
		undrawn []string
	}{
		{20, []string{"figures/rates.png", "figures/behavior.png", "figures/trajectories.png"}, nil},
		{19, []string{"figures/trajectories.png"}, []string{
			"figures/rates.png was not drawn: report: rates: 76 numbers for 20 bins x 4",
			"figures/behavior.png was not drawn: report: Trial 0: rates: 76 numbers for 20 bins x 4",
		}},
	} {
		dir := t.TempDir()
		f := &Figures{
			Dir:     dir,
			Dataset: &dataset.Dataset{BinWidth: 10 * time.Millisecond, Train: split(), Valid: split()},
			Rates:   rates(c.bins), Decoded: dataset.NewArray(3, 15, 2),
		}
		drawn, undrawn, err := f.Draw(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		begins := func(got, want string) bool { return strings.HasPrefix(filepath.ToSlash(got), want) }
		if !slices.EqualFunc(drawn, c.drawn, begins) || !slices.EqualFunc(undrawn, c.undrawn, begins) {
			t.Errorf("rates of %d bins: drew %v, said %v", c.bins, drawn, undrawn)
		}
	}
}

// The trial drawn is one of which something was observed, if there is one.
func TestTheTrialDrawnWasObserved(t *testing.T) {
	spikes := dataset.NewArray(3, 2, 2)
	for i := range 4 {
		spikes.Trial(0)[i] = float32(math.NaN())
	}
	if i := firstObserved(spikes); i != 1 {
		t.Errorf("trial %d is drawn", i)
	}
}

// Drawn is a trial of which something was observed.
func TestFirstObserved(t *testing.T) {
	nan := float32(math.NaN())
	for want, data := range [][]float32{{0, nan, nan, 1}, {nan, nan, nan, 1}, {nan, nan, nan, nan}} {
		if got := firstObserved(&dataset.Array{Trials: 2, Bins: 1, Features: 2, Data: data}); got != want%2 {
			t.Errorf("of %v trial %d is drawn, want %d", data, got, want%2)
		}
	}
}
