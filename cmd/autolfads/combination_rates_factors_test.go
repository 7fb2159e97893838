package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// asUsual is what recordings whose rates are judged do not differ in: see allFactors.
var asUsual = combination{
	"layout": "lfads-torch", "stored as": "float32", "storage": "plain", "axes": "not said", "external inputs": "0", "preset": "none",
}

// Recordings of which trials are prepared: as the Neural Latents Benchmark does, and of
// muscles, on a scale of their own.
const (
	benchmark = "the benchmark"
	ofMuscles = "muscles"
)

// ratesFactors are what differs when rates are judged: what they are of, whose they are,
// what stands beside them, and what is asked for.
func ratesFactors() []factor {
	of := func(name string, values ...string) factor {
		return factor{name: name, values: values, needs: "made of", off: []string{benchmark, ofMuscles}}
	}
	return []factor{
		{name: "made of", values: []string{"trials", "windows", benchmark, ofMuscles}},
		of("training trials", "9", "1", "3"),
		of("validation trials", "6", "1"),
		of("test trials", "none", "spikes read", "all spikes"),
		of("bins", "12", "1", "6"),
		of("forward bins", "0", "3"),
		of("held-in neurons", "4", "1"),
		of("held-out neurons", "0", "1", "2"),
		of("held-in neurons lie", "first", "in reverse"),
		of("data.set_aside", "0", "1"),
		of("spikes", "ordinary", "a silent neuron", "none in validation", "real numbers", "positive numbers"),
		of("missing", "none", "bins", "ends of trials", "a neuron", "a neuron in training", "a trial"),
		of("bin width", "attribute", "flag", "not known"),
		of("truth", "none", "conversion", "count", "with gaps", "valid alone"),
		of("latents", "none", "both"),
		of("behaviour", "none", "of bins read", "one, of all bins", "with gaps", "constant column", "train alone"),
		of("conditions", "none", "both", "words", "train alone", "valid alone"),
		of("trial ids", "none", "all"),
		of("model.likelihood", "poisson", "gaussian", "gamma", "zero_inflated_gamma"),

		{name: "model", values: rateKinds},
		{name: "rivals", values: []string{"0", "1", "3"}},
		{name: "rival", values: rateKinds, needs: "rivals", off: []string{"0"}},
		{name: "told", values: []string{"json", "text"}},
		{name: "scored", values: []string{"by us", "by the benchmark", "by its targets"}},
		{name: "draws", values: []string{"100", "0"}},
		{name: "smoothing", values: []string{"beside", "left out"}},
		{name: "few shot", values: []string{"as usual", "2,3"}, needs: "data.set_aside", off: []string{"0"}},
		{name: "figures", values: []string{"none", "png", "svg"}},
	}
}

// The files of rates that are judged: of a run, and of the run in other programs'
// layouts; and of baselines.
var (
	ofRun     = []string{"the run", "its output", "inferred", "an ensemble", "its mean", "lfads-torch's", "valid alone", "a submission"}
	baselines = []string{"smooth", "gpfa", "psth"}
	rateKinds = slices.DeleteFunc(slices.Concat(ofRun, baselines), func(kind string) bool { return kind == "its mean" })
)

// notCounted are the kinds of spikes that are no counts.
var notCounted = []string{"real numbers", "positive numbers"}

// refusedRates are the pairs for which there are no rates, or no scores, each with the
// sentence that says so.
func refusedRates() (all []refused) {
	refuse := func(factor string, values []string, other string, others []string, says string) {
		for _, v := range values {
			for _, w := range others {
				all = append(all, refused{clash{factor, v, other, w}, regexp.MustCompile(says)})
			}
		}
	}
	for _, place := range []string{"model", "rival"} {
		refuse(place, baselines, "bin width", []string{"not known"}, `does not say how wide its bins are, and baselines need it: say so with --bin-ms`)
		refuse(place, []string{"psth"}, "conditions", []string{"none", "valid alone"}, `there is no PSTH without conditions`)
		refuse(place, baselines, "made of", []string{ofMuscles}, `the data are signals, and baselines are of counts of spikes`)
		refuse(place, baselines, "spikes", notCounted, `baselines are of counts of spikes|not a count of spikes`)
		refuse(place, []string{"gpfa"}, "held-in neurons", []string{"1"}, `latents are what two or more share`)
		refuse(place, []string{"a submission"}, "spikes", []string{"real numbers"}, `rates are below 0`)
		refuse(place, []string{"valid alone"}, "scored", []string{"by the benchmark", "by its targets"}, `no rates of the evaluated trials`)
	}
	refuse("model", []string{"the run"}, "rival", []string{"its output"}, `is given twice`)
	refuse("model", []string{"its output"}, "rival", []string{"the run"}, `is given twice`)
	refuse("scored", []string{"by the benchmark", "by its targets"}, "made of", []string{ofMuscles}, `rates are no expected counts of spikes`)
	refuse("scored", []string{"by the benchmark", "by its targets"}, "figures", []string{"png", "svg"}, `--nlb draws no figures`)
	refuse("scored", []string{"by the benchmark"}, "made of", []string{"trials"}, `has no targets of the Neural Latents Benchmark that fit the data`)
	return all
}

// ratesClashes are the pairs that are in no row but those of refusals: what is refused,
// and what is not meant.
func ratesClashes() (all []clash) {
	for _, r := range refusedRates() {
		all = append(all, r.clash)
	}
	for _, kind := range rateKinds {
		all = append(all, clash{"model", kind, "rival", kind})
	}
	for _, place := range []string{"model", "rival"} {
		all = append(all, clash{place, "a submission", "made of", ofMuscles}) // which is of spikes
	}
	for _, made := range []string{"trials", "windows"} {
		all = append(all, clash{"made of", made, "scored", "by the benchmark"}, clash{"made of", made, "scored", "by its targets"})
	}
	for _, other := range [][2]string{{"forward bins", "3"}, {"conditions", "both"}, {"conditions", "words"}, {"conditions", "train alone"}, {"conditions", "valid alone"}} {
		all = append(all, clash{"made of", "windows", other[0], other[1]}) // windows have no moments
	}
	all = append(all, clash{"held-in neurons lie", "in reverse", "bins", "1"}) // so few counts do not say where they lie
	all = append(all, clash{"data.set_aside", "1", "held-in neurons", "1"}, clash{"spikes", "positive numbers", "model.likelihood", "gaussian"})
	return append(all, ofOneLikelihood()...)
}

// ofOneLikelihood are pairs of data and of a likelihood that it has, or need not have.
func ofOneLikelihood() (all []clash) {
	for _, f := range ratesFactors() {
		if f.name != "spikes" {
			continue
		}
		for _, kind := range f.values {
			for _, of := range []string{"gaussian", "gamma", "zero_inflated_gamma"} {
				if !slices.Contains(notCounted, kind) {
					all = append(all, clash{"spikes", kind, "model.likelihood", of})
				}
			}
		}
	}
	return append(all, choosyLikelihoods()...)
}

// refusalWanted is the sentence by which a row must be refused; nil: it must not be.
func (c combination) refusalWanted() *regexp.Regexp {
	for _, r := range refusedRates() {
		if c.is(r.factor, r.value) && c.is(r.other, r.otherValue) {
			return r.says
		}
	}
	return nil
}

// mayBeRefused is the sentence by which a row may be: few bins may have no spike, and
// lack anything that GPFA needs.
func (c combination) mayBeRefused() *regexp.Regexp {
	few := c.is("bins", "1") || !c.is("training trials", "9")
	switch gpfa := c.is("model", "gpfa") || c.is("rival", "gpfa"); {
	case few && gpfa:
		return regexp.MustCompile(`all neurons were observed together in \d bins|too few to cross-validate in 5 folds|latents are what two or more share|no neuron fires`)
	case few:
		return regexp.MustCompile(`no neuron fires in any training trial`)
	}
	return regexp.MustCompile("^$")
}

// withUsual adds to a row what no row differs in.
func (c combination) withUsual() combination {
	all := maps.Clone(asUsual)
	maps.Copy(all, c)
	return all
}

// rivalsOf are the kinds of files beside the model: the row's, and others of the run.
func (c combination) rivalsOf() []string {
	n := 0
	if _, err := fmt.Sscan(c["rivals"], &n); err != nil || n == 0 {
		return nil
	}
	kinds, last := []string{c["rival"]}, "valid alone"
	if !c.is("scored", "by us") {
		last = "a submission"
	}
	for _, kind := range []string{"its output", "lfads-torch's", "inferred", last} {
		if len(kinds) < n && !slices.ContainsFunc([]string{c["model"], c["rival"]}, func(other string) bool { return sameFile(kind, other) }) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// besideIt are the kinds of rows beside the model's: an ensemble has a second, its mean.
func (c combination) besideIt() (rows []string) {
	for _, kind := range slices.Concat([]string{c["model"]}, c.rivalsOf()) {
		rows = append(rows, kind)
		if kind == "an ensemble" {
			rows = append(rows, "its mean")
		}
	}
	return rows[1:]
}

// sameFile reports whether files of two kinds are one.
func sameFile(kind, other string) bool {
	return kind == other || kind == "its output" && other == "the run" || kind == "the run" && other == "its output"
}
