package main

import "regexp"

// sourceFactors are what differs on the way from a recording to rates: where it comes
// from, how it becomes trials, and what is made of these.
func sourceFactors() []factor {
	return []factor{
		{name: "source", values: []string{"nwb", "npz", "csv", "phy", "mat", "reaching", "muscles"}},
		{name: "observed", values: []string{"all the time", "in intervals"}},
		{name: "windows", values: []string{"rows", "aligned", "from start", "chopped", "chopped by half", "chopped in rows", "chopped side by side"}},
		{name: "bin", values: []string{"20", "10", "25", "50"}},
		{name: "signal", values: []string{"none", "emg", "lfp", "calcium", "raw"}},
		{name: "scale", values: []string{"none", "std", "max", "quantile"}, needs: "signal", off: []string{"none"}},
		{name: "behaviour", values: []string{"none", "stream", "feature", "velocity", "held", "column", "two"}},
		{name: "lag", values: []string{"0", "100", "-40"}, needs: "behaviour", off: []string{"none"}},
		{name: "external", values: []string{"none", "stream"}},
		{name: "set aside", values: []string{"none", "one", "share"}},
		{name: "held out", values: []string{"none", "share", "units"}},
		{name: "forward", values: []string{"0", "100"}},
		{name: "split", values: []string{"usual", "share", "blocks", "column", "by condition"}},
		{name: "test share", values: []string{"0", ".2"}},
		{name: "shared time", values: []string{"kept", "dropped"}},
		{name: "where", values: []string{"none", "one", "two"}},
		{name: "units", values: []string{"all", "condition", "only", "without", "rate"}},
		{name: "join", values: []string{"none", "channel"}},
		{name: "correlated", values: []string{"kept", "dropped"}},
		{name: "condition", values: []string{"none", "side"}},
		{name: "seed", values: []string{"0", "7"}},
		{name: "model.likelihood", values: []string{"poisson", "gaussian", "gamma", "zero_inflated_gamma"}},
		{name: "model.variational", values: []string{"false", "true"}},
		{name: "inferred", values: []string{"the recording", "the file"}},
	}
}

// refused is two values that cannot be together, and the sentence that says so.
type refused struct {
	clash
	says *regexp.Regexp
}

// refusedPairs are all that are refused by prepare and by run of the recording; but
// where run alone can know it (see atRun), prepare makes trials all the same.
func refusedPairs() (all []refused) {
	refuse := func(factor string, values []string, other string, others []string, says string) {
		for _, v := range values {
			for _, w := range others {
				all = append(all, refused{clash{factor, v, other, w}, regexp.MustCompile(says)})
			}
		}
	}
	chopped := []string{"chopped", "chopped by half", "chopped in rows", "chopped side by side"}
	trials := []string{"rows", "aligned", "from start"}
	signals := []string{"emg", "lfp", "calcium", "raw"}
	none := []string{"none"}

	noMoments := `windows of a continuous recording \(--chop\) have no moments`
	refuse("windows", chopped, "condition", []string{"side"}, noMoments)
	refuse("windows", chopped, "forward", []string{"100"}, noMoments)
	refuse("windows", chopped, "split", []string{"column"}, noMoments)
	refuse("split", []string{"by condition"}, "condition", none, `which column conditions are in \(--condition\)`)
	refuse("split", []string{"column"}, "test share", []string{".2"}, `leave out --test-share`)

	refuse("source", []string{"reaching"}, "windows", trials, `which trials are meant\?.*\(--chop\)`)
	refuse("source", []string{"reaching"}, "windows", []string{"chopped in rows"}, `there is no table trials`)
	refuse("source", []string{"reaching"}, "where", []string{"one", "two"}, `--where chooses the rows in which windows lie, and the recording has no table`)
	refuse("source", []string{"npz", "mat"}, "join", []string{"channel"}, `units have no column channel`)
	refuse("source", []string{"phy"}, "behaviour", []string{"stream", "feature", "velocity", "held", "two"}, `there is no stream hand`)
	refuse("source", []string{"csv", "phy"}, "external", []string{"stream"}, `there is no stream force`)
	refuse("windows", chopped, "behaviour", []string{"column", "two"}, `no rows of a table, so that trials.speed says nothing of them`)

	refuse("source", []string{"muscles"}, "signal", none, `no units, so no spikes.*--signal emg`)
	refuse("source", []string{"csv", "phy", "reaching"}, "signal", signals, `there is no signal emg`)
	refuse("signal", signals, "units", []string{"rate"}, `signals have no rate of spikes: leave out --min-rate-hz`)
	refuse("signal", signals, "set aside", []string{"one", "share"}, `signals have none: leave out --set-aside`)
	refuse("signal", signals, "correlated", []string{"dropped"}, `leave out --drop-correlated`)
	refuse("signal", signals, "join", []string{"channel"}, `units have no column channel`)
	refuse("signal", signals, "model.likelihood", []string{"poisson"}, `signals are no counts`)
	return all
}

// atRun is true of a refusal for what prepare is not told.
func (r *refused) atRun() bool { return r.other == "model.likelihood" }

// sourceClashes are the pairs that are in no row but those of refusals: what is refused,
// and what is not meant.
func sourceClashes() []clash {
	var all []clash
	for _, r := range refusedPairs() {
		all = append(all, r.clash)
	}
	for _, source := range []string{"npz", "csv", "phy", "mat", "reaching", "muscles"} {
		all = append(all, clash{"source", source, "observed", "in intervals"})
	}
	for _, positive := range []string{"gamma", "zero_inflated_gamma"} {
		for _, mayBeBelow := range []string{"none", "calcium", "raw"} {
			all = append(all, clash{"model.likelihood", positive, "signal", mayBeBelow})
		}
	}
	return all
}
