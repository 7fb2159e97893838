package main

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/likelihood"
)

// printOutcome prints the model a run chose and what its rates, in the file
// called output, are worth.
func printOutcome(w io.Writer, o *autolfads.Outcome, output string) {
	loss, unit := "negative log likelihood", "nats"
	if o.Result != nil {
		loss, unit = likelihood.LossName(o.Result.Likelihood)
	}
	fmt.Fprintf(w, "\nbest model: generation %d, member %d, epoch %d, validation score %.5f (smoothed %s, %s per element)\n",
		o.Best.Generation, o.Best.Member, o.Best.Epoch, o.Best.Score, loss, unit)
	for _, key := range slices.Sorted(maps.Keys(o.Best.Hyper)) {
		fmt.Fprintf(w, "  %-32s %.4g\n", key, o.Best.Hyper[key])
	}
	if o.Diverged > 0 {
		fmt.Fprintf(w, "members that diverged: %d, see scores.csv; the search went on without them\n", o.Diverged)
	}
	printScores(w, "model", o.Scores, o.Skipped)
	printWords(w, o.InWords)
	for _, warning := range []string{o.Overfitting, o.TruthDoubt} {
		if warning != "" && !slices.Contains(o.Warnings, warning) { // of the data, it is told below
			fmt.Fprintf(w, "\nWARNING: %s\n", warning)
		}
	}
	for _, warning := range o.Warnings {
		fmt.Fprintf(w, "\nWARNING, about the data: %s\n", warning)
	}
	fmt.Fprintf(w, "\nrates, factors and inferred inputs of all trials: %s\n", output)
}
