package autolfads

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/run"
)

// Models are averaged if what they were trained on differs in its trials alone.
func TestUnlikeTrials(t *testing.T) {
	trials := func(change func(t *run.Trials)) *run.Trials {
		x := &run.Trials{BinMs: 5, ForwardBins: 2, Training: 80, NeuronOrder: []int{1, 0}, SetAsideOf: 3, SetAside: []int{2}, ScaleUnit: "mV", ScaleFactor: []float64{1, 2}}
		change(x)
		return x
	}
	a := trials(func(*run.Trials) {})
	for want, change := range map[string]func(t *run.Trials){
		"":                                     func(t *run.Trials) { t.Training, t.OrderByPlace = 20, true },
		"bin widths, 5 and 10 ms":              func(t *run.Trials) { t.BinMs = 10 },
		"forward bins, 2 and 0":                func(t *run.Trials) { t.ForwardBins = 0 },
		"neurons set aside (trials.set_aside)": func(t *run.Trials) { t.SetAside = []int{1} },
		"orders of neurons (trials.neuron_order)": func(t *run.Trials) { t.NeuronOrder = nil },
		"scales (trials.scale_factor)":            func(t *run.Trials) { t.ScaleFactor = []float64{1, 3} },
	} {
		if got := unlikeTrials(a, trials(change)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := unlikeTrials(a, trials(func(t *run.Trials) { t.BinMs = 0 })); got != "" {
		t.Errorf("where a bin width is not known: %q", got)
	}
}

// Models are called by what tells them apart.
func TestNamesOfSources(t *testing.T) {
	of := func(dir, within string) *source {
		dir = filepath.FromSlash(dir)
		return &source{dir: dir, path: filepath.Join(dir, filepath.FromSlash(within))}
	}
	for _, c := range []struct {
		all  []*source
		want []string
	}{
		{[]*source{of("/x/seed.1", bestCheckpoint), of("/x/seed.2", bestCheckpoint)}, []string{"seed.1", "seed.2"}},
		{[]*source{of("/x/a/run", bestCheckpoint), of("/x/b/run", bestCheckpoint)}, []string{"a/run", "b/run"}},
		{[]*source{of("/x/a", bestCheckpoint), of("/x/a", "generations/001/2.safetensors")}, []string{"a", "a/generations/001/2.safetensors"}},
	} {
		nameSources(c.all)
		var names []string
		for _, s := range c.all {
			names = append(names, s.name)
		}
		if !slices.Equal(names, c.want) {
			t.Errorf("%q, want %q", strings.Join(names, ", "), strings.Join(c.want, ", "))
		}
	}
}
