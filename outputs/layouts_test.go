package outputs

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// array is one of a file that a test makes.
type array struct {
	values any
	shape  []int
	unit   string
}

func of(a *dataset.Array) array {
	return array{a.Data, []int{a.Trials, a.Bins, a.Features}, ""}
}

// makeFile writes arrays, in groups where their keys have a slash.
func makeFile(t testing.TB, arrays map[string]array) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.h5")
	w, err := hdf5.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	groups := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(arrays)) {
		if group, _, in := strings.Cut(key, "/"); in && !groups[group] {
			groups[group] = true
			err = w.Group(group)
		}
		if err == nil {
			err = w.Write(key, arrays[key].values, arrays[key].shape)
		}
		if err == nil && arrays[key].unit != "" {
			err = w.SetAttr(key, "unit", arrays[key].unit)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// some returns bins and neurons of some trials, as the benchmark keeps them apart.
func some(a *dataset.Array, trials []int, bin, toBin, from, to int) *dataset.Array {
	out := dataset.NewArray(len(trials), toBin-bin, to-from)
	for i, trial := range trials {
		for b := range out.Bins {
			copy(out.Bin(i, b), a.Bin(trial, bin+b)[from:to])
		}
	}
	return out
}

// foreign is a file as lfads-torch writes it: neurons in the data file's order, trials in
// any, without anything that says whose it is.
func foreign(d *dataset.Dataset, e *Estimates, s string, ids []int64) map[string]array {
	return map[string]array{
		s + "_output_params": of(inFileOrder(e.Rates, d)),
		s + "_factors":       of(e.Factors),
		s + "_inds":          {ids, []int{len(ids)}, ""},
	}
}

func TestLFADSTorch(t *testing.T) {
	d := session()
	train, _, _ := estimates(d)
	f := read(t, makeFile(t, foreign(d, train, "train", d.Train.TrialIDs)), d)
	wantSame(t, "train", f.Train.Rates, train.Rates)
	wantSame(t, "factors", f.Train.Factors, train.Factors)
	if f.Layout != OfLFADSTorch || !f.Counts || f.Valid != nil || f.Run != "" || len(f.Notes) > 0 {
		t.Errorf("%+v", f)
	}
}

// A file without indices is read by place, as are trials of data without ids.
func TestByPlace(t *testing.T) {
	d := session()
	train, _, _ := estimates(d)
	arrays := foreign(d, train, "train", []int64{9, 8, 7, 6})
	d.Train.TrialIDs, d.Valid.TrialIDs, d.Test.TrialIDs = nil, nil, nil
	wantSame(t, "data without ids", read(t, makeFile(t, arrays), d).Train.Rates, train.Rates)
	d = session()
	delete(arrays, "train_inds")
	wantSame(t, "file without indices", read(t, makeFile(t, arrays), d).Train.Rates, train.Rates)
}

// Rates without forward bins are read; there is no score of what is not there.
func TestWithoutForwardBins(t *testing.T) {
	d := session()
	_, valid, _ := estimates(d)
	short := &Estimates{valid.Rates.FirstBins(bins), valid.Factors.FirstBins(bins)}
	f := read(t, makeFile(t, foreign(d, short, "valid", d.Valid.TrialIDs)), d)
	wantSame(t, "bins that are read", f.Valid.Rates.FirstBins(bins), short.Rates)
	wantSame(t, "factors", f.Valid.Factors, short.Factors)
	if last := f.Valid.Rates.Bin(0, bins)[0]; !dataset.IsMissing(last) || len(f.Notes) != 1 {
		t.Errorf("a forward bin is %g; %q", last, f.Notes)
	}
}

// Hz by the array's unit are brought to counts per bin; of bins of unknown width they
// cannot be.
func TestHz(t *testing.T) {
	d := session()
	_, valid, _ := estimates(d)
	hz := dataset.NewArray(valid.Rates.Trials, valid.Rates.Bins, valid.Rates.Features)
	for i, v := range inFileOrder(valid.Rates, d).Data {
		hz.Data[i] = v * 200
	}
	a := of(hz)
	for _, unit := range []string{"Hz", "spikes per second", "spikes/s"} {
		a.unit = unit
		wantSame(t, unit, read(t, makeFile(t, map[string]array{"valid_output_params": a}), d).Valid.Rates, valid.Rates)
	}
	d.BinWidth = 0
	if _, err := Read(makeFile(t, map[string]array{"valid_output_params": a}), d); err == nil || !strings.Contains(err.Error(), "--bin-ms") {
		t.Errorf("of bins of unknown width: %v", err)
	}
}

// submission is a submission of rates of trials of two splits, in the order of places.
func submission(prefix string, train, valid, test *Estimates) map[string]array {
	both := dataset.NewArray(6, bins+forward, neurons)
	for i, from := range [][]float32{train.Rates.Trial(1), train.Rates.Trial(3), valid.Rates.Trial(1), train.Rates.Trial(2), valid.Rates.Trial(0), train.Rates.Trial(0)} {
		copy(both.Trial(i), from)
	}
	arrays := map[string]array{}
	for word, a := range map[string]*dataset.Array{"train": both, "eval": test.Rates} {
		trials := upTo(0, a.Trials)
		arrays[prefix+word+"_rates_heldin"] = of(some(a, trials, 0, bins, 0, heldIn))
		arrays[prefix+word+"_rates_heldout"] = of(some(a, trials, 0, bins, heldIn, neurons))
		arrays[prefix+word+"_rates_heldin_forward"] = of(some(a, trials, bins, bins+forward, 0, heldIn))
		arrays[prefix+word+"_rates_heldout_forward"] = of(some(a, trials, bins, bins+forward, heldIn, neurons))
	}
	return arrays
}

// A submission's neurons are held-in ones first, its training trials in the recording's
// order.
func TestSubmission(t *testing.T) {
	d := session()
	train, valid, test := estimates(d)
	for _, prefix := range []string{"", "mc_maze/", "mc_maze_20/"} {
		f := read(t, makeFile(t, submission(prefix, train, valid, test)), d)
		wantSame(t, "train", f.Train.Rates, train.Rates)
		wantSame(t, "valid", f.Valid.Rates, valid.Rates)
		wantSame(t, "test", f.Test.Rates, test.Rates)
		if f.Layout != OfNLB || !f.Counts || len(f.Notes) > 0 {
			t.Errorf("%+v", f)
		}
	}
}

// Trials of a file that was divided stand in it as they stood before.
func TestSubmissionOfDivided(t *testing.T) {
	d := session()
	d.Order = nil
	d.Divided = &dataset.Division{Share: .34, Seed: 3}
	train, valid, test := estimates(d)
	places := d.Divided.Validation(6)
	if len(places) != 2 || slices.Equal(places, []int{2, 4}) {
		t.Fatalf("validation trials are %v: the test says nothing", places)
	}
	arrays := submission("", train, valid, test)
	f := read(t, makeFile(t, arrays), d)
	for i, place := range places {
		in := arrays["train_rates_heldin"].values.([]float32)[place*bins*heldIn:]
		if !slices.Equal(f.Valid.Rates.Bin(i, 0)[:heldIn], in[:heldIn]) {
			t.Errorf("validation trial %d is not trial %d of the file", i, place)
		}
	}
}

// Of the trials that validate, eval rates are read where the data have no test trials of
// that number; what of a submission is missing is told.
func TestSubmissionOfValidation(t *testing.T) {
	d := session()
	train, valid, _ := estimates(d)
	d.Test = nil
	arrays := map[string]array{
		"train_rates_heldin":  of(some(train.Rates, upTo(0, 4), 0, bins, 0, heldIn)),
		"train_rates_heldout": of(some(train.Rates, upTo(0, 4), 0, bins, heldIn, neurons)),
		"eval_rates_heldout":  of(some(valid.Rates, upTo(0, 2), 0, bins, heldIn, neurons)),
	}
	f := read(t, makeFile(t, arrays), d)
	wantSame(t, "train", f.Train.Rates.FirstBins(bins), train.Rates.FirstBins(bins))
	wantSame(t, "held-out", some(f.Valid.Rates, []int{0, 1}, 0, bins, heldIn, neurons), some(valid.Rates, []int{0, 1}, 0, bins, heldIn, neurons))
	if v := f.Valid.Rates.Bin(0, 0)[0]; !dataset.IsMissing(v) {
		t.Errorf("a held-in neuron that is not there has rate %g", v)
	}
	if notes := strings.Join(f.Notes, "; "); !strings.Contains(notes, "trials that validate") || !strings.Contains(notes, "lacks eval_rates_heldin, eval_rates_heldin_forward") {
		t.Error(notes)
	}
}

// Of several groups the one that fits is meant, or the one that is named.
func TestGroups(t *testing.T) {
	d := session()
	train, valid, test := estimates(d)
	arrays := submission("mc_maze_5/", train, valid, test)
	arrays["mc_rtt/eval_rates_heldout"] = array{make([]float32, 8), []int{2, 2, 2}, ""}
	f := read(t, makeFile(t, arrays), d)
	wantSame(t, "the one that fits", f.Test.Rates, test.Rates)
	if len(f.Notes) != 1 || !strings.Contains(f.Notes[0], "mc_maze_5") {
		t.Errorf("%q", f.Notes)
	}
	maps.Copy(arrays, submission("mc_maze_again/", train, valid, test))
	path := makeFile(t, arrays)
	if _, err := Read(path, d); err == nil || !strings.Contains(err.Error(), "--group mc_maze_5") {
		t.Errorf("two groups fit: %v", err)
	}
	if f, err := ReadGroup(path, "mc_maze_again", d); err != nil || len(f.Notes) > 0 {
		t.Errorf("one is named: %v, %v", f, err)
	}
}
