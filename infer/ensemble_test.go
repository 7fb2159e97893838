package infer_test

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/lfads"
)

// otherModel is of other sizes than newModelOf, and of other weights.
func otherModel(t *testing.T, likelihood string, seed uint64) *lfads.Model {
	t.Helper()
	c := lfads.DefaultConfig()
	c.Likelihood = likelihood
	c.GeneratorDim, c.Factors, c.InitialConditionDim, c.ICEncoderDim, c.InferredInputs = 7, 3, 6, 5, 0
	model, err := lfads.New(c, lfads.Shape{HeldIn: heldIn, Neurons: neurons, Bins: bins, ReconBins: reconBins})
	if err != nil {
		t.Fatal(err)
	}
	model.Initialise(seed, 0)
	return model
}

// together is the ensemble of three models of a likelihood, and what each says alone.
func together(t *testing.T, d *dataset.Dataset, likelihood string, threads int) (*infer.Ensemble, []*infer.Result) {
	t.Helper()
	all := []*infer.Result{
		run(t, newModelOf(t, 2, likelihood), d, threads),
		run(t, otherModel(t, likelihood, 3), d, threads),
		run(t, otherModel(t, likelihood, 4), d, threads),
	}
	a := infer.NewAveraging(all[0], infer.Model{Name: "A", Seed: 11, Samples: 3})
	for i, name := range []string{"B", "C"} {
		if err := a.Add(all[i+1], infer.Model{Name: name, Seed: uint64(i), Samples: 5, AllTrials: name == "C"}); err != nil {
			t.Fatal(err)
		}
	}
	return a.Ensemble(), all
}

// Rates are the mean, and what is of one model alone is the first's.
func TestEnsembleRates(t *testing.T) {
	d := recording()
	e, all := together(t, d, "poisson", 1)
	for i := range e.Mean.Valid.Rates.Data {
		want := 0.
		for _, r := range all {
			want += float64(r.Valid.Rates.Data[i])
		}
		if got := e.Mean.Valid.Rates.Data[i]; got != float32(want/3) {
			t.Fatalf("rate %d is %v, want %v", i, got, want/3)
		}
	}
	if e.First != all[0] || e.Mean.Train.Factors != all[0].Train.Factors || e.Mean.Test.Rates == all[0].Test.Rates {
		t.Error("factors are not those of the first model, or its rates were changed")
	}
}

// The variance is that of the mixture: of a draw from a model that is drawn first.
func TestEnsembleVariance(t *testing.T) {
	e, all := together(t, recording(), "gaussian", 1)
	for i, got := range e.Mean.Train.Parameters[0].Data {
		var mean, square float64
		for _, r := range all {
			m := float64(r.Train.Rates.Data[i])
			mean, square = mean+m/3, square+(m*m+float64(r.Train.Parameters[0].Data[i]))/3
		}
		if want := square - mean*mean; math.Abs(float64(got)-want) > 1e-6*want {
			t.Fatalf("variance %d is %v, want %v", i, got, want)
		}
	}
}

// A mixture of Gamma distributions has no shape and no rate: these stay the first's. The
// probability of an event is a mean.
func TestEnsembleWithoutMixture(t *testing.T) {
	d := recording()
	for _, s := range []*dataset.Split{d.Train, d.Valid, d.Test} {
		for _, a := range []*dataset.Array{s.Encod, s.Recon} {
			if a == nil {
				continue
			}
			for i := range a.Data {
				a.Data[i]++ // above 0
			}
		}
	}
	e, all := together(t, d, "gamma", 1)
	for q := range 2 {
		if e.Mean.Train.Parameters[q] != all[0].Train.Parameters[q] {
			t.Errorf("parameter %d of a Gamma distribution is not the first's", q)
		}
	}
	e, all = together(t, d, "zero_inflated_gamma", 1)
	for i, got := range e.Mean.Train.Parameters[2].Data {
		want := 0.
		for _, r := range all {
			want += float64(r.Train.Parameters[2].Data[i])
		}
		if got != float32(want/3) {
			t.Fatalf("probability %d is %v, want %v", i, got, want/3)
		}
	}
}

// A file says of each array whose it is, has what the first model says alone in a group,
// and is the same for any number of threads.
func TestEnsembleWrite(t *testing.T) {
	d := recording()
	path, again := filepath.Join(t.TempDir(), "mean.h5"), filepath.Join(t.TempDir(), "mean.h5")
	e, all := together(t, d, "gaussian", 1)
	other, _ := together(t, d, "gaussian", 2)
	for p, e := range map[string]*infer.Ensemble{path: e, again: other} {
		if err := e.Write(p, d, source); err != nil {
			t.Fatal(err)
		}
	}
	a, err := os.ReadFile(path)
	b, err2 := os.ReadFile(again)
	if err != nil || err2 != nil || !bytes.Equal(a, b) {
		t.Errorf("two threads write another file: %v, %v", err, err2)
	}
	g := open(t, path)
	const mean, mixture = "mean of 3 runs: A, B, C", "mixture of 3 runs: A, B, C"
	for _, key := range g.Keys() {
		want := "A"
		switch {
		case strings.HasSuffix(key, "_output_params"):
			want = mean
		case strings.HasSuffix(key, "_output_variance"):
			want = mixture
		case strings.HasSuffix(key, "ids") || strings.HasSuffix(key, "_inds") || key == "single":
			continue
		}
		wantText(t, data(t, g, key), "of", want)
	}
	wantText(t, g, "run", mean)
	for name, want := range map[string][]string{"ensemble": {"A", "B", "C"}, "seed": {"11", "0", "1"}} {
		attr, err := g.Attr(name)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := attr.Strings(); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s is %q (%v), want %q", name, got, err, want)
		}
	}
	single, err := g.Group("single")
	if err != nil {
		t.Fatal(err)
	}
	wantText(t, single, "run", "A")
	wantText(t, single, "seed", "11")
	wantText(t, g, "trained_on", "training and validation trials")
	if _, err := single.Attr("trained_on"); err == nil {
		t.Error("the first model is said to have seen the validation trials, which the third has")
	}
	wantText(t, data(t, single, "valid_output_params"), "of", "A")
	for key, want := range map[string]*dataset.Array{"valid_output_params": all[0].Valid.Rates, "valid_output_variance": all[0].Valid.Parameters[0], "valid_factors": all[0].Valid.Factors} {
		if !slices.Equal(floats(t, single, key), want.Data) {
			t.Errorf("single/%s is not what the first model says", key)
		}
	}
	if single.Has("train_gen_states") || single.Has("train_co_means") {
		t.Error("states stand in the group single, too")
	}
}

// Of windows of a continuous recording the mean is merged.
func TestEnsembleMerged(t *testing.T) {
	d := windows()
	e, _ := together(t, d, "poisson", 1)
	path := filepath.Join(t.TempDir(), "mean.h5")
	if err := e.Write(path, d, source); err != nil {
		t.Fatal(err)
	}
	g := open(t, path)
	rates := []*dataset.Array{e.Mean.Train.Rates, e.Mean.Valid.Rates, e.Mean.Test.Rates}
	want := merged(d, func(p int) *dataset.Array { return rates[p] }, 1)
	wantColumn(t, g, "continuous/rates_hz", d.InFile(1), want, 200)
	wantText(t, data(t, g, "continuous/rates_hz"), "of", "mean of 3 runs: A, B, C")
	wantText(t, data(t, g, "continuous/factors"), "of", "A")
	if single, err := g.Group("single"); err != nil || single.Has("continuous") {
		t.Errorf("the group single has something merged, or is not there: %v", err)
	}
}

// Rates of other shapes are not averaged.
func TestEnsembleRefuses(t *testing.T) {
	d := recording()
	first := run(t, newModel(t, 2), d, 1)
	d.Test = nil
	fewer := run(t, newModel(t, 2), d, 1)
	d.Valid, d.Test = d.Train, recording().Test
	more := run(t, newModel(t, 2), d, 1)
	for want, r := range map[string]*infer.Result{"other trials": fewer, "its rates are 4 trials": more} {
		if err := infer.NewAveraging(first, infer.Model{}).Add(r, infer.Model{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}
