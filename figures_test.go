package autolfads

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/run"
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
	rates := func(bins int) *lfads.Posterior {
		a := dataset.NewArray(3, bins, 4)
		for i := range a.Data {
			a.Data[i] = float32(i % 5)
		}
		return &lfads.Posterior{Rates: a}
	}
	for _, c := range []struct {
		bins    int // of the rates: 20 are right
		drawn   []string
		undrawn []string
	}{
		{20, []string{"figures/rates.png", "figures/behavior.png"}, nil},
		{19, nil, []string{
			"figures/rates.png was not drawn: report: rates: 76 numbers for 20 bins x 4",
			"figures/behavior.png was not drawn: report: Trial 0: rates: 76 numbers for 20 bins x 4",
		}},
	} {
		dir := t.TempDir()
		folder, err := run.Create(dir, run.Header{Search: string(Fixed)}, DefaultConfig())
		if err != nil {
			t.Fatal(err)
		}
		defer folder.Close()
		o := &Outcome{
			dir:     dir,
			Dataset: &dataset.Dataset{BinWidth: 10 * time.Millisecond, Train: split(), Valid: split()},
			Result:  &infer.Result{Train: rates(20), Valid: rates(c.bins), Likelihood: likelihood.Poisson{}},
			decoded: dataset.NewArray(3, 15, 2),
		}
		if err := o.draw(t.Context()); err != nil {
			t.Fatal(err)
		}
		begins := func(got, want string) bool { return strings.HasPrefix(filepath.ToSlash(got), want) }
		if !slices.EqualFunc(o.Figures, c.drawn, begins) || !slices.EqualFunc(o.Undrawn, c.undrawn, begins) {
			t.Errorf("rates of %d bins: drew %v, said %v", c.bins, o.Figures, o.Undrawn)
		}
	}
}
