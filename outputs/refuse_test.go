package outputs

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// Each file that does not fit the data is refused in a sentence that says what was found
// and what to do.
func TestRefused(t *testing.T) {
	d := session()
	train, valid, test := estimates(d)
	with := func(change func(a *dataset.Array)) map[string]array {
		e := estimate(d.Valid, 1)
		change(e.Rates)
		return foreign(d, e, "valid", d.Valid.TrialIDs)
	}
	other := func(trials, bins, neurons int) map[string]array {
		return map[string]array{"valid_output_params": of(dataset.NewArray(trials, bins, neurons))}
	}
	twice := foreign(d, valid, "valid", []int64{60, 60})
	submitted := submission("mc_maze/", train, valid, test)
	submitted["mc_maze/eval_rates_heldout"] = of(dataset.NewArray(1, bins, neurons))
	for name, c := range map[string]struct {
		arrays map[string]array
		says   string
	}{
		"nothing":            {map[string]array{}, "takes them): it has none"},
		"spikes":             {map[string]array{"train_encod_data": of(d.Train.Encod)}, "a file of spikes, which goes with --data"},
		"other things":       {map[string]array{"spam": of(d.Train.Encod)}, "it has spam"},
		"other trials":       {other(3, 8, 5), "has 3 trials, the data 2 that validate"},
		"other bins":         {other(2, 7, 5), "7 bins x 5 neurons, the data 6 bins and 2 forward bins"},
		"other neurons":      {other(2, 8, 4), "4 neurons, the data 5"},
		"MATLAB's axes":      {other(5, 8, 2), "5 trials x 8 bins x 2 neurons, which are neurons x bins x trials: turn the axes round"},
		"held-in alone":      {other(2, 8, 3), "the neurons that are read alone"},
		"other axes":         {map[string]array{"valid_output_params": {make([]float32, 80), []int{80}, ""}}, "must be numbers, trials x bins x features"},
		"parameters":         {map[string]array{"valid_output_params": {make([]float32, 160), []int{2, 8, 5, 2}, ""}}, "must be numbers, trials x bins x features"},
		"nan":                {with(func(a *dataset.Array) { a.Data[7] = float32(math.NaN()) }), "is NaN: numbers must be finite"},
		"infinite":           {with(func(a *dataset.Array) { a.Data[7] = float32(math.Inf(1)) }), "is +Inf: numbers must be finite"},
		"a negative rate":    {with(func(a *dataset.Array) { a.Data[7] = -.1 }), "1 of 80 rates are below 0 (the first: -0.1, trial 0 of the data's that validate), and rates of counts cannot be: set them"},
		"logarithms":         {with(logarithms), "they seem to be logarithms: store their exponential"},
		"other indices":      {foreign(d, valid, "valid", []int64{60, 31}), "trial 31, which the data have not"},
		"indices of another": {foreign(d, valid, "valid", []int64{60, 40}), "trial 40, which in the data is one of those that train: give the data file"},
		"twice":              {twice, "has trial 60 twice"},
		"few indices":        {foreign(d, valid, "valid", []int64{60}), "valid_inds has shape [1] for 2 trials"},
		"a submission":       {submitted, "eval_rates_heldout has 1 trials x 6 bins x 5 neurons, and by the data should have 1 x 6 x 2"},
	} {
		_, err := Read(makeFile(t, c.arrays), d)
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

func logarithms(a *dataset.Array) {
	for i, v := range a.Data {
		a.Data[i] = float32(math.Log(float64(v) / 10))
	}
}

// Of data that are no counts, rates may be negative.
func TestNegativeMeans(t *testing.T) {
	d := session()
	d.Train.Recon.Data[3] = .5
	e := estimate(d.Valid, 1)
	e.Rates.Data[7] = -1
	if f := read(t, makeFile(t, foreign(d, e, "valid", d.Valid.TrialIDs)), d); f.Counts {
		t.Error("means of other data are taken for counts")
	}
}

// Rates of neurons with other names are refused; those of another recording are told.
func TestOtherRecording(t *testing.T) {
	d := session()
	d.Neurons = []string{"a", "b", "c", "d", "e"}
	d.Attributes = map[string]any{"source_sha256": "1"}
	_, valid, _ := estimates(d)
	path := written(t, d, OfCounts(nil, valid, nil))
	d.Attributes = map[string]any{"source_sha256": "2"}
	if f := read(t, path, d); len(f.Notes) != 1 || !strings.Contains(f.Notes[0], "another recording") {
		t.Errorf("%q", f.Notes)
	}
	d.Neurons = []string{"a", "c", "b", "d", "e"}
	if _, err := Read(path, d); err == nil || !strings.Contains(err.Error(), "a, b, c, d, ... (5), those of the data a, c, b") {
		t.Error(err)
	}
}

// Rates of a model that saw other neurons than those that are not set aside are refused.
func TestOtherNeuronsAside(t *testing.T) {
	d := session()
	d.SetAside = []string{"7", "9"}
	_, valid, _ := estimates(d)
	path := written(t, d, OfCounts(nil, valid, nil))
	read(t, path, d)
	for says, aside := range map[string][]string{"those of the data none": nil, "are 7, 9, those of the data 7, 8: set the same aside, --set-aside 2": {"7", "8"}} {
		d.SetAside = aside
		if _, err := Read(path, d); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want %q", err, says)
		}
	}
}

// Rates of all neurons are of a model that saw those set aside, too.
func TestAsideWasSeen(t *testing.T) {
	d := session()
	_, valid, _ := estimates(d)
	path := makeFile(t, foreign(d, valid, "valid", d.Valid.TrialIDs))
	d.Valid.Recon = withoutLast(d.Valid.Recon)
	d.Valid.SetAside = dataset.NewArray(d.Valid.Trials(), d.Valid.Recon.Bins, 1)
	if _, err := Read(path, d); err == nil || !strings.Contains(err.Error(), "and the 1 set aside, too") {
		t.Error(err)
	}
}

// withoutLast has a neuron less.
func withoutLast(a *dataset.Array) *dataset.Array {
	less := dataset.NewArray(a.Trials, a.Bins, a.Features-1)
	for i := range a.Trials * a.Bins {
		copy(less.Data[i*less.Features:], a.Data[i*a.Features:(i+1)*a.Features-1])
	}
	return less
}

// Rates that are far from the data are told, and what they may be.
func TestFarFromTheData(t *testing.T) {
	for times, says := range map[float32]string{1: "", 5: "", 200: "seems to be in spikes per second; multiply it by 0.005", 2000: "rates must be spikes per bin", .01: "is 0.0101 times the data"} {
		d := session()
		e := estimate(d.Valid, 1)
		for i := range e.Rates.Data {
			e.Rates.Data[i] = times
		}
		f := read(t, makeFile(t, foreign(d, e, "valid", d.Valid.TrialIDs)), d)
		if notes := strings.Join(f.Notes, "; "); (says == "") != (notes == "") || !strings.Contains(notes, says) {
			t.Errorf("%g times: %q, want %q", times, notes, says)
		}
	}
}

// Spikes in the place of rates are told.
func TestCountsAreNoRates(t *testing.T) {
	d := session()
	for i := range d.Valid.Recon.Data {
		d.Valid.Recon.Data[i] = float32(i % 2)
	}
	e := estimate(d.Valid, 1)
	copy(e.Rates.Data, d.Valid.Recon.Data)
	f := read(t, makeFile(t, foreign(d, e, "valid", d.Valid.TrialIDs)), d)
	if notes := strings.Join(f.Notes, "; "); !strings.Contains(notes, "is the data's own counts") {
		t.Errorf("%q", notes)
	}
	e.Rates.Data[7] += .5
	if f := read(t, makeFile(t, foreign(d, e, "valid", d.Valid.TrialIDs)), d); len(f.Notes) > 0 {
		t.Errorf("%q", f.Notes)
	}
}

// Where the data are silent there is nothing that rates are so many times of.
func TestSilentData(t *testing.T) {
	d := session()
	clear(d.Valid.Recon.Data)
	f := read(t, makeFile(t, foreign(d, estimate(d.Valid, 1), "valid", d.Valid.TrialIDs)), d)
	if notes := strings.Join(f.Notes, "; "); !strings.Contains(notes, "expects 123 spikes where the data have none") {
		t.Errorf("%q", notes)
	}
}

// Trials without indices go by place, and it is said where the data have indices.
func TestTrialsByPlace(t *testing.T) {
	d := session()
	_, valid, _ := estimates(d)
	arrays := foreign(d, valid, "valid", nil)
	delete(arrays, "valid_inds")
	path := makeFile(t, arrays)
	if f := read(t, path, d); len(f.Notes) != 1 || !strings.Contains(f.Notes[0], "it has no valid_inds: its trials are taken in the order of the data's") {
		t.Errorf("%q", f.Notes)
	}
	d.Valid.TrialIDs = nil
	if f := read(t, path, d); len(f.Notes) > 0 {
		t.Errorf("%q", f.Notes)
	}
}

// Factors that do not go with rates are left out, and so are more than any model has.
func TestOtherFactors(t *testing.T) {
	d := session()
	for _, a := range []*dataset.Array{dataset.NewArray(3, 8, 2), dataset.NewArray(2, 6, 2), dataset.NewArray(2, 8, 2000)} {
		f := read(t, makeFile(t, foreign(d, &Estimates{estimate(d.Valid, 1).Rates, a}, "valid", d.Valid.TrialIDs)), d)
		if f.Valid.Factors != nil || len(f.Notes) != 1 || !strings.Contains(f.Notes[0], "factors are left out") {
			t.Errorf("%v: %q", a, f.Notes)
		}
	}
}

// Damaged files are errors, or what they say still fits: never a panic.
func TestDamaged(t *testing.T) {
	d := session()
	train, valid, test := estimates(d)
	for _, path := range []string{written(t, d, OfCounts(train, valid, test)), makeFile(t, submission("mc_maze/", train, valid, test))} {
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		src := rand.New(rand.NewPCG(1, 2))
		refused, damaged := 0, filepath.Join(t.TempDir(), "damaged.h5")
		for range 400 {
			bytes := append([]byte(nil), whole...)
			for range 1 + src.IntN(3) {
				bytes[src.IntN(min(len(bytes), 1+1<<src.IntN(14)))] ^= 1 << src.IntN(8)
			}
			if src.IntN(8) == 0 {
				bytes = bytes[:src.IntN(len(bytes))]
			}
			if err := os.WriteFile(damaged, bytes, 0o666); err != nil {
				t.Fatal(err)
			}
			if _, err := Read(damaged, d); err != nil {
				refused++
			}
			if all, err := Describe(damaged); err == nil && all[0].String() == "" {
				t.Error("a description says nothing")
			}
		}
		if refused < 40 {
			t.Errorf("%d of 400 damaged files were refused", refused)
		}
	}
}
