package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
)

// outputs checks the rates that a run wrote.
func (r *judge) outputs() error {
	return r.checkRates(filepath.Join(r.out, "outputs", "tiny.h5"), r.sizes())
}

// checkRates checks a file of rates for a recording of size s: shapes, and that
// all is finite, rates of counts positive.
func (r *judge) checkRates(path string, s sizes) error {
	f, err := hdf5.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	for key, shape := range r.shapes(s) {
		d, err := f.Root().Dataset(key)
		if err != nil {
			return err
		}
		if !slices.Equal(d.Shape(), shape) {
			return fmt.Errorf("%s: %s has shape %v, want %v", path, key, d.Shape(), shape)
		}
	}
	for _, key := range arraysAtTop(f) {
		d, err := f.Root().Dataset(key)
		if err != nil {
			return err
		}
		values, err := d.Float64s()
		if err != nil {
			return err
		}
		rates := strings.HasSuffix(key, "_output_params") || key == "rates_hz"
		deviation := strings.HasSuffix(key, "_stds") || strings.HasSuffix(key, "_std")
		positive := deviation || rates && r.is("model.likelihood", "poisson")
		for i, v := range values {
			if v-v != 0 || positive && v <= 0 {
				return fmt.Errorf("%s: value %d of %s is %v", path, i, key, v)
			}
		}
	}
	return nil
}

// shapes returns the data sets that a file of rates must have.
func (r *judge) shapes(s sizes) map[string][]int {
	want := map[string][]int{}
	inputs, neurons := r.inForce("model.inferred_inputs"), s.neurons()-r.setAside()
	for split, trials := range map[string]int{"train": s.train, "valid": s.valid, "test": s.test} {
		if trials == 0 {
			continue
		}
		bins := func(features int) []int { return []int{trials, s.all(), features} }
		want[split+"_output_params"] = bins(neurons)
		for _, name := range r.parameters() {
			want[split+name] = bins(neurons)
		}
		want[split+"_factors"] = bins(r.inForce("model.factors"))
		want[split+"_gen_states"] = bins(r.inForce("model.generator_dim"))
		for _, name := range []string{"_ic_mean", "_ic_std"} {
			want[split+name] = []int{trials, r.inForce("model.initial_condition_dim")}
		}
		want[split+"_gen_init"] = []int{trials, r.inForce("model.generator_dim")}
		want[split+"_inds"] = []int{trials}
		if inputs+s.external > 0 {
			want[split+"_gen_inputs"] = bins(inputs + s.external)
		}
		if inputs > 0 {
			want[split+"_con_states"] = bins(r.inForce("model.controller_dim"))
			want[split+"_co_means"], want[split+"_co_stds"] = bins(inputs), bins(inputs)
		}
	}
	all := s.train + s.valid + s.test
	want["trial_ids"] = []int{all}
	if r.is("model.likelihood", "poisson") && !r.is("bin width", "not known") {
		want["rates_hz"] = []int{all, s.all(), neurons}
	}
	return want
}

// setAside is how many neurons the model does not see.
func (r *judge) setAside() int {
	places, err := dataset.DrawAside(r.sizes().heldIn, map[string]float64{"1": 1, ".5": .5}[r.combination["data.set_aside"]], 0)
	if err != nil {
		r.t.Fatal(err)
	}
	return len(places)
}

// inForce returns a whole number that the best model was made with.
func (r *judge) inForce(key string) int {
	if !r.is(key, searched) {
		return r.number(key)
	}
	var s scoring
	if err := json.Unmarshal(r.promised["scores.json"], &s); err != nil {
		return -1 // scores will say so
	}
	return int(s.Best.Hyper[key])
}

// spikesFrom counts those of validation trials from a bin and a neuron on,
// held-in neurons first.
func (r *judge) spikesFrom(fromBin, toBin, fromNeuron int) (float64, error) {
	key, s := "valid_recon_data", r.sizes()
	if r.is("layout", "autolfads-tf2") {
		key = "valid_data"
	}
	f, err := hdf5.Open(r.data)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	d, err := f.Root().Dataset(key)
	if err != nil {
		return 0, err
	}
	counts, err := d.Float64s()
	if err != nil {
		return 0, err
	}
	sum, axes := 0., axesOf(r.combination["axes"])
	for i, n := range counts {
		shape, at := d.Shape(), [3]int{}
		at[axes[2]], at[axes[1]], at[axes[0]] = i%shape[2], i/shape[2]%shape[1], i/shape[2]/shape[1]
		bin, neuron := at[1], at[2]
		if r.is("held-in neurons lie", "in reverse") {
			neuron = s.neurons() - 1 - neuron
		}
		if bin >= fromBin && bin < toBin && neuron >= fromNeuron && n == n {
			sum += n
		}
	}
	return sum, nil
}

// scoring is scores.json.
type scoring struct {
	Best struct {
		Score *float64           `json:"score"`
		Hyper map[string]float64 `json:"hyper"`
	} `json:"best"`
	Scores []struct {
		Name  string   `json:"name"`
		Value *float64 `json:"value"`
	} `json:"scores"`
	Skipped []string `json:"skipped_scores"`
	Oracle  *float64 `json:"oracle"`
}

func (s *scoring) has(part string) bool {
	for _, score := range s.Scores {
		if strings.Contains(score.Name, part) {
			return true
		}
	}
	return false
}

func (s *scoring) skips(part string) bool {
	return slices.ContainsFunc(s.Skipped, func(why string) bool { return strings.Contains(why, part) })
}

// scores checks that the run has the scores that its data allow.
func (r *judge) scores() error {
	text, err := os.ReadFile(filepath.Join(r.out, "scores.json"))
	if err != nil {
		return err
	}
	var s scoring
	if err := json.Unmarshal(text, &s); err != nil {
		return fmt.Errorf("scores.json: %w:\n%s", err, text)
	}
	fail := func(format string, args ...any) error {
		return fmt.Errorf("scores.json %s:\n%s", fmt.Sprintf(format, args...), text)
	}
	if s.Best.Score == nil {
		return fail("has no score of the best model")
	}
	for _, score := range s.Scores {
		if score.Value == nil {
			return fail("has no value of %q", score.Name)
		}
	}
	want, err := r.wantedScores()
	if err != nil {
		return err
	}
	for _, w := range want {
		if !s.has(w.score) && !(w.orSkipped && s.skips(w.score)) {
			return fail("says nothing of %q", w.score)
		}
	}
	return nil
}

// wantedScore is a part of a score's name; the reason why it is skipped will do
// where the data are too few.
type wantedScore struct {
	score     string
	orSkipped bool
}

func (r *judge) wantedScores() ([]wantedScore, error) {
	s := r.sizes()
	few := s.train*s.bins < 30 || s.valid*s.bins < 4
	mayBeConstant := s.valid == 1 || r.is("spikes", "none in validation") || r.hasMissing() // a few small counts can all be 0
	if !r.is("model.likelihood", "poisson") {
		return append(r.wantedOfAll(few), wantedScore{"data from means", few || mayBeConstant}), nil
	}
	want := append(r.wantedOfAll(few), wantedScore{"negative log likelihood", false})
	if r.setAside() > 0 {
		want = append(want, wantedScore{"few-shot co-bps (k = 4)", true})
	}
	for _, bits := range []struct {
		score                      string
		fromBin, toBin, fromNeuron int
	}{{"bits per spike", 0, s.all(), 0}, {"co-bps", 0, s.bins, s.heldIn}, {"fp-bps", s.bins, s.all(), 0}} {
		spikes, err := r.spikesFrom(bits.fromBin, bits.toBin, bits.fromNeuron)
		if err != nil {
			return nil, err
		}
		if some := r.setAside() > 0 && bits.fromNeuron == 0; spikes > 0 && !some { // of those set aside they may be
			want = append(want, wantedScore{bits.score, false})
		}
	}
	return want, nil
}

// wantedOfAll are the scores that any likelihood has.
func (r *judge) wantedOfAll(few bool) (want []wantedScore) {
	if r.both("truth") && !r.is("truth", "unit not known") {
		want = append(want, wantedScore{"true rates", few})
		if r.missesLearned() && r.setAside() == 0 { // of those set aside all may be missing
			want = append(want, wantedScore{"true rates at missing bins", true})
		}
	}
	if r.both("latents") {
		want = append(want, wantedScore{"true states", few})
	}
	if r.both("behaviour") {
		want = append(want, wantedScore{"behaviour", few})
	}
	return want
}

// figures checks that what can be drawn in bins of known width is: spikes and rates if
// they are counts, else signals and means; behaviour if it could be decoded.
func (r *judge) figures() error {
	var want []string
	switch {
	case r.is("bin width", "not known"):
	case !r.is("model.likelihood", "poisson"):
		want = append(want, "signals.png")
	default:
		want = append(want, "rates.png")
		if r.both("behaviour") && !strings.Contains(string(r.promised["scores.json"]), "scoring behaviour") {
			want = append(want, "behavior.png")
		}
	}
	if r.isPopulation() {
		want = append(want, "search.png")
	}
	for _, name := range want {
		if image := r.promised["figures/"+name]; !strings.HasPrefix(string(image), "\x89PNG") {
			return fmt.Errorf("no figure %s", name)
		}
	}
	return nil
}
