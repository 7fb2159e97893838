// Package runs sets several runs beside each other: which settings they have otherwise,
// what they score, how long they took. (Package compare is about the models of one
// search.)
//
// It reads run folders and nothing else: run.yaml, state.json, best.json, timing.json and
// scores.json of each, and no checkpoint, so that fifty runs take a moment and little
// memory. A run may be under way, of another version, or damaged: it is a row with a word
// for what it is, never an error.
//
//	c := runs.Compare([]string{"results", "results-2"})
//	for _, r := range c.Runs {
//		fmt.Println(r.Name, r.State, r.Seconds, r.Scores)
//	}
//
// Scores are those that each run wrote at its end, with the intervals of its own draws of
// validation trials. Two runs on one data file are judged by the same trials, and a trial that is
// hard for one is hard for the other: intervals that overlap do not say that the runs are alike.
// The difference, trial by trial, needs the rates of both: `autolfads evaluate A B`.
// Of runs on other data, and of those whose settings divide the trials otherwise,
// [Comparison.Notes] says that their scores do not compare.
package runs
