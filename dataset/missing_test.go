package dataset

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

var nan = float32(math.NaN())

// hide makes what a function names missing.
func hide(a *Array, hidden func(trial, bin, neuron int) bool) {
	for i := range a.Data {
		if hidden(a.place(i)) {
			a.Data[i] = nan
		}
	}
}

// scattered hides one value in n, at places that have nothing to do with the data.
func scattered(n int) func(trial, bin, neuron int) bool {
	return func(trial, bin, neuron int) bool { return (trial*31+bin*17+neuron*7)%n == 0 }
}

// hiding is plausible with missing values: in training, validation or both.
func hiding(splits string, hidden func(trial, bin, neuron int) bool) file {
	return changed(func(split string, a *Array) {
		if strings.Contains(splits, split) {
			hide(a, hidden)
		}
	})
}

func all(int, int, int) bool { return true }

// NaN is no fault of data, whatever the likelihood; data without any number are
// refused, and so are missing values for those who want none.
func TestMissingIsChecked(t *testing.T) {
	asked := 0
	for name, c := range map[string]struct {
		file  file
		alone bool
		says  string // "": accepted
	}{
		"some":            {hiding("train valid", scattered(3)), false, ""},
		"nearly all":      {hiding("train valid", func(trial, bin, neuron int) bool { return neuron != 3 }), false, ""},
		"training":        {hiding("train", all), false, "train_data: nothing was observed, all 11520 values are NaN: there is nothing to learn from"},
		"validation":      {hiding("valid", all), false, "valid_data: nothing was observed|there is no score"},
		"all to infer":    {hiding("train valid", all), true, "train_data: nothing was observed|there is nothing to infer from"},
		"only to be read": {plausible().with(file{"test_encod_data": entryOf(made(2, 8, 40, 12)), "train_encod_data": entryOf(made(1, 24, 40, 12)), "train_recon_data": entryOf(hiddenWhole(24)), "valid_encod_data": entryOf(made(1, 8, 40, 12)), "valid_recon_data": entryOf(hiddenWhole(8))}), true, ""},
		"test":            {plausible().with(file{"test_data": entryOf(hiddenWhole(2))}), false, ""},
		"test to infer":   {plausible().with(file{"test_data": entryOf(hiddenWhole(2))}), true, "test_data: nothing was observed"},
		"silent, with":    {changed(func(split string, a *Array) { clear(a.Data); hide(a, scattered(5)) }), false, "no neuron fires in any training trial"},
		"an infinity too": {changed(func(_ string, a *Array) { a.Data[0], a.Data[7] = nan, float32(math.Inf(-1)) }), false, "train_data: trial 0, bin 0, neuron 7 is -Inf"},
	} {
		d := load(t, c.file, nil, Options{SpikesAlone: c.alone})
		for _, e := range []Expected{watched{counted, &asked}, watched{measured, &asked}} {
			err := d.Check(e)
			want := c.says
			if strings.Contains(want, "fires") && !e.Counts() {
				want = ""
			}
			if (err == nil) != (want == "") || err != nil && !saysAll(err.Error(), want) {
				t.Errorf("%s: %v, want %q", name, err, want)
			}
		}
	}
	if asked > 0 {
		t.Errorf("a likelihood was asked of NaN %d times", asked)
	}
}

// watched counts how often it is asked of NaN.
type watched struct {
	values
	asked *int
}

func (w watched) Check(y float32) string {
	if y != y {
		*w.asked++
	}
	return w.values.Check(y)
}

// loose takes any number: what no model can read is refused all the same.
type loose struct{ values }

func (loose) Check(float32) string { return "" }

func TestWhatAModelCannotRead(t *testing.T) {
	infinite := changed(func(_ string, a *Array) { a.Data[3] = float32(math.Inf(1)) })
	if err := load(t, infinite, nil, Options{}).Check(loose{measured}); err == nil || !saysAll(err.Error(), "train_data: trial 0, bin 0, feature 3 is +Inf|cannot read") {
		t.Errorf("infinite data: %v", err)
	}
	inputs := NewArray(24, 40, 2)
	inputs.Data[5] = nan
	f := plausible().with(file{"train_ext_input": entryOf(inputs), "valid_ext_input": ramp(8, 40, 2)})
	if err := load(t, f, nil, Options{}).Check(loose{measured}); err == nil || !saysAll(err.Error(), "train_ext_input: trial 0, bin 2, feature 1 is NaN|only spikes may be missing") {
		t.Errorf("external inputs: %v", err)
	}
}

func hiddenWhole(trials int) *Array {
	a := NewArray(trials, 40, 12)
	hide(a, all)
	return a
}

func TestRefuseMissing(t *testing.T) {
	if err := load(t, plausible(), nil, Options{}).RefuseMissing(); err != nil {
		t.Errorf("without any: %v", err)
	}
	f := hiding("valid", func(trial, bin, neuron int) bool { return trial > 1 && bin == 3 && neuron > 9 })
	err := load(t, f, nil, Options{}).RefuseMissing()
	if err == nil || !saysAll(err.Error(), "valid_data: trial 2, bin 3, neuron 10 is NaN|12 such values of 3840|NaN marks missing bins; cut the trials that have them|data.missing=hidden") {
		t.Errorf("got %v", err)
	}
}

// What is missing is said by neuron and trial, with places in the file.
func TestMissing(t *testing.T) {
	if m := load(t, plausible(), nil, Options{}).Missing(); m != nil {
		t.Errorf("all is observed: %+v", m)
	}
	f := heldInFile([]int{3, 4, 5}, 30, func(split string, a *Array) {
		hide(a, func(trial, bin, neuron int) bool {
			return neuron == 4 || neuron == 9 || neuron == 7 && bin < 10 || neuron == 0 && bin == 0 ||
				split == "train" && trial == 5 || split == "valid" && trial == 2 && bin >= 20
		})
	})
	d := load(t, f, nil, Options{TruthUnit: TruthCount})
	// Of 32 trials x 40 bins x 12 neurons: neurons 4 and 9, 1,280 each; 320 of
	// neuron 7, 32 of neuron 0; of the trial that is missing 480 less those 80, 10
	// and 1; of the half trial 240 less 40.
	const values = 2*1280 + 320 + 32 + 480 - 91 + 200
	want := &Missing{
		Values: values, Of: 15360, Share: values / 15360.,
		// Read are 30 bins of neurons 3, 4, 5: neuron 4 whole, 60 of the trial, 20 of the half.
		ShareRead: (960 + 60 + 20) / 2880.,
		Neurons:   []MissingNeurons{{7, (320 + 30 + 20) / 1280.}, {0, (32 + 39 + 20) / 1280.}, {3, (40 + 20) / 1280.}},
		Never:     []int{4, 9},
		Trials:    []MissingTrials{{"train", 5, 1}, {"valid", 2, (240 + 40 + 10 + 1) / 480.}, {"train", 0, (80 + 10 + 1) / 480.}},
		Whole:     1, Bins: 40 + 20,
	}
	got := d.Missing()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
	lines := []string{
		"22.8 % of 15360 values are not observed (NaN), 36.1 % of those read; neurons that miss most: 7 (28.9 %), 0 (7.11 %), 3 (4.69 %); never observed: 2 neurons (4, 9)",
		"trials that miss most: 5 of train (100 %), 2 of valid (60.6 %), 0 of train (19 %); trials with nothing observed: 1, bins of a trial with no neuron observed: 60",
	}
	if !slices.Equal(got.Lines(), lines) {
		t.Errorf("it says %q", got.Lines())
	}
}

// Spikes read may be missing where those reconstructed are not.
func TestMissingOfThoseRead(t *testing.T) {
	f := heldInFile([]int{0, 1}, 40, nil)
	hide(array(f["train_encod_data"]), scattered(2))
	m := load(t, f, nil, Options{TruthUnit: TruthCount}).Missing()
	if m == nil || m.Values != 0 || m.ShareRead < .3 || !strings.HasPrefix(m.Lines()[0], "0 % of 15360 values are not observed (NaN), 37.5 % of those read") {
		t.Errorf("got %+v", m)
	}
}

// What is possible but hardly meant is told of what was observed; that nothing
// was of a neuron or a trial is told, too.
func TestWarningsOfMissing(t *testing.T) {
	only := func(neuron int) func(int, int, int) bool { return func(_, _, n int) bool { return n == neuron } }
	for name, c := range map[string]struct {
		file file
		says []string // a warning each
	}{
		"scattered":           {hiding("train valid", scattered(3)), nil},
		"never in training":   {hiding("train", only(5)), []string{"1 of 12 neurons (5): never observed in training trials: the model learns nothing"}},
		"never in validation": {hiding("valid", only(5)), []string{"1 of 12 neurons (5): never observed in validation trials: no score"}},
		"never":               {hiding("train valid", only(5)), []string{"1 of 12 neurons (5): never observed in training trials"}},
		"whole trials": {
			hiding("train valid", func(trial, _, _ int) bool { return trial == 2 || trial == 7 }),
			[]string{"train: nothing is observed of 2 of 24 trials (2, 7): the model reads nothing", "valid: nothing is observed of 2 of 8 trials (2, 7)"},
		},
		"silent where observed": {changed(func(split string, a *Array) {
			for i := 5; i < len(a.Data); i += a.Features {
				a.Data[i] = 0
			}
			hide(a, scattered(3))
		}), []string{"1 of 12 neurons (5): never a spike"}},
		"validation silent where observed": {changed(func(split string, a *Array) {
			if split == "valid" {
				clear(a.Data)
				hide(a, scattered(3))
			}
		}), []string{"no neuron fires in any validation trial"}},
		"scaled": {changed(func(_ string, a *Array) {
			for i := range a.Data {
				a.Data[i] *= 3
			}
			hide(a, scattered(3))
		}), []string{"every count is a multiple of 3: they look scaled; divide"}},
		"fast where observed": {changed(func(_ string, a *Array) {
			for i := 4; i < len(a.Data); i += a.Features {
				a.Data[i] = 6
			}
			hide(a, func(_, bin, neuron int) bool { return neuron == 4 && bin > 9 })
		}), []string{"1 of 12 neurons fire at more than 500 Hz on average (neuron 4: 600 Hz)"}},
		"one count": {changed(func(split string, a *Array) {
			hide(a, scattered(3))
			if split == "valid" {
				a.Bin(2, 3)[4] = 300
			}
		}), []string{"valid_data: trial 2, bin 3, neuron 4 is 300"}},
		"leak": {changed(func(split string, a *Array) {
			if split == "valid" {
				copy(a.Trial(3), made(1, 24, 40, 12).Trial(20))
			}
			hide(a, func(_, bin, _ int) bool { return bin%3 == 1 })
		}), []string{"1 of 8 validation trials are training trials (trial 3 is training trial 20)"}},
		"few spikes, equal": {changed(func(_ string, a *Array) {
			clear(a.Trial(1))
			a.Trial(1)[0] = 1
			hide(a, func(trial, bin, _ int) bool { return trial == 1 && bin > 0 })
		}), nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := load(t, c.file, nil, Options{BinWidth: 10 * time.Millisecond})
			if err := d.Check(counted); err != nil {
				t.Fatal(err)
			}
			w := d.Warnings(counted)
			if len(w) != len(c.says) {
				t.Errorf("warns: %q, want %q", w, c.says)
			}
			for _, says := range c.says {
				if !slices.ContainsFunc(w, func(w string) bool { return strings.Contains(w, says) }) {
					t.Errorf("no warning says %q: %q", says, w)
				}
			}
		})
	}
}

// A recording to infer is not warned of as if it were to be learned from.
func TestWarningsOfMissingToInfer(t *testing.T) {
	f := hiding("train valid", func(trial, _, neuron int) bool { return neuron == 5 || trial == 6 })
	w := load(t, f, nil, Options{SpikesAlone: true}).Warnings(counted)
	if len(w) != 2 || !strings.Contains(w[0], "train: nothing is observed of 1 of 24 trials (6)") {
		t.Errorf("warns: %q", w)
	}
}
