package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/prior"
)

// factors returns all that the documentation offers, with values small enough
// to train in a fraction of a second: ends of ranges, zero, and what is usual.
// What can be searched is, too.
func allFactors() []factor {
	all := append(fixedFactors(), augmentations()...)
	for i, f := range all {
		if s := settingAt(f.name); s.Search != "" {
			all[i].values, all[i].space = append(f.values, searched), spaceOf(s, f.values)
		}
	}
	return all
}

// settingAt returns the setting at a key; nothing if there is none.
func settingAt(key string) settings.Setting {
	var config autolfads.Config
	for _, s := range settings.List(&config) {
		if s.Key == key {
			return s
		}
	}
	return settings.Setting{}
}

// spaceOf returns the entry of pbt.space that goes from the least value to the
// greatest; "" if the default space has one, which then is tried.
func spaceOf(s settings.Setting, values []string) string {
	if _, has := autolfads.DefaultConfig().PBT.Space[s.Key]; has {
		return ""
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, text := range values {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			panic(fmt.Sprintf("%s = %s can be searched, and is no number", s.Key, text))
		}
		low, high = min(low, v), max(high, v)
	}
	scale := "log"
	if low == 0 {
		scale = "uniform"
	}
	return fmt.Sprintf("{low: %v, high: %v, scale: %s}", low, high, scale)
}

func fixedFactors() []factor {
	noController := []string{"0"}
	single := []string{"pbt", "paper"} // search of whose schedule and early stop are off
	population := []string{"fixed", "random"}
	return []factor{
		// How it is called.
		{name: "search", values: enum(runCmd{}, "Search")},
		{name: "workers", values: []string{"1", "0", "2"}},
		{name: "threads", values: []string{"1", "0", "2"}},
		{name: "seed", values: []string{"0", "18446744073709551615"}},
		{name: "progress", values: []string{"text", "json"}},
		{name: "settings", values: []string{"flags", "file"}},
		{name: "preset", values: append([]string{"none"}, config.Presets()...)},
		{name: "names", values: []string{"our own", "known elsewhere"}},
		{name: "infer", values: []string{"the run's file", "the file by its checkpoint", "an ensemble", "more trials", "more bins", "fewer bins", "test trials alone", "one array"}},
		{name: "replay", values: []string{"as it was", "of all trials", "of two seeds"}},
		{name: "second run", values: []string{"as the first", "extended", "moved"}},

		// The recording.
		{name: "layout", values: []string{"lfads-torch", "autolfads-tf2"}},
		{name: "stored as", values: []string{"float32", "int8", "uint8", "uint16", "int64", "float64"}},
		{name: "storage", values: []string{"plain", "compressed", "chunks"}},
		{name: "axes", values: []string{"not said", "trials,bins,neurons", "neurons,bins,trials", "trials,neurons,bins"}},
		{name: "training trials", values: []string{"9", "1", "3"}},
		{name: "validation trials", values: []string{"4", "1"}},
		{name: "test trials", values: []string{"none", "spikes read", "all spikes"}},
		{name: "bins", values: []string{"6", "12", "1"}},
		{name: "forward bins", values: []string{"0", "1", "3"}},
		{name: "held-in neurons", values: []string{"4", "1"}},
		{name: "held-out neurons", values: []string{"0", "1", "2"}},
		{name: "data.set_aside", values: []string{"0", "1", ".5"}},
		{name: "held-in neurons lie", values: []string{"first", "in reverse", "first, and differ"}, needs: "layout", off: []string{"autolfads-tf2"}},
		{name: "external inputs", values: []string{"0", "1", "2"}},
		{name: "spikes", values: []string{"ordinary", "a silent neuron", "none in validation", "real numbers", "positive numbers"}},
		{name: "missing", values: []string{"none", "none, and refused", "bins", "bins of those read", "ends of trials", "a neuron", "a neuron in training", "a trial"}},
		{name: "bin width", values: []string{"attribute", "flag", "setting", "not known"}},
		{name: "truth", values: []string{"none", "conversion", "hz", "count", "with gaps", "unit not known", "train alone", "valid alone"}},
		{name: "latents", values: []string{"none", "both", "train alone", "valid alone"}},
		{name: "behaviour", values: []string{"none", "of bins read", "one, of all bins", "with gaps", "constant column", "train alone", "valid alone"}},
		{name: "conditions", values: []string{"none", "both", "words", "train alone", "valid alone"}},
		{name: "trial ids", values: []string{"none", "all", "train alone"}},

		// The model.
		{name: "model.generator_dim", values: []string{"5", "1"}},
		{name: "model.factors", values: []string{"3", "1", "9"}},
		{name: "model.initial_condition_dim", values: []string{"3", "1"}},
		{name: "model.ic_encoder_dim", values: []string{"4", "1"}},
		{name: "model.inferred_inputs", values: []string{"1", "0", "3"}},
		{name: "model.ci_encoder_dim", values: []string{"4", "1"}, needs: "model.inferred_inputs", off: noController},
		{name: "model.controller_dim", values: []string{"4", "1"}, needs: "model.inferred_inputs", off: noController},
		{name: "model.ci_lag", values: []string{"1", "0", "2", "20"}, needs: "model.inferred_inputs", off: noController},
		{name: "model.input_prior", values: prior.Names(), needs: "model.inferred_inputs", off: noController},
		{name: "model.input_prior_tau", values: []string{"10", "2"}, needs: "model.inferred_inputs", off: noController},
		{name: "model.input_prior_noise_variance", values: []string{".1", "1"}, needs: "model.inferred_inputs", off: noController},
		{name: "model.ic_segment_bins", values: []string{"0", "1", "3"}},
		{name: "model.input_prior_degrees_of_freedom", values: []string{"5", "1", "1e6"}, needs: "model.input_prior", off: others(prior.Names(), "student_t")},
		{name: "model.cell_clip", values: []string{"5", ".05"}},
		{name: "model.variational", values: []string{"true", "false"}},
		{name: "model.ic_prior", values: []string{"normal", "none"}, needs: "model.variational", off: []string{"false"}},
		{name: "model.ic_prior_variance", values: []string{".1", "1"}, needs: "model.ic_prior", off: []string{"none"}},
		{name: "model.ic_posterior_min_variance", values: []string{"1e-4", "0"}},
		{name: "model.likelihood", values: likelihood.Names()},
		{name: "model.zig_location", values: []string{"0", ".1"}, needs: "model.likelihood", off: others(likelihood.Names(), "zero_inflated_gamma")},
		{name: "model.zig_scale", values: []string{"20", "0"}, needs: "model.likelihood", off: others(likelihood.Names(), "zero_inflated_gamma")},
		{name: "model.zig_scale_penalty", values: []string{"1e-5", "0", "1"}, needs: "model.likelihood", off: others(likelihood.Names(), "zero_inflated_gamma")},

		// Training.
		{name: "train.batch_size", values: []string{"64", "1", "4"}},
		{name: "train.dropout_rate", values: []string{".3", "0", ".9"}},
		{name: "train.coordinated_dropout_rate", values: []string{".5", "0", ".9"}},
		{name: "train.coordinated_dropout_pass_rate", values: []string{"0", ".5", "1"}, needs: "train.coordinated_dropout_rate", off: []string{"0"}},
		{name: "train.learning_rate", values: []string{"4e-3", "4e-2"}},
		{name: "train.learning_rate_decay", values: []string{".95", ".1"}, needs: "search", off: single},
		{name: "train.learning_rate_patience", values: []string{"6", "1"}, needs: "search", off: single},
		{name: "train.learning_rate_min", values: []string{"1e-5", "3e-3"}, needs: "search", off: single},
		{name: "train.adam_beta1", values: []string{".9", "0"}},
		{name: "train.adam_beta2", values: []string{".999", ".9"}},
		{name: "train.adam_epsilon", values: []string{"1e-8", ".1"}},
		{name: "train.weight_decay", values: []string{"0", ".1"}},
		{name: "train.average_half_life", values: []string{"0", "2", "30"}},
		{name: "train.gradient_clip", values: []string{"200", ".01"}},
		{name: "train.loss_scale", values: []string{"1e4", "1"}},
		{name: "train.kl_ic_scale", values: []string{"1e-5", "0"}},
		{name: "train.kl_input_scale", values: []string{"1e-5", "0"}, needs: "model.inferred_inputs", off: noController},
		{name: "train.l2_generator_scale", values: []string{".1", "0"}},
		{name: "train.l2_controller_scale", values: []string{".1", "0"}, needs: "model.inferred_inputs", off: noController},
		{name: "train.l2_ic_encoder_scale", values: []string{"0", ".1"}},
		{name: "train.l2_ci_encoder_scale", values: []string{"0", ".1"}, needs: "model.inferred_inputs", off: noController},
		{name: "train.kl_ramp_start", values: []string{"0", "2"}},
		{name: "train.kl_ramp_epochs", values: []string{"0", "3"}},
		{name: "train.l2_ramp_start", values: []string{"0", "1"}},
		{name: "train.l2_ramp_epochs", values: []string{"0", "2"}},
		{name: "train.max_epochs", values: []string{"4", "1", "6"}, needs: "search", off: single},
		{name: "train.early_stop_patience", values: []string{"200", "1"}, needs: "search", off: single},

		// The search.
		{name: "pbt.members", values: []string{"2", "1", "3"}, needs: "search", off: []string{"fixed"}},
		{name: "pbt.epochs_per_generation", values: []string{"1", "2"}, needs: "search", off: population},
		{name: "pbt.first_generation_epochs", values: []string{"1", "0", "3"}, needs: "search", off: population},
		{name: "pbt.max_generations", values: []string{"3", "1", "4"}, needs: "search", off: population},
		{name: "pbt.stop_ratio", values: []string{"5e-4", "0", "1"}, needs: "search", off: population},
		{name: "pbt.stop_errors", values: []string{"0", "2", "1e-9"}, needs: "search", off: population},
		{name: "pbt.best_epoch", values: []string{"true", "false"}, needs: "search", off: population},
		{name: "pbt.finish_epochs", values: []string{"0", "1", "2"}, needs: "search", off: population},
		{name: "pbt.final_draws", values: []string{"0", "1", "3"}, needs: "search", off: []string{"fixed"}},
		{name: "pbt.mean_generations", values: []string{"0", "1", "9"}, needs: "pbt.final_draws", off: []string{"0"}},
		{name: "pbt.exploit", values: pbt.Exploits(), needs: "search", off: population},
		{name: "pbt.stop_generations", values: []string{"4", "2"}, needs: "search", off: population},
		{name: "random.epochs_budget", values: []string{"0", "8"}, needs: "search", off: []string{"fixed", "pbt", "paper"}},

		{name: "infer.samples", values: []string{"2", "1"}},
	}
}

// others returns the values that are not one of them.
func others(values []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == one })
}

// clashes are the pairs that cannot be meant.
func clashes() []clash {
	all := []clash{
		{"layout", "autolfads-tf2", "forward bins", "1"},
		{"layout", "autolfads-tf2", "forward bins", "3"},
		{"layout", "autolfads-tf2", "held-out neurons", "1"},
		{"layout", "autolfads-tf2", "held-out neurons", "2"},
		{"layout", "autolfads-tf2", "test trials", "spikes read"},
		{"model.ic_segment_bins", "1", "bins", "1"},
		{"model.ic_segment_bins", "3", "bins", "1"},
		{"infer", "fewer bins", "bins", "1"},
		{"truth", "hz", "bin width", "not known"},
		{"data.set_aside", "1", "held-in neurons", "1"},
		{"pbt.stop_errors", "2", "pbt.final_draws", "0"},
		{"pbt.stop_errors", "1e-9", "pbt.final_draws", "0"},
		{"data.set_aside", ".5", "held-in neurons", "1"},
	}
	all = slices.Concat(all, choosyAugmentations(), choosyLikelihoods(), beyondPaper())
	for _, stored := range wholeNumbers() {
		all = append(all, clash{"spikes", "real numbers", "stored as", stored}, clash{"spikes", "positive numbers", "stored as", stored})
		for _, missing := range missingKinds() {
			all = append(all, clash{"missing", missing, "stored as", stored}) // whole numbers have no NaN
		}
	}
	for _, f := range allFactors() {
		all = append(all, clash{f.name, searched, "search", string(autolfads.Fixed)})
		if s := settingAt(f.name).Search; s != "" && s != "always" {
			for _, population := range []autolfads.Search{autolfads.PBT, autolfads.Paper} {
				all = append(all, clash{f.name, searched, "search", string(population)}) // see docs/configuration.md
			}
		}
	}
	return all
}

// notVaried are the keys that are no factor, each with the reason.
var notVaried = map[string]string{
	"train.augment":      "each of its augmentations is a factor",
	"data.bin_ms":        "the factor bin width gives it",
	"data.truth_unit":    "the factor truth gives it",
	"data.axes":          "the factor axes gives it",
	"data.encod_differs": "the factor held-in neurons lie gives it",
	"data.missing":       "the factor missing gives it",
	"data.group":         "it is of files that no factor makes: TestRunLayouts gives it",
	"data.valid_share":   "likewise",
	"data.split_seed":    "likewise, and TestSetAside",
	"pbt.space":          "the value searched of each key gives its entries",
}

// enum returns the words that a flag of a command takes.
func enum(command any, field string) []string {
	f, _ := reflect.TypeOf(command).FieldByName(field)
	return strings.Split(f.Tag.Get("enum"), ",")
}

// documentedKeys returns the keys in the table of docs/configuration.md.
func documentedKeys(t *testing.T) []string {
	t.Helper()
	f, err := os.Open(filepath.Join(testenv.Root(), "docs", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var keys []string
	row := regexp.MustCompile(`^\| ([a-z0-9_]+\.[a-z0-9_]+) \|`)
	for s := bufio.NewScanner(f); s.Scan(); {
		if m := row.FindStringSubmatch(s.Text()); m != nil {
			keys = append(keys, m[1])
		}
	}
	return keys
}

// A key is documented and varied, or there is a reason why not: whoever adds
// one has to think of its combinations.
func TestEveryKeyIsVaried(t *testing.T) {
	documented := documentedKeys(t)
	var config autolfads.Config
	var keys []string
	for _, s := range settings.List(&config) {
		keys = append(keys, s.Key)
	}
	varied := map[string]bool{}
	for _, f := range allFactors() {
		varied[f.name] = true
	}
	for _, key := range keys {
		if !slices.Contains(documented, key) {
			t.Errorf("%s is not in the table of docs/configuration.md", key)
		}
		if varied[key] == (notVaried[key] != "") {
			t.Errorf("%s: make it a factor of the combinations, or say in notVaried why not", key)
		}
	}
	for _, key := range documented {
		if !slices.Contains(keys, key) {
			t.Errorf("docs/configuration.md has %s, which is no key", key)
		}
	}
	for _, f := range allFactors() {
		if strings.Contains(f.name, ".") && !slices.Contains(keys, f.name) && !strings.HasPrefix(f.name, "train.augment.") {
			t.Errorf("factor %s is no key", f.name)
		}
	}
}
