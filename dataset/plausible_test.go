package dataset

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/rng"
)

// made returns trials of neurons that fire as a slow oscillation, which begins
// anywhere in a trial, drives each of them: the neurons of one seed are the
// same, whatever the trials.
func made(seed, trials uint64, bins, neurons int) *Array {
	draw := rng.NewSource(rng.Derive(seed, rng.Synthesis, 1))
	weights := make([][2]float64, neurons)
	for n := range weights {
		weights[n] = [2]float64{.6 * draw.Normal(), .6 * draw.Normal()}
	}
	draw = rng.NewSource(rng.Derive(seed, rng.Synthesis, 2, trials))
	a := NewArray(int(trials), bins, neurons)
	for trial := range a.Trials {
		begin := 2 * math.Pi * draw.Float64()
		for bin := range bins {
			x, y := math.Cos(begin+.25*float64(bin)), math.Sin(begin+.25*float64(bin))
			for n, w := range weights {
				a.Bin(trial, bin)[n] = poisson(draw, .3*math.Exp(w[0]*x+w[1]*y))
			}
		}
	}
	return a
}

// poisson draws by Knuth's method.
func poisson(draw *rng.Source, mean float64) (n float32) {
	for p := draw.Float64(); p > math.Exp(-mean); p *= draw.Float64() {
		n++
	}
	return n
}

func entryOf(a *Array) entry { return entry{a.Data, []int{a.Trials, a.Bins, a.Features}} }

// plausible is a file that nothing is to be said of.
func plausible() file {
	return file{"train_data": entryOf(made(1, 24, 40, 12)), "valid_data": entryOf(made(1, 8, 40, 12))}
}

// changed returns plausible with its spikes changed.
func changed(change func(split string, a *Array)) file {
	f := plausible()
	for _, split := range []string{"train", "valid"} {
		change(split, array(f[split+"_data"]))
	}
	return f
}

// What is possible but hardly meant is told in a sentence, with the place.
func TestWarnings(t *testing.T) {
	both := func(suffix string, bins, features int, fill float32) file {
		f := file{}
		for split, trials := range map[string]int{"train": 24, "valid": 8} {
			a := NewArray(trials, bins, features)
			for i := range a.Data {
				a.Data[i] = fill
			}
			f[split+suffix] = entryOf(a)
		}
		return f
	}
	ids := func(n, from int64) entry {
		v := make([]int64, n)
		for i := range v {
			v[i] = from + int64(i)
		}
		return entry{v, []int{int(n)}}
	}
	nan := float32(math.NaN())
	for name, c := range map[string]struct {
		file  file
		binMs float64
		says  string // of one warning; "": there is none
	}{
		"plausible": {plausible(), 10, ""},
		"no width":  {plausible(), 0, ""},
		"in Hz": {changed(func(_ string, a *Array) {
			for i := range a.Data {
				a.Data[i] *= 100
			}
		}), 10, "every count is a multiple of 100|to spikes per second|divide"},
		"scaled": {changed(func(_ string, a *Array) {
			for i := range a.Data {
				a.Data[i] *= 3
			}
		}), 0, "every count is a multiple of 3: they look scaled; divide"},
		"fast": {changed(func(_ string, a *Array) {
			for i := range a.Data {
				a.Data[i] += 7
			}
		}), 10, "12 of 12 neurons fire at more than 500 Hz|are bins 10ms wide"},
		"one count": {changed(func(split string, a *Array) {
			if split == "valid" {
				a.Bin(2, 3)[4] = 300
			}
		}), 10, "valid_data: trial 2, bin 3, neuron 4 is 300"},
		"in seconds":      {plausible(), .01, "bins are 10µs wide|it should be 10"},
		"in microseconds": {plausible(), 20000, "bins are 20s wide|it should be 20"},
		"silent": {changed(func(_ string, a *Array) {
			for i := 5; i < len(a.Data); i += a.Features {
				a.Data[i] = 0
			}
		}), 10, "1 of 12 neurons (5): never a spike"},
		"silent in training": {changed(func(split string, a *Array) {
			for i := 5; i < len(a.Data) && split == "train"; i += a.Features {
				a.Data[i] = 0
			}
		}), 10, "1 of 12 neurons (5): spikes in validation trials, none in training"},
		"silent in validation": {changed(func(split string, a *Array) {
			if split == "valid" {
				clear(a.Data)
			}
		}), 10, "no neuron fires in any validation trial"},
		"leak": {changed(func(split string, a *Array) {
			if split == "valid" {
				copy(a.Trial(3), made(1, 24, 40, 12).Trial(20))
			}
		}), 10, "1 of 8 validation trials are training trials (trial 3 is training trial 20)"},
		"ids twice":       {plausible().with(file{"train_inds": ids(24, 0), "valid_inds": ids(8, 20)}), 10, "trial 20 of train and trial 0 of valid have the same id, 20"},
		"ids missing":     {plausible().with(file{"train_inds": ids(24, 0)}), 10, "valid trials have no *_inds|numbered from 24 on"},
		"ids of words":    {plausible().with(file{"train_inds": {slices.Repeat([]string{"a"}, 24), []int{24}}, "valid_inds": {slices.Repeat([]string{"b"}, 8), []int{8}}}), 10, "train_inds is not used"},
		"ids from 1":      {plausible().with(file{"train_inds": ids(24, 1), "valid_inds": ids(8, 25)}), 10, ""},
		"truth negative":  {plausible().with(both("_truth", 40, 12, -1)).with(file{"conversion_factor": {1.0, nil}}), 10, "train_truth: 11520 of 11520 values are NaN, infinite or negative"},
		"behaviour NaN":   {plausible().with(both("_behavior", 40, 2, nan)), 10, "valid_behavior: 640 of 640 values are NaN or infinite"},
		"behaviour once":  {plausible().with(both("_behavior", 40, 2, 1)).with(file{"valid_behavior": {}}), 10, "there is train_behavior but no valid_behavior"},
		"states once":     {plausible().with(both("_lowd", 40, 2, 1)).with(file{"train_lowd": {}}), 10, "there is valid_lowd but no train_lowd"},
		"behaviour in 2d": {plausible().with(file{"train_behavior": ramp(24, 40), "valid_behavior": ramp(8, 40)}), 10, ""},
		"inputs large":    {plausible().with(both("_ext_input", 40, 2, -1e6)), 10, "train_ext_input reaches 1e+06"},
	} {
		t.Run(name, func(t *testing.T) {
			d := load(t, c.file, nil, Options{BinWidth: time.Duration(c.binMs * float64(time.Millisecond))})
			if err := d.Check(counted); err != nil {
				t.Fatal(err)
			}
			w := d.Warnings(counted)
			if !reflect.DeepEqual(w, d.Warnings(counted)) {
				t.Error("other warnings the second time")
			}
			if c.says == "" {
				if len(w) > 0 {
					t.Errorf("warns: %q", w)
				}
				return
			}
			if !slices.ContainsFunc(w, func(w string) bool { return saysAll(w, c.says) }) {
				t.Errorf("no warning says %q: %q", c.says, w)
			}
		})
	}
}

func saysAll(text, parts string) bool {
	for part := range strings.SplitSeq(parts, "|") {
		if !strings.Contains(text, part) {
			return false
		}
	}
	return true
}

// What cannot be meant is refused; what is not counted is no count.
func TestCheckRefuses(t *testing.T) {
	fraction := func(split string, a *Array) {
		for i := range a.Data {
			a.Data[i] /= 2
		}
	}
	nothing := func(split string, a *Array) { clear(a.Data) }
	for name, c := range map[string]struct {
		change func(split string, a *Array)
		kind   values
		says   string // "": accepted
	}{
		"fractions":            {fraction, counted, "train_data|0.5|do something else"},
		"continuous fractions": {fraction, measured, ""},
		"nothing":              {nothing, counted, "no neuron fires"},
		"continuous nothing":   {nothing, measured, ""},
		"infinity":             {func(_ string, a *Array) { a.Data[7] = float32(math.Inf(1)) }, measured, "train_data: trial 0, bin 0, neuron 7 is +Inf"},
	} {
		d := load(t, changed(c.change), nil, Options{})
		err := d.Check(c.kind)
		if (err == nil) != (c.says == "") || err != nil && !saysAll(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
		for _, w := range d.Warnings(measured) {
			if err == nil && (name != "continuous nothing" || !strings.Contains(w, "one value throughout")) {
				t.Errorf("%s: warned of as if they were counts: %q", name, w)
			}
		}
	}
}

// The recordings at hand are in order; one has a neuron that never fires.
func TestRecordingsAreInOrder(t *testing.T) {
	for _, c := range []struct {
		path    string
		options Options
		warns   []string
	}{
		{"lorenz/lfads_lorenz.h5", Options{BinWidth: 10 * time.Millisecond, TruthUnit: TruthHz}, nil},
		{"mc_maze_large/mc_maze_large_05ms.h5", Options{}, []string{"1 of 162 neurons (119): never a spike; better leave them out"}},
	} {
		d, err := Load(testenv.Data(t, c.path), c.options)
		if err != nil {
			t.Fatal(err)
		}
		if w := d.Warnings(counted); d.Check(counted) != nil || !slices.Equal(w, c.warns) || d.Order != nil {
			t.Errorf("%s: %v, %q", c.path, d.Check(counted), w)
		}
	}
}

// Words become numbers in sorted order, the same in all splits.
func TestConditionsOfWords(t *testing.T) {
	f := tf2.with(file{
		"train_condition": {[]string{"right", "left", "right"}, []int{3}}, "valid_condition": {[]string{"up", "left"}, []int{2}},
	})
	d := load(t, f, nil, Options{})
	if !slices.Equal(d.Train.Condition, []int64{1, 0, 1}) || !slices.Equal(d.Valid.Condition, []int64{2, 0}) || d.ConditionName(2) != "up" {
		t.Errorf("got %v, %v of %v", d.Train.Condition, d.Valid.Condition, d.Conditions)
	}
	d = load(t, tf2.with(file{"train_condition": {[]float64{45, 22.5, 45}, []int{3}}, "valid_condition": {[]int64{45, 9}, []int{2}}}), nil, Options{})
	if !slices.Equal(d.Train.Condition, []int64{1, 0, 1}) || !slices.Equal(d.Valid.Condition, []int64{1, 2}) || d.ConditionName(0) != "22.5" {
		t.Errorf("angles: got %v, %v of %v", d.Train.Condition, d.Valid.Condition, d.Conditions)
	}
	d = load(t, tf2.with(file{"train_condition": {[]int64{7, 7, 9}, []int{3}}}), nil, Options{})
	if !slices.Equal(d.Train.Condition, []int64{7, 7, 9}) || d.ConditionName(9) != "9" {
		t.Errorf("numbers: got %v", d.Train.Condition)
	}
}
