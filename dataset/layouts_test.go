package dataset

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/hdf5"
)

// nlb is of the Neural Latents Benchmark: 3 + 2 neurons, 4 + 1 bins.
var nlb = file{
	"train_spikes_heldin": ramp(5, 4, 3), "train_spikes_heldout": ramp(5, 4, 2),
	"train_spikes_heldin_forward": ramp(5, 1, 3), "train_spikes_heldout_forward": ramp(5, 1, 2),
	"eval_spikes_heldin": ramp(2, 4, 3), "train_behavior": ramp(5, 4, 2),
}

// in returns a copy of f inside a group.
func (f file) in(group string) file {
	g := file{}
	for key, e := range f {
		g[group+"/"+key] = e
	}
	return g
}

// expect compares what a test names.
func expect(t *testing.T, all map[string][2]any) {
	t.Helper()
	for what, pair := range all {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("%s: got %v, want %v", what, pair[0], pair[1])
		}
	}
}

func expectNotes(t *testing.T, d *Dataset, says ...string) {
	t.Helper()
	notes := strings.Join(d.notes, "\n")
	for _, part := range says {
		if !strings.Contains(notes, part) {
			t.Errorf("notes %q do not say %q", notes, part)
		}
	}
}

func TestLoadBenchmark(t *testing.T) {
	d := load(t, nlb, nil, Options{})
	valid := Division{.2, 0}.Validation(5)
	at := int(d.Train.TrialIDs[1])
	base := at * 4 * 3
	expect(t, map[string][2]any{
		"bins":        {d.BinWidth, 5 * time.Millisecond},
		"valid":       {d.Valid.TrialIDs, []int64{int64(valid[0])}},
		"encod":       {d.Train.Encod.String(), "4 trials x 4 bins x 3"},
		"recon":       {d.Train.Recon.String(), "4 trials x 5 bins x 5"},
		"held in":     {d.Train.Encod.Bin(1, 2), []float32{float32(base + 6), float32(base + 7), float32(base + 8)}},
		"both":        {d.Train.Recon.Bin(1, 0), []float32{float32(base), float32(base + 1), float32(base + 2), float32(at * 8), float32(at*8 + 1)}},
		"forward":     {d.Train.Recon.Bin(1, 4), []float32{float32(at * 3), float32(at*3 + 1), float32(at*3 + 2), float32(at * 2), float32(at*2 + 1)}},
		"behaviour":   {d.Train.Behavior.Bin(1, 0), []float32{float32(at * 8), float32(at*8 + 1)}},
		"test":        {d.Test.Encod, array(ramp(2, 4, 3))},
		"test recon":  {d.Test.Recon, (*Array)(nil)},
		"test trials": {d.Test.TrialIDs, []int64{5, 6}},
		"unread":      {d.Unread, []string(nil)},
		"divided":     {*d.Divided, Division{.2, 0}},
		"as in file":  {d.Order, []int(nil)},
	})
	expectNotes(t, d, "5ms, as those of the Neural Latents Benchmark", "1 of the 5 trials of train_spikes_heldin validate (a share of 0.2 by seed 0", "eval trials are the test split")
}

// A group is taken if there is one, or the one that is named; the name tells bins of
// 20 ms; what the file says of bins goes first.
func TestLoadBenchmarkGroups(t *testing.T) {
	twenty := nlb.in("mc_maze_20")
	both := twenty.with(nlb.in("mc_rtt"))
	for _, c := range []struct {
		file    file
		attrs   map[string]any
		options Options
		want    time.Duration
	}{
		{twenty, nil, Options{}, 20 * time.Millisecond},
		{both, nil, Options{Group: "mc_rtt"}, 5 * time.Millisecond},
		{both, nil, Options{Group: "mc_maze_20"}, 20 * time.Millisecond},
		{nlb, map[string]any{"bin_width_ms": 8.}, Options{}, 8 * time.Millisecond},
		{twenty, nil, Options{BinWidth: time.Millisecond}, time.Millisecond},
	} {
		if d := load(t, c.file, c.attrs, c.options); d.BinWidth != c.want || d.Train.Trials() != 4 {
			t.Errorf("%+v: bins of %v, want %v", c.options, d.BinWidth, c.want)
		}
	}
	if d := load(t, tf2.in("session"), nil, Options{Group: "session"}); d.Train.Trials() != 3 {
		t.Errorf("another layout in a group: %v", d.Train.Encod)
	}
}

// Targets make test trials whole; validation trials of the file are taken; what lacks
// was not observed; masks and lists of conditions are read.
func TestLoadBenchmarkTargets(t *testing.T) {
	f := nlb.with(file{
		"eval_spikes_heldout": ramp(2, 4, 2), "val_spikes_heldin": ramp(2, 4, 3), "val_spikes_heldout": ramp(2, 4, 2),
		"val_spikes_heldin_forward": ramp(2, 1, 3), "val_spikes_heldout_forward": ramp(2, 1, 2),
		"eval_cond_idx":     {[]int64{1, -1, 0, -1}, []int{2, 2}},
		"train_decode_mask": {[]int8{1, 0, 1, 1, 0, 1, 1, 1, 0, 0}, []int{5, 2}}, "psth": ramp(2, 4, 5), "train_cond_idx": {[]int64{0, 2, 2, 1, 0}, []int{5}},
	})
	d := load(t, f, nil, Options{})
	last := d.Test.Recon.Bin(1, 4)
	expect(t, map[string][2]any{
		"test":       {d.Test.Recon.Bin(1, 3), []float32{21, 22, 23, 14, 15}},
		"forward":    {slices.ContainsFunc(last, func(v float32) bool { return !IsMissing(v) }), false},
		"valid":      {d.Valid.Recon.Bin(1, 4), []float32{3, 4, 5, 2, 3}},
		"divided":    {d.Divided, (*Division)(nil)},
		"mask":       {*d.Train.DecodeMask, Array{5, 1, 2, []float32{1, 0, 1, 1, 0, 1, 1, 1, 0, 0}}},
		"conditions": {[][]int64{d.Train.Condition, d.Test.Condition, d.Valid.Condition}, [][]int64{{0, 2, 2, 1, 0}, {1, 0}, nil}},
		"unread":     {d.Unread, []string{"psth"}},
	})
	divided := load(t, nlb.with(file{"train_decode_mask": f["train_decode_mask"], "train_behavior": ramp(5, 3)}), nil, Options{})
	at := int(divided.Train.TrialIDs[3])
	expect(t, map[string][2]any{
		"divided mask": {divided.Train.DecodeMask.Bin(3, 0), d.Train.DecodeMask.Bin(at, 0)},
		"by trial":     {divided.Train.Behavior, (*Array)(nil)},
	})
	expectNotes(t, divided, "train_behavior has one row a trial")
}

func TestLoadPlain(t *testing.T) {
	f := file{
		"spikes": ramp(10, 4, 3), "hand_pos": ramp(10, 4, 2), "hand_vel": ramp(10, 4, 2),
		"condition": {[]int32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, []int{10}},
		"heldin":    {[]int32{2, 0}, []int{2}}, "heldout": {[]int32{1}, []int{1}},
	}
	d := load(t, f, nil, Options{ValidShare: .3, SplitSeed: 7})
	ids := slices.Sorted(slices.Values(slices.Concat(d.Train.TrialIDs, d.Valid.TrialIDs)))
	expect(t, map[string][2]any{
		"ids":       {ids, numbered(0, 10)},
		"valid":     {d.Valid.Trials(), 3},
		"order":     {d.Order, []int{2, 0, 1}},
		"encod":     {d.Train.Encod.Features, 2},
		"unread":    {d.Unread, []string{"hand_pos"}},
		"divided":   {*d.Divided, Division{.3, 7}},
		"condition": {d.Valid.Condition, d.Valid.TrialIDs},
	})
	for _, s := range d.splits() {
		for i, id := range s.TrialIDs {
			first := float32(id * 12)
			expect(t, map[string][2]any{
				"read":      {s.Encod.Bin(i, 0), []float32{first + 2, first}},
				"all":       {s.Recon.Bin(i, 0), []float32{first + 2, first, first + 1}},
				"behaviour": {s.Behavior.Bin(i, 0), []float32{float32(id * 8), float32(id*8 + 1)}},
			})
		}
	}
	expectNotes(t, d, "hand_vel is taken as behaviour", "3 of the 10 trials of spikes validate (a share of 0.3 by seed 7", "1 neurons are held out as heldout says")
	if other := load(t, f, nil, Options{ValidShare: .3, SplitSeed: 8}); slices.Equal(other.Valid.TrialIDs, d.Valid.TrialIDs) {
		t.Error("another seed divides alike")
	}
	alone := load(t, f, nil, Options{SpikesAlone: true})
	expect(t, map[string][2]any{"alone": {alone.Test.Encod.String(), "10 trials x 4 bins x 2"}, "all": {alone.Test.Recon.Features, 3}})
}

// What was divided says so when it is written, and when that is read.
func TestDividedWritten(t *testing.T) {
	d := load(t, file{"spikes": ramp(10, 4, 3)}, nil, Options{SplitSeed: 3})
	path := t.TempDir() + "/divided.h5"
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
	again, err := Load(path, Options{})
	if err != nil || again.Divided == nil || *again.Divided != (Division{.2, 3}) {
		t.Errorf("got %+v, %v", again, err)
	}
	if !reflect.DeepEqual(again.Valid.TrialIDs, d.Valid.TrialIDs) || !reflect.DeepEqual(again.Valid.Encod, d.Valid.Encod) {
		t.Error("other trials validate")
	}
}

// Where each trial went, those that validate were to; every trial once, in order.
func TestDivisionUndo(t *testing.T) {
	by := Division{Share: .3, Seed: 4}
	var valid []int
	train := 0
	for i, of := range by.Undo(10) {
		switch {
		case of.Validates && of.Trial == len(valid):
			valid = append(valid, i)
		case !of.Validates && of.Trial == train:
			train++
		default:
			t.Errorf("trial %d went to %+v", i, of)
		}
	}
	if !slices.Equal(valid, by.Validation(10)) || train != 7 {
		t.Errorf("%v validate, want %v", valid, by.Validation(10))
	}
}

// The rule is fixed: files that were divided once must be again.
func TestValidation(t *testing.T) {
	for _, c := range []struct {
		share float64
		n     int
		want  int
	}{{.2, 10, 2}, {.2, 2, 1}, {.01, 10, 1}, {.999, 10, 9}, {.25, 10, 3}} {
		got := Division{Share: c.share}.Validation(c.n)
		if len(got) != c.want || !slices.IsSorted(got) || got[0] < 0 || got[len(got)-1] >= c.n {
			t.Errorf("%v of %d: got %v", c.share, c.n, got)
		}
	}
	if got, want := (Division{.2, 0}).Validation(20), []int{3, 6, 9, 10}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLoadTF1(t *testing.T) {
	d := load(t, tf2.with(file{
		"dt": {.01, nil}, "train_truth": ramp(3, 4, 2), "valid_truth": ramp(2, 4, 2), "conversion_factor": {2., nil},
		"condition_labels_train": {[]int64{4, 4, 9}, []int{3}}, "condition_labels_valid": {[]int64{9, 4}, []int{2}},
		"nreps": {5., nil}, "P": ramp(2, 2), "alignment_matrix_cxf": ramp(2, 2), "train_percentage": {.8, nil},
	}), nil, Options{})
	expect(t, map[string][2]any{
		"bins":      {d.BinWidth, 10 * time.Millisecond},
		"truth":     {d.Train.Truth.Data[3], float32(1.5)},
		"condition": {d.Valid.Condition, []int64{9, 4}},
		"unread":    {d.Unread, []string{"P", "alignment_matrix_cxf", "nreps", "train_percentage"}},
	})
	expectNotes(t, d, "bins are 10ms wide: dt is taken for that", "alignment_matrix_cxf: of a model of several sessions, not used")
	if d := load(t, tf2.with(file{"dt": {.01, nil}}), nil, Options{BinWidth: time.Millisecond}); d.BinWidth != time.Millisecond {
		t.Errorf("bins of %v", d.BinWidth)
	} else {
		expectNotes(t, d, "dt is not used: it says that bins are 10ms wide, the options 1ms")
	}
}

func TestConditionLists(t *testing.T) {
	for _, c := range []struct {
		lists [][]int64
		want  []int64 // nil: an error
		says  string
	}{
		{[][]int64{{0, 2}, {1}}, []int64{0, 1, 0}, ""},
		{[][]int64{{1, 3}, {2}}, []int64{0, 1, 0}, ""},
		{[][]int64{{}, {1}}, []int64{2, 1, 3}, ""},
		{[][]int64{{0, 3}}, nil, "condition 0 has trial 3 of 3"},
		{[][]int64{{0}, {0}}, nil, "trial 0 is of conditions 0 and 1"},
	} {
		got, err := fromLists(c.lists, 3)
		if !slices.Equal(got, c.want) || (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: got %v, %v, want %v, %s", c.lists, got, err, c.want, c.says)
		}
	}
}

// Rates of a model are no data, though there is an array of three axes among them.
func TestOutputsAreNoData(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rates.h5")
	w, err := hdf5.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"train_output_params", "rates_hz"} {
		if err := w.Write(key, make([]float32, 4*3*2), []int{4, 3, 2}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, alone := range []bool{false, true} {
		if _, err := Load(path, Options{SpikesAlone: alone}); err == nil || !strings.Contains(err.Error(), "it has train_output_params: rates that a model gave, not spikes") {
			t.Errorf("alone %v: %v", alone, err)
		}
	}
}
