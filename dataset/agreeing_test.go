package dataset

import (
	"reflect"
	"strings"
	"testing"
)

// Held-in neurons are found where they or those reconstructed are missing in
// part, in both arrays or in one.
func TestHeldInNeuronsAreFoundByWhatWasObserved(t *testing.T) {
	places := []int{8, 2, 5, 11}
	sorted := []int{8, 2, 5, 11, 0, 1, 3, 4, 6, 7, 9, 10}
	for name, c := range map[string]struct {
		places      []int
		both        func(trial, bin, neuron int) bool // of recon, before encod is taken from it
		encod, rest func(trial, bin, neuron int) bool // of one array
		order       []int
		differs     bool
	}{
		"in both":                {places, scattered(3), nil, nil, sorted, false},
		"in those read":          {places, nil, scattered(3), nil, sorted, false},
		"in the others":          {places, nil, nil, scattered(3), sorted, false},
		"in either":              {places, scattered(5), scattered(3), scattered(2), sorted, false},
		"first":                  {[]int{0, 1, 2}, nil, scattered(3), nil, nil, false},
		"first, in either":       {[]int{0, 1, 2}, nil, scattered(3), scattered(2), nil, false},
		"one not at all":         {places, nil, func(_, _, neuron int) bool { return neuron == 1 }, nil, []int{8, 9, 5, 11, 0, 1, 2, 3, 4, 6, 7, 10}, false},
		"first, one not at all":  {[]int{0, 1, 2}, nil, func(_, _, neuron int) bool { return neuron == 1 }, nil, nil, false},
		"one not at all, before": {[]int{3, 0}, nil, func(trial, bin, neuron int) bool { return neuron == 0 || scattered(3)(trial, bin, neuron) }, nil, []int{1, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, false},
		"others that differ":     {places, nil, scattered(3), func(trial, bin, neuron int) bool { return false }, nil, true},
	} {
		f := heldInFile(c.places, 40, func(_ string, a *Array) {
			if c.both != nil {
				hide(a, c.both)
			}
		})
		for _, split := range []string{"train", "valid"} {
			if c.encod != nil {
				hide(array(f[split+"_encod_data"]), c.encod)
			}
			if c.rest != nil {
				hide(array(f[split+"_recon_data"]), c.rest)
			}
		}
		if c.differs {
			array(f["train_encod_data"]).Bin(1, 1)[1] += 2
		}
		d := load(t, f, nil, Options{TruthUnit: TruthCount})
		err := d.Check(counted)
		if c.differs != (err != nil) || err != nil && !strings.Contains(err.Error(), "1 of 4 neurons of train_encod_data equal none") {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && !reflect.DeepEqual(d.Order, c.order) {
			t.Errorf("%s: order %v, want %v", name, d.Order, c.order)
		}
		if guessed := strings.HasPrefix(name, "one not at all"); err == nil && d.OrderByPlace != guessed {
			t.Errorf("%s: the order is a guess: %v", name, d.OrderByPlace)
		}
	}
}

// Neurons of another file are brought into a model's order by what was observed.
func TestArrangeByWhatWasObserved(t *testing.T) {
	f := heldInFile([]int{0, 1, 2, 3}, 40, nil)
	for _, split := range []string{"train", "valid"} {
		hide(array(f[split+"_encod_data"]), func(trial, bin, neuron int) bool { return neuron == 0 || scattered(3)(trial, bin, neuron) })
		hide(array(f[split+"_recon_data"]), scattered(2))
	}
	d := load(t, f, nil, Options{SpikesAlone: true, TruthUnit: TruthCount})
	trained := []int{3, 1, 0, 2, 4, 5, 6, 7, 8, 9, 10, 11}
	if err := d.Arrange(trained); err != nil {
		t.Fatal(err)
	}
	for i, v := range d.Train.Encod.Data {
		trial, bin, n := d.Train.Encod.place(i)
		if r := d.Train.Recon.Bin(trial, bin)[n]; v != r && v == v && r == r || n == 2 && v == v {
			t.Fatalf("trial %d, bin %d, neuron %d: %v read, %v reconstructed", trial, bin, n, v, r)
		}
	}
}

// Arrays are held once only where the same is missing of both.
func TestArraysThatMissOthersAreHeldTwice(t *testing.T) {
	a, b := made(1, 24, 40, 12), made(1, 24, 40, 12)
	hide(a, scattered(3))
	hide(b, scattered(3))
	f := file{"train_encod_data": entryOf(a), "train_recon_data": entryOf(b), "valid_encod_data": ramp(8, 40, 12), "valid_recon_data": ramp(8, 40, 12)}
	if d := load(t, f, nil, Options{}); d.Train.Encod != d.Train.Recon {
		t.Error("arrays of which the same is missing are held twice")
	}
	b.Data[1] = nan
	if d := load(t, f, nil, Options{}); d.Train.Encod == d.Train.Recon || d.Train.Encod.Data[1] != a.Data[1] {
		t.Error("arrays of which other values are missing are held once")
	}
}

// Axes are told apart where a little is missing; a pattern of missing values is
// not taken for them.
func TestAxesWithMissing(t *testing.T) {
	turned := func(a *Array) *Array { // trials x neurons x bins
		out := NewArray(a.Trials, a.Features, a.Bins)
		for i, v := range a.Data {
			trial, bin, n := a.place(i)
			out.Bin(trial, n)[bin] = v
		}
		return out
	}
	reversed := func(a *Array) *Array { // neurons x bins x trials
		out := NewArray(a.Features, a.Bins, a.Trials)
		for i, v := range a.Data {
			trial, bin, n := a.place(i)
			out.Bin(n, bin)[trial] = v
		}
		return out
	}
	load := func(turn func(*Array) *Array, hidden func(trial, bin, neuron int) bool) error {
		f := file{}
		drawn := made(1, 120, 40, 24)
		for i, split := range []string{"train", "valid"} {
			a := NewArray(60, 40, 24)
			copy(a.Data, drawn.Data[i*len(a.Data):])
			hide(a, hidden)
			f[split+"_data"] = entryOf(turn(a))
		}
		_, err := Load(f.write(t, nil), Options{})
		return err
	}
	usual := func(a *Array) *Array { return a }
	for name, c := range map[string]struct {
		turn   func(*Array) *Array
		hidden func(trial, bin, neuron int) bool
		says   string // "": in order
	}{
		"in order":                  {usual, scattered(20), ""},
		"turned":                    {turned, scattered(20), "--axes trials,neurons,bins"},
		"reversed":                  {reversed, scattered(20), "--axes neurons,bins,trials"},
		"a plane at a time":         {usual, func(_, bin, neuron int) bool { return bin%4 != neuron/6 }, ""},
		"groups of neurons in turn": {usual, func(trial, _, neuron int) bool { return trial%8 != neuron/3 }, ""},
		"padded":                    {usual, func(trial, bin, _ int) bool { return bin > 36-trial%8/2 }, ""},
		"turned, and padded":        {turned, func(trial, bin, _ int) bool { return bin > 36-trial%8/4 }, "--axes trials,neurons,bins"},
	} {
		if err := load(c.turn, c.hidden); (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}
