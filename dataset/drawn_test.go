package dataset

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// marked has neurons whose every count is their place in the file and one: whoever is
// mixed up is seen. Those held in stand at some places; the file has forward bins.
func marked(neurons int, heldIn []int) file {
	f := file{"scale_factor": entry{make([]float64, neurons), []int{neurons}}}
	for i := range neurons {
		f["scale_factor"].data.([]float64)[i] = float64(i + 1)
	}
	for split, trials := range map[string]int{"train": 5, "valid": 3} {
		recon, encod := NewArray(trials, 4, neurons), NewArray(trials, 3, len(heldIn))
		for i := range recon.Data {
			recon.Data[i] = float32(i%neurons + 1)
		}
		for i := range encod.Data {
			encod.Data[i] = float32(heldIn[i%len(heldIn)] + 1)
		}
		f[split+"_recon_data"], f[split+"_encod_data"], f[split+"_truth"] = entryOf(recon), entryOf(encod), entryOf(recon)
	}
	return f
}

// wantMarked looks that every column is the neuron that it is said to be.
func wantMarked(t *testing.T, d *Dataset) {
	t.Helper()
	id := func(i int) string { return fmt.Sprint("n", i-1) } // of the neuron whose counts are i
	for _, s := range d.splits() {
		for i, v := range s.Encod.Bin(0, 0) {
			if got := d.placeRead(i); s.Recon != nil && s.Recon.Bin(1, 1)[i] != v || got < 0 {
				t.Errorf("%s: neuron %d read is another than that reconstructed", s.name, i)
			}
		}
		for i, v := range s.SetAside.Bin(2, 3) {
			if d.SetAside[i] != id(int(v)) || d.Drawn.all[i] != int(v)-1 {
				t.Errorf("neuron %d set aside has counts %g, and is called %s", i, v, d.SetAside[i])
			}
		}
		for i, v := range s.Recon.Bin(2, 3) {
			at := d.InFile(i)
			if d.Neurons[at] != id(int(v)) || d.Scale.Factor[at] != float64(v) || s.Truth.Bin(2, 3)[i] != v || d.Place(i) != int(v)-1 {
				t.Errorf("%s: neuron %d has counts %g, and is %s, of scale %g, at %d", s.name, i, v, d.Neurons[at], d.Scale.Factor[at], d.Place(i))
			}
		}
	}
	if !slices.IsSortedFunc(d.Neurons, func(a, b string) int { return len(a) - len(b) }) {
		t.Errorf("neurons are no longer in the file's order: %q", d.Neurons)
	}
}

func attrsOf(neurons int) map[string]any {
	ids := make([]string, neurons)
	for i := range ids {
		ids[i] = fmt.Sprint("n", i)
	}
	return map[string]any{attrNeurons: ids, attrOracle: 1., attrOracleLikelihood: "poisson", keyConversion: 1.}
}

// Neurons are drawn from those read, wherever these stand in the file; what is known of
// each goes with it.
func TestSetAsideWhenLoaded(t *testing.T) {
	for _, heldIn := range [][]int{{0, 1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1, 0}, {8, 2, 4, 1, 7}, {0, 1, 2, 3, 4, 5, 6, 7, 8}} {
		for seed := range uint64(4) {
			d := load(t, marked(9, heldIn), attrsOf(9), Options{SetAside: 3, SplitSeed: seed})
			want, _ := DrawAside(len(heldIn), 3, seed)
			if !slices.Equal(d.Drawn.Places, want) || d.Drawn.Of != len(heldIn) || d.Train.Encod.Features != len(heldIn)-3 || d.Train.Recon.Features != 6 {
				t.Errorf("%v of %d are set aside, want %v", d.Drawn.Places, d.Drawn.Of, want)
			}
			for i, p := range d.Drawn.Places {
				if d.Drawn.all[i] != heldIn[p] {
					t.Errorf("neuron %d set aside is not the one read at %d", d.Drawn.all[i], p)
				}
			}
			if d.OracleLikelihood != "" || !strings.Contains(strings.Join(d.notes, ";"), "oracle_nll is not used") {
				t.Errorf("an oracle of all neurons is kept; notes %q", d.notes)
			}
			wantMarked(t, d)
		}
	}
}

// Messages name neurons by their places in the file.
func TestSetAsideMessages(t *testing.T) {
	f := marked(9, []int{8, 2, 4, 1, 7})
	f["valid_recon_data"].data.([]float32)[9+2] = .5
	d := load(t, f, nil, Options{EncodDiffers: true, SetAside: 1, SplitSeed: 1})
	if err := d.CheckValues(counted); err == nil || !strings.Contains(err.Error(), "valid_recon_data: trial 0, bin 1, neuron 2 is 0.5") {
		t.Errorf("the neuron is named otherwise: %v", err)
	}
	f["valid_recon_data"].data.([]float32)[9+2] = 3
	f["train_encod_data"].data.([]float32)[4] = .5
	d = load(t, f, nil, Options{EncodDiffers: true, SetAside: 3, SplitSeed: 3})
	if err := d.CheckValues(counted); slices.Contains(d.Drawn.Places, 4) || err == nil || !strings.Contains(err.Error(), "train_encod_data: trial 0, bin 0, neuron 4 is 0.5") {
		t.Errorf("of those read, without %v, the neuron is named otherwise: %v", d.Drawn.Places, err)
	}
}

// Spikes that are read alone have no others aside; tensors of the benchmark, arrays of
// both and arrays of all trials have.
func TestSetAsideOfLayouts(t *testing.T) {
	for name, c := range map[string]struct {
		f           file
		read, recon int // remain
	}{
		"benchmark": {nlb, 1, 3},
		"both":      {file{"train_data": ramp(3, 4, 5), "valid_data": ramp(2, 4, 5)}, 3, 3},
		"one array": {file{"spikes": ramp(6, 4, 5)}, 3, 3},
		"held out":  {file{"spikes": ramp(6, 4, 5), "heldout": entry{[]int64{0, 2}, []int{2}}}, 1, 3},
	} {
		d := load(t, c.f, nil, Options{SetAside: 2})
		if d.Train.Encod.Features != c.read || d.Train.Recon.Features != c.recon || d.Train.SetAside.Features != 2 || d.Train.SetAside.Bins != d.Train.Recon.Bins || len(d.SetAside) != 2 {
			t.Errorf("%s: read %v, reconstructed %v, set aside %v", name, d.Train.Encod, d.Train.Recon, d.Train.SetAside)
		}
		if d.Test != nil && (d.Test.SetAside != nil || d.Test.Encod.Features != c.read) {
			t.Errorf("%s: of test trials %v are set aside", name, d.Test.SetAside)
		}
	}
	if _, err := Load(aside().file(t), Options{SetAside: 1}); err == nil || !strings.Contains(err.Error(), "2 neurons set aside already (x, y, in *_set_aside_data): leave out --set-aside") {
		t.Errorf("twice set aside: %v", err)
	}
}

// Of the file's neurons, orders and scales of all become those of the rest.
func TestRest(t *testing.T) {
	w := Drawn{Places: []int{0, 2}, Of: 4, Order: []int{4, 0, 3, 1, 2}, Scale: &Scale{Factor: []float64{1, 2, 3, 4, 5}}}
	if order, scale := w.RestOrder(), w.RestScale(); !slices.Equal(order, []int{0, 1, 2}) && order != nil || !slices.Equal(scale.Factor, []float64{1, 2, 3}) {
		t.Errorf("order %v, scale %v", order, scale.Factor)
	}
	w.Places = []int{1, 3}
	if order := w.RestOrder(); !slices.Equal(order, []int{2, 1, 0}) {
		t.Errorf("order %v", order)
	}
	if err := w.Check(); err != nil {
		t.Error(err)
	}
	for _, w := range []Drawn{{Places: []int{4}, Of: 4}, {Places: []int{1, 1}, Of: 4}, {Places: []int{-1}, Of: 4}, {Places: []int{3}, Of: 4, Order: []int{1, 0}}} {
		if w.Check() == nil {
			t.Errorf("%+v is taken", w)
		}
	}
}
