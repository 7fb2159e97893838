package dataset

import (
	"math"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/hdf5"
)

// file is what a test puts into an HDF5 file: arrays by key.
type file map[string]entry

type entry struct {
	data  any
	shape []int
}

// ramp is an array whose values count up from zero.
func ramp(shape ...int) entry {
	n := 1
	for _, k := range shape {
		n *= k
	}
	data := make([]float32, n)
	for i := range data {
		data[i] = float32(i)
	}
	return entry{data, shape}
}

func (f file) write(t *testing.T, attrs map[string]any) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.h5")
	w, err := hdf5.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for key, e := range f {
		if err := w.Write(key, e.data, e.shape); err != nil {
			t.Fatal(err)
		}
	}
	for name, v := range attrs {
		if err := w.SetAttr("/", name, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// with returns a copy with entries replaced; an entry without data removes.
func (f file) with(changes file) file {
	g := file{}
	for k, v := range f {
		g[k] = v
	}
	for k, v := range changes {
		g[k] = v
		if v.data == nil {
			delete(g, k)
		}
	}
	return g
}

var tf2 = file{"train_data": ramp(3, 4, 2), "valid_data": ramp(2, 4, 2)}

var torch = file{
	"train_encod_data": ramp(3, 4, 2), "train_recon_data": ramp(3, 5, 3),
	"valid_encod_data": ramp(2, 4, 2), "valid_recon_data": ramp(2, 5, 3),
}

func load(t *testing.T, f file, attrs map[string]any, o Options) *Dataset {
	t.Helper()
	d, err := Load(f.write(t, attrs), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func array(e entry) *Array {
	return &Array{e.shape[0], e.shape[1], e.shape[2], e.data.([]float32)}
}

func TestLoadTorch(t *testing.T) {
	d := load(t, torch.with(file{
		"train_ext_input": ramp(3, 5, 1), "valid_ext_input": ramp(2, 5, 1), "test_ext_input": ramp(1, 5, 1),
		"train_behavior":  ramp(3, 5, 2),
		"train_inds":      {[]int32{4, 0, 2}, []int{3}},
		"train_condition": {[]uint8{1, 1, 7}, []int{3}},
		"test_encod_data": ramp(1, 4, 2),
		"comment":         {"by hand", nil},
	}), map[string]any{"bin_width_ms": 5.0}, Options{})
	for what, pair := range map[string][2]any{
		"name":       {d.Name, "test"},
		"bin width":  {d.BinWidth, 5 * time.Millisecond},
		"encod":      {d.Train.Encod, array(ramp(3, 4, 2))},
		"recon":      {d.Valid.Recon, array(ramp(2, 5, 3))},
		"external":   {d.Valid.External, array(ramp(2, 5, 1))},
		"behaviour":  {d.Train.Behavior, array(ramp(3, 5, 2))},
		"trial ids":  {d.Train.TrialIDs, []int64{4, 0, 2}},
		"conditions": {d.Train.Condition, []int64{1, 1, 7}},
		"test":       {d.Test.Encod, array(ramp(1, 4, 2))},
		"test recon": {d.Test.Recon, (*Array)(nil)},
		"unread":     {d.Unread, []string{"comment"}},
		"truth":      {d.Train.Truth, (*Array)(nil)},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("%s: got %v, want %v", what, pair[0], pair[1])
		}
	}
}

func TestLoadTF2(t *testing.T) {
	d := load(t, tf2.with(file{
		"train_data":       {[]int64{0, 1, 2, 3, 4, 5}, []int{1, 3, 2}},
		"valid_data":       {[]uint8{5, 4, 3, 2, 1, 0}, []int{1, 3, 2}},
		"train_lowd":       ramp(1, 3, 3),
		"train_conditions": {[]int64{9}, []int{1}},
	}), nil, Options{BinWidth: 20 * time.Millisecond})
	if d.Train.Recon != d.Train.Encod || d.BinWidth != 20*time.Millisecond || d.Test != nil {
		t.Errorf("got %+v", d)
	}
	if got := d.Valid.Encod.Data; !reflect.DeepEqual(got, []float32{5, 4, 3, 2, 1, 0}) {
		t.Errorf("counts of bytes: got %v", got)
	}
	if d.Train.Latents.Features != 3 || d.Train.Condition[0] != 9 {
		t.Errorf("got latents %v, conditions %v", d.Train.Latents, d.Train.Condition)
	}
}

func TestTruth(t *testing.T) {
	truth := file{"train_truth": ramp(3, 4, 2), "valid_truth": ramp(2, 4, 2)}
	tenMs := Options{BinWidth: 10 * time.Millisecond}
	cases := []struct {
		name    string
		extra   file
		attrs   map[string]any
		options Options
		scale   float64 // of the truth; 0: unknown
		why     string
	}{
		{"conversion factor", file{"conversion_factor": {50.0, nil}}, nil, tenMs, 1.0 / 50, ""},
		{"as attribute", nil, map[string]any{"conversion_factor": 50.0}, tenMs, 1.0 / 50, ""},
		{"hz", nil, nil, Options{BinWidth: 10 * time.Millisecond, TruthUnit: TruthHz}, .01, ""},
		{"caller before file", file{"conversion_factor": {50.0, nil}}, nil, Options{TruthUnit: TruthCount}, 1, ""},
		{"hz without bin width", nil, nil, Options{TruthUnit: TruthHz}, 0, "bin width is not known"},
		{"unit unknown", nil, nil, tenMs, 0, "no conversion_factor"},
	}
	for _, c := range cases {
		d := load(t, tf2.with(truth).with(c.extra), c.attrs, c.options)
		if !strings.Contains(d.TruthUnknown, c.why) || (d.TruthUnknown == "") != (c.why == "") {
			t.Errorf("%s: unknown because %q, want %q", c.name, d.TruthUnknown, c.why)
		}
		if (d.Train.Truth != nil) != (c.scale != 0) || (d.Valid.Truth != nil) != (c.scale != 0) {
			t.Errorf("%s: got truth %v", c.name, d.Train.Truth)
		}
		if d.Train.Truth == nil {
			continue
		}
		for i, got := range d.Train.Truth.Data {
			// At most two roundings, of 1/scale and of the product: 2^-23 of the value.
			if want := float64(i) * c.scale; math.Abs(float64(got)-want) > 2e-7*want {
				t.Errorf("%s: element %d is %g, want %g", c.name, i, got, want)
			}
		}
	}
}

func TestLoadErrors(t *testing.T) {
	cases := []struct {
		name    string
		file    file
		attrs   map[string]any
		options Options
		parts   string
	}{
		{"other layout", file{"spikes": ramp(1, 2, 3), "rates": ramp(1, 2, 3)}, nil, Options{}, "keys rates, spikes|lfads-torch (train_encod_data|autolfads-tf2 (train_data"},
		{"empty", file{}, nil, Options{}, "no keys"},
		{"one key missing", torch.with(file{"valid_recon_data": {}}), nil, Options{}, "for layout lfads-torch it lacks valid_recon_data"},
		{"two dimensions", tf2.with(file{"train_data": ramp(3, 8)}), nil, Options{}, "train_data|[3 8]|trials x bins x neurons"},
		{"text", tf2.with(file{"train_data": {[]string{"a"}, []int{1, 1, 1}}}), nil, Options{}, "/train_data|string"},
		{"other neurons", tf2.with(file{"valid_data": ramp(2, 4, 3)}), nil, Options{}, "train_data has 3 trials x 4 bins x 2, valid_data has 2 trials x 4 bins x 3"},
		{"fewer bins", torch.with(file{"train_recon_data": ramp(3, 3, 3)}), nil, Options{}, "train_recon_data|at least"},
		{"other trials", torch.with(file{"train_behavior": ramp(2, 5, 1)}), nil, Options{}, "train_behavior has 2 trials"},
		{"a group for an array", file{"train_data/trial_0": ramp(4, 2), "valid_data": ramp(2, 4, 2)}, nil, Options{}, "train_data is a group|cut"},
		{"below a group", file{"session/train_data": ramp(3, 4, 2), "session/valid_data": ramp(2, 4, 2)}, nil, Options{}, "group session|top of the file"},
		{"capitals", file{"Train_data": ramp(3, 4, 2), "Valid_data": ramp(2, 4, 2)}, nil, Options{}, "rename Train_data to train_data"},
		{"encod alone", file{"train_encod_data": ramp(3, 4, 2), "valid_encod_data": ramp(2, 4, 2)}, nil, Options{}, "the same array under both names"},
		{"one array of one trial", file{"spikes": ramp(1, 4, 2)}, nil, Options{}, "spikes has one trial|autolfads infer"},
		{"one recording", file{"spikes": ramp(400, 2)}, nil, Options{}, "spikes has shape [400 2]|must be cut into trials"},
		{"a share of nothing", file{"spikes": ramp(3, 4, 2)}, nil, Options{ValidShare: -1}, "share of trials that validate is -1"},
		{"no such group", tf2, nil, Options{Group: "mc_maze"}, "group mc_maze|--data-group"},
		{"groups", nlb.in("mc_maze").with(nlb.in("mc_rtt")), nil, Options{}, "2 data sets, in groups mc_maze, mc_rtt|--data-group mc_maze"},
		{"tensors of other bins", nlb.with(file{"train_spikes_heldout": ramp(5, 3, 2)}), nil, Options{}, "train_spikes_heldout has 5 trials x 3 bins x 2|5 trials x 4 bins x 2"},
		{"neurons twice", file{"spikes": ramp(3, 4, 2), "heldin": {[]int64{0, 1}, []int{2}}, "heldout": {[]int64{1}, []int{1}}}, nil, Options{}, "heldin and heldout name 2 and 1 of 2 neurons"},
		{"behaviour in 1 ms", tf2.with(file{"train_behavior": ramp(3, 40, 2)}), nil, Options{}, "train_behavior has 40 bins for 4 bins of spikes|10 times as often|average or decimate"},
		{"behaviour of every other bin", tf2.with(file{"train_behavior": ramp(3, 2, 3)}), nil, Options{}, "train_behavior has 2 bins|once in 2 bins|interpolate"},
		{"behaviour of other bins", tf2.with(file{"train_behavior": ramp(3, 5, 1)}), nil, Options{}, "train_behavior has 5 bins for 4 bins|rename the key"},
		{"behaviour of other widths", tf2.with(file{"train_behavior": ramp(3, 4, 2), "valid_behavior": ramp(2, 4, 1)}), nil, Options{}, "train_behavior|valid_behavior|must agree"},
		{"behaviour by trial", tf2.with(file{"train_behavior": ramp(3)}), nil, Options{}, "train_behavior has shape [3]|rename the key"},
		{"latents of other bins", torch.with(file{"train_lowd": ramp(3, 6, 2)}), nil, Options{}, "train_lowd has 6 bins for 4 + 1 forward bins"},
		{"inputs without forward bins", torch.with(file{"train_ext_input": ramp(3, 4, 1), "valid_ext_input": ramp(2, 4, 1)}), nil, Options{}, "train_ext_input|through the forward bins"},
		{"inputs turned", tf2.with(file{"train_ext_input": ramp(3, 2, 4), "valid_ext_input": ramp(2, 2, 4)}), nil, Options{}, "train_ext_input|look like trials x features x bins"},
		{"behaviour of words", tf2.with(file{"train_behavior": {[]string{"a", "b", "c"}, []int{3, 1, 1}}}), nil, Options{}, "train_behavior|string|rename the key"},
		{"mask of other trials", tf2.with(file{"train_decode_mask": ramp(4, 2)}), nil, Options{}, "train_decode_mask has shape [4 2] for 3 trials"},
		{"conditions", tf2.with(file{"train_condition": {[]int64{1, 2}, []int{2}}}), nil, Options{}, "train_condition has 2 values for 3 trials"},
		{"truth of other shape", torch.with(file{"valid_truth": ramp(2, 4, 3)}), nil, Options{TruthUnit: TruthCount}, "valid_truth"},
		{"input in one split", torch.with(file{"train_ext_input": ramp(3, 5, 1)}), nil, Options{}, "valid_ext_input has none"},
		{"ids", tf2.with(file{"valid_inds": {[]int64{1}, []int{1}}}), nil, Options{}, "valid_inds has 1 values for 2 trials"},
		{"no trials", tf2.with(file{"valid_data": ramp(0, 4, 2)}), nil, Options{}, "valid_data is empty"},
		{"bin widths", tf2, map[string]any{"bin_width_ms": 5.0}, Options{BinWidth: time.Second}, "5ms|1s"},
		{"bin width", tf2, map[string]any{"bin_width_ms": math.NaN()}, Options{}, "bin_width_ms is NaN"},
		{"bin width text", tf2, map[string]any{"bin_width_ms": "5 ms"}, Options{}, `bin_width_ms is "5 ms"|--bin-ms`},
		{"factor", tf2.with(file{"train_truth": ramp(3, 4, 2), "conversion_factor": {0.0, nil}}), nil, Options{}, "conversion_factor is 0"},
		{"unit", tf2.with(file{"train_truth": ramp(3, 4, 2)}), nil, Options{TruthUnit: "khz"}, `"khz"|hz or count`},
	}
	for _, c := range cases {
		path := c.file.write(t, c.attrs)
		_, err := Load(path, c.options)
		if err == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		for part := range strings.SplitSeq(c.parts+"|"+path, "|") {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: %q does not say %q", c.name, err, part)
			}
		}
	}
}

func TestCheckValues(t *testing.T) {
	d := load(t, torch, nil, Options{})
	if err := d.CheckValues(counted); err != nil {
		t.Errorf("whole counts: %v", err)
	}
	for _, c := range []struct {
		value float32
		parts string
	}{
		{-1, "is -1"},
		{.5, "is 0.5"},
		{float32(math.Inf(1)), "is +Inf"},
		{1 << 40, "is 1.0995116e+12"},
	} {
		d := load(t, torch, nil, Options{})
		d.Valid.Recon.Bin(1, 3)[2] = c.value
		d.Valid.Recon.Bin(1, 4)[0] = c.value
		err := d.CheckValues(counted)
		if err == nil {
			t.Errorf("%g: no error", c.value)
			continue
		}
		for part := range strings.SplitSeq("valid_recon_data: trial 1, bin 3, neuron 2|2 such values of 30|not a count of spikes|do something else|"+c.parts, "|") {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%g: %q does not say %q", c.value, err, part)
			}
		}
	}
}

// sample has everything that a Dataset can have.
func sample() *Dataset {
	split := func(trials int) *Split {
		s := &Split{
			Recon:    array(ramp(trials, 5, 3)),
			External: array(ramp(trials, 5, 1)), Truth: array(ramp(trials, 5, 3)),
			Latents: array(ramp(trials, 5, 3)), Behavior: array(ramp(trials, 4, 2)),
		}
		s.Encod = firstOf(s.Recon, 4, 2)
		for i := range trials {
			s.TrialIDs, s.Condition = append(s.TrialIDs, int64(10*i)), append(s.Condition, int64(i%2))
		}
		return s
	}
	return &Dataset{BinWidth: 2500 * time.Microsecond, Train: split(4), Valid: split(2), Test: split(3), TruthDivisor: 1}
}

// firstOf returns the first bins and features of a.
func firstOf(a *Array, bins, features int) *Array {
	out := NewArray(a.Trials, bins, features)
	for trial := range a.Trials {
		for bin := range bins {
			copy(out.Bin(trial, bin), a.Bin(trial, bin))
		}
	}
	return out
}

func TestWriteLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sample.h5")
	want := sample()
	if err := want.Write(path); err != nil {
		t.Fatal(err)
	}
	got, err := Load(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got.Name, got.layout = "", nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestWriteErrors(t *testing.T) {
	d := sample()
	d.Valid = nil
	if err := d.Write(filepath.Join(t.TempDir(), "x.h5")); err == nil || !strings.Contains(err.Error(), "valid_encod_data") {
		t.Errorf("without validation trials: got %v", err)
	}
	if err := sample().Write(filepath.Join(t.TempDir(), "no folder", "x.h5")); err == nil {
		t.Error("into a folder that is not there: no error")
	}
}

func TestSummary(t *testing.T) {
	d := sample()
	for _, s := range d.splits() {
		clear(s.Recon.Data)
	}
	d.Train.Recon.Data[0], d.Train.Recon.Data[1] = 27, float32(math.NaN())
	s := d.Summary()
	// 9 trials x 5 bins x 3 neurons = 135 values, one missing, one of 27.
	want := Summary{
		Splits: []SplitSummary{{"train", 4}, {"valid", 2}, {"test", 3}},
		Bins:   4, ForwardBins: 1, HeldIn: 2, HeldOut: 1, BinWidth: d.BinWidth,
		Counts: true, MeanCount: 27.0 / 134, SD: math.Sqrt(27.0*27/134 - 27.0*27/134/134), MeanRateHz: 27.0 / 134 / .0025, ZeroShare: 133.0 / 134, Missing: 1,
		NotObserved: &Missing{
			Values: 1, Of: 135, Share: 1.0 / 135,
			Neurons: []MissingNeurons{{1, 1.0 / 45}}, Never: []int{}, Trials: []MissingTrials{{"train", 0, 1.0 / 15}},
		},
		Optional: []string{
			"external inputs (1)", "true rates (3)", "true latent states (3)", "behaviour (2)",
			"conditions (2)", "trial ids",
		},
		Truth: "counts per bin",
	}
	if math.Abs(s.SD-want.SD) < 1e-12 {
		s.SD = want.SD
	}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got  %+v\nwant %+v", s, want)
	}
	for _, part := range []string{
		"4 train, 2 valid, 3 test", "4 + 1 forward of 2.5ms", "2 held in + 1 held out", "80.6 Hz", "99.3 %", "missing      0.741 % of 135 values are not observed (NaN), 0 % of those read",
	} {
		if !strings.Contains(s.String(), part) {
			t.Errorf("%q is not in\n%s", part, s)
		}
	}
}
