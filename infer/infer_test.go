package infer_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/rng"
)

const (
	bins, reconBins, heldIn, neurons = 6, 8, 3, 4
	samples, seed                    = 3, 11
)

var source = infer.Source{Version: "1.2.3", Run: "runs/one", Data: "maze.h5", Seed: seed}

// recording is a small set whose trials were split out of order. The test split
// has held-in neurons alone.
func recording() *dataset.Dataset {
	src := rng.NewSource(rng.Derive(1, rng.Synthesis))
	split := func(ids ...int64) *dataset.Split {
		s := &dataset.Split{Encod: dataset.NewArray(len(ids), bins, heldIn), Recon: dataset.NewArray(len(ids), reconBins, neurons), TrialIDs: ids}
		for _, a := range []*dataset.Array{s.Encod, s.Recon} {
			for i := range a.Data {
				a.Data[i] = float32(src.IntN(3))
			}
		}
		return s
	}
	d := &dataset.Dataset{BinWidth: 5 * time.Millisecond, Train: split(70, 10, 40, 20), Valid: split(60, 30), Test: split(50)}
	d.Test.Recon = nil
	return d
}

func newModel(t *testing.T, inputs int) *lfads.Model { return newModelOf(t, inputs, "poisson") }

func newModelOf(t *testing.T, inputs int, likelihood string) *lfads.Model {
	t.Helper()
	c := lfads.DefaultConfig()
	c.Likelihood = likelihood
	c.GeneratorDim, c.Factors, c.InitialConditionDim, c.ICEncoderDim = 9, 5, 4, 7
	c.CIEncoderDim, c.ControllerDim, c.InferredInputs = 6, 8, inputs
	model, err := lfads.New(c, lfads.Shape{HeldIn: heldIn, Neurons: neurons, Bins: bins, ReconBins: reconBins})
	if err != nil {
		t.Fatal(err)
	}
	model.Initialise(2, 0)
	return model
}

func run(t *testing.T, model *lfads.Model, d *dataset.Dataset, threads int) *infer.Result {
	t.Helper()
	r, err := infer.Run(context.Background(), model, d, infer.Options{Samples: samples, Seed: seed, Engine: lfads.Threads(threads)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// write writes an output file and returns its name.
func write(t *testing.T, d *dataset.Dataset, r *infer.Result) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rates.h5")
	if err := infer.Write(path, d, r, source); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, path string) *hdf5.Group {
	t.Helper()
	f, err := hdf5.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f.Root()
}

func data(t *testing.T, g *hdf5.Group, name string) *hdf5.Dataset {
	t.Helper()
	d, err := g.Dataset(name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func floats(t *testing.T, g *hdf5.Group, name string) []float32 {
	t.Helper()
	x, err := data(t, g, name).Float32s()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func integers(t *testing.T, g *hdf5.Group, name string) []int64 {
	t.Helper()
	x, err := data(t, g, name).Int64s()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// The file holds what its documentation says, by name, shape, unit and value.
func TestWrite(t *testing.T) {
	d := recording()
	r := run(t, newModel(t, 2), d, 1)
	g := open(t, write(t, d, r))
	want := []string{"rates_hz", "trial_ids"}
	for _, s := range []struct {
		name  string
		split *dataset.Split
		post  *lfads.Posterior
	}{{"train", d.Train, r.Train}, {"valid", d.Valid, r.Valid}, {"test", d.Test, r.Test}} {
		trials := s.split.Trials()
		for _, q := range []struct {
			name, unit string
			values     *dataset.Array
			shape      []int
		}{
			{"output_params", "spikes per bin", s.post.Rates, []int{trials, reconBins, neurons}},
			{"factors", "arbitrary", s.post.Factors, []int{trials, reconBins, 5}},
			{"gen_states", "arbitrary", s.post.GeneratorStates, []int{trials, reconBins, 9}},
			{"gen_inputs", "arbitrary", s.post.GeneratorInputs, []int{trials, reconBins, 2}},
			{"con_states", "arbitrary", s.post.ControllerStates, []int{trials, reconBins, 8}},
			{"co_means", "arbitrary", s.post.InputMeans, []int{trials, reconBins, 2}},
			{"co_stds", "arbitrary", s.post.InputStds, []int{trials, reconBins, 2}},
			{"ic_mean", "arbitrary", s.post.ICMeans, []int{trials, 4}},
			{"ic_std", "arbitrary", s.post.ICStds, []int{trials, 4}},
			{"gen_init", "arbitrary", s.post.GeneratorInit, []int{trials, 9}},
		} {
			name := s.name + "_" + q.name
			want = append(want, name)
			if got := data(t, g, name).Shape(); !slices.Equal(got, q.shape) {
				t.Errorf("%s is %v, want %v", name, got, q.shape)
			}
			if !slices.Equal(floats(t, g, name), q.values.Data) {
				t.Errorf("%s holds other numbers than were inferred", name)
			}
			wantText(t, data(t, g, name), "unit", q.unit)
		}
		want = append(want, s.name+"_inds")
		if got := integers(t, g, s.name+"_inds"); !slices.Equal(got, s.split.TrialIDs) {
			t.Errorf("%s_inds is %v, want %v", s.name, got, s.split.TrialIDs)
		}
	}
	slices.Sort(want)
	if got := g.Keys(); !slices.Equal(got, want) {
		t.Errorf("the file holds %v, want %v", got, want)
	}
}

type attributed interface {
	Attr(name string) (*hdf5.Attribute, error)
}

func wantText(t *testing.T, from attributed, name, want string) {
	t.Helper()
	a, err := from.Attr(name)
	if err != nil {
		t.Error(err)
		return
	}
	if got, err := a.Strings(); err != nil || !slices.Equal(got, []string{want}) {
		t.Errorf("attribute %s is %q (%v), want %q", name, got, err, want)
	}
}

// Attributes of the file say where it comes from.
func TestWriteAttributes(t *testing.T) {
	d := recording()
	g := open(t, write(t, d, run(t, newModel(t, 2), d, 1)))
	for name, want := range map[string]string{"autolfads_version": "1.2.3", "run": "runs/one", "data": "maze.h5", "seed": "11"} {
		wantText(t, g, name, want)
	}
	for name, want := range map[string]float64{"posterior_samples": samples, "bin_width_ms": 5} {
		a, err := g.Attr(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if got, err := a.Float64s(); err != nil || !slices.Equal(got, []float64{want}) {
			t.Errorf("attribute %s is %v (%v), want %v", name, got, err, want)
		}
	}
}

// rates_hz holds all trials in the recording's order, in spikes per second: a
// rate of a bin over the bin's width.
func TestOriginalOrder(t *testing.T) {
	d := recording()
	r := run(t, newModel(t, 2), d, 1)
	g := open(t, write(t, d, r))
	if got, want := integers(t, g, "trial_ids"), []int64{10, 20, 30, 40, 50, 60, 70}; !slices.Equal(got, want) {
		t.Errorf("trial_ids is %v, want %v", got, want)
	}
	wantRates(t, g, [][]float32{
		r.Train.Rates.Trial(1), r.Train.Rates.Trial(3), r.Valid.Rates.Trial(1), r.Train.Rates.Trial(2),
		r.Test.Rates.Trial(0), r.Valid.Rates.Trial(0), r.Train.Rates.Trial(0),
	})
	wantText(t, data(t, g, "rates_hz"), "unit", "spikes per second")
}

// wantRates wants these trials, in counts per bin of 5 ms.
func wantRates(t *testing.T, g *hdf5.Group, trials [][]float32) {
	t.Helper()
	if got, want := data(t, g, "rates_hz").Shape(), []int{len(trials), reconBins, neurons}; !slices.Equal(got, want) {
		t.Fatalf("rates_hz is %v, want %v", got, want)
	}
	hz := floats(t, g, "rates_hz")
	for i, rates := range trials {
		for j, rate := range rates {
			if got, want := hz[i*len(rates)+j], rate*200; got != want { // 1 / 5 ms is 200 exactly
				t.Fatalf("trial %d, element %d: %v spikes per second, want %v", i, j, got, want)
			}
		}
	}
}

// Where the file does not say which trial is which, they come split after
// split, and the file says so.
func TestUnknownOrder(t *testing.T) {
	d := recording()
	d.Train.TrialIDs, d.Valid.TrialIDs, d.Test.TrialIDs = nil, nil, nil
	r := run(t, newModel(t, 2), d, 1)
	g := open(t, write(t, d, r))
	if got, want := integers(t, g, "trial_ids"), []int64{0, 1, 2, 3, 4, 5, 6}; !slices.Equal(got, want) {
		t.Errorf("trial_ids is %v, want %v", got, want)
	}
	if got, want := integers(t, g, "valid_inds"), []int64{4, 5}; !slices.Equal(got, want) {
		t.Errorf("valid_inds is %v, want %v", got, want)
	}
	wantText(t, g, "trial_ids_note", "the file has no *_inds: trials are numbered by place, split after split")
	var trials [][]float32
	for _, p := range []*lfads.Posterior{r.Train, r.Valid, r.Test} {
		for i := range p.Rates.Trials {
			trials = append(trials, p.Rates.Trial(i))
		}
	}
	wantRates(t, g, trials)
}

// Rates come in the order of the file's neurons, not of the model's.
func TestNeuronsInTheOrderOfTheFile(t *testing.T) {
	d := recording()
	r := run(t, newModel(t, 2), d, 1)
	d.Order = []int{2, 0, 3, 1}
	g := open(t, write(t, d, r))
	got, hz := floats(t, g, "valid_output_params"), floats(t, g, "rates_hz")
	for bin := range reconBins {
		for n, place := range d.Order {
			want := r.Valid.Rates.Bin(1, bin)[n]
			// Trial 1 of valid is 30 of the recording, third in its order.
			if at := bin*neurons + place; got[reconBins*neurons+at] != want || hz[2*reconBins*neurons+at] != want*200 {
				t.Fatalf("bin %d, neuron %d: %v, want %v", bin, place, got[reconBins*neurons+at], want)
			}
		}
	}
}

// What is not counted has no spikes per bin, and no rates in Hz.
func TestWriteContinuous(t *testing.T) {
	d := recording()
	d.Order = []int{2, 0, 1, 3}
	r := run(t, newModelOf(t, 2, "gaussian"), d, 1)
	path := filepath.Join(t.TempDir(), "means.h5")
	if err := infer.Write(path, d, r, source); err != nil {
		t.Fatal(err)
	}
	g := open(t, path)
	wantText(t, data(t, g, "train_output_params"), "unit", "as the data")
	wantText(t, data(t, g, "train_output_variance"), "unit", "as the data, squared")
	got, inferred := floats(t, g, "valid_output_variance"), r.Valid.Parameters[0]
	for i, v := range inferred.Data {
		if file := i - i%neurons + d.InFile(i%neurons); got[file] != v || !(v > 0) {
			t.Fatalf("variance %d is %v, in the file %v", i, v, got[file])
		}
	}
	if g.Has("rates_hz") {
		t.Error("there are rates in Hz of what is no rate")
	}
}

// What is not there is left out: a controller's quantities, a test split,
// rates in Hz if the bin width is not known.
func TestWriteLeavesOut(t *testing.T) {
	d := recording()
	d.Test, d.BinWidth = nil, 0
	r := run(t, newModel(t, 0), d, 1)
	if r.Test != nil {
		t.Error("inferred rates of a test split that is not there")
	}
	var want []string
	for _, s := range []string{"train", "valid"} {
		for _, q := range []string{"factors", "gen_init", "gen_states", "ic_mean", "ic_std", "inds", "output_params"} {
			want = append(want, s+"_"+q)
		}
	}
	want = append(want, "trial_ids")
	slices.Sort(want)
	if got := open(t, write(t, d, r)).Keys(); !slices.Equal(got, want) {
		t.Errorf("the file holds %v, want %v", got, want)
	}
}

// The same bytes for any number of threads, and from one time to the next.
func TestSameBytes(t *testing.T) {
	d := recording()
	var want []byte
	for _, threads := range []int{1, 2, 1} {
		got, err := os.ReadFile(write(t, d, run(t, newModel(t, 2), d, threads)))
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%d threads give another file", threads)
		}
	}
}

// Each split has noise of its own: equal trials of two splits differ.
func TestSplitsHaveTheirOwnNoise(t *testing.T) {
	d := recording()
	d.Valid = d.Train
	r := run(t, newModel(t, 2), d, 1)
	if !reflect.DeepEqual(r.Train.ICMeans, r.Valid.ICMeans) {
		t.Error("equal trials have different posteriors")
	}
	if reflect.DeepEqual(r.Train.GeneratorInit, r.Valid.GeneratorInit) {
		t.Error("two splits share their samples")
	}
}

func TestProgress(t *testing.T) {
	var seen [][2]int
	o := infer.Options{Samples: 1, Engine: lfads.Threads(1), Progress: func(done, total int) { seen = append(seen, [2]int{done, total}) }}
	if _, err := infer.Run(context.Background(), newModel(t, 2), recording(), o); err != nil {
		t.Fatal(err)
	}
	if want := [][2]int{{4, 7}, {6, 7}, {7, 7}}; !slices.Equal(seen, want) {
		t.Errorf("progress %v, want %v", seen, want)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := infer.Run(ctx, newModel(t, 2), recording(), infer.Options{Samples: 1, Engine: lfads.Threads(1)}); r != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("result %v, error %v", r, err)
	}
}

func TestConfigCheck(t *testing.T) {
	c := infer.DefaultConfig()
	if err := c.Check(); err != nil {
		t.Error(err)
	}
	for samples, want := range map[int]string{0: "infer.samples is 0: it must be 1 to 1048576", 1 << 40: "infer.samples is 1099511627776: it must be 1 to 1048576"} {
		c.Samples = samples
		if err := c.Check(); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}
