package main

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/run"
)

// printOutcome prints the model a run chose and what its rates, in the file
// called output, are worth.
func printOutcome(w io.Writer, o *autolfads.Outcome, output string) {
	loss, unit := "negative log likelihood", "nats"
	if o.Result != nil {
		loss, unit = likelihood.LossName(o.Result.Likelihood)
	}
	fmt.Fprintf(w, "\n%s (%s, %s per element)\n", chosen(o), scoreIs(&o.Best, loss), unit)
	if o.Best.Kind == run.KindMean {
		fmt.Fprintf(w, "  with the hyper-parameters of member %d, the best of them:\n", o.Best.Member)
	}
	for _, key := range slices.Sorted(maps.Keys(o.Best.Hyper)) {
		fmt.Fprintf(w, "  %-32s %.4g\n", key, o.Best.Hyper[key])
	}
	printWords(w, "how it was chosen", o.Choice)
	if o.Diverged > 0 {
		fmt.Fprintf(w, "members that diverged: %d, see scores.csv; the search went on without them\n", o.Diverged)
	}
	if len(o.Scores)+len(o.Skipped) > 0 {
		d := o.Dataset
		if o.AllTrials {
			d = d.JudgedByTest()
		}
		printScores(w, d, "model", o.Scores, o.Skipped)
	}
	printWords(w, "how well the model fits", o.InWords)
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

// chosen says which model it is, and by what loss it is known.
func chosen(o *autolfads.Outcome) string {
	if o.AllTrials {
		return fmt.Sprintf("model: %s, trained on all training and validation trials: there is no validation score; training loss %.5f", &o.Best, o.Best.Score)
	}
	return fmt.Sprintf("best model: %s, validation score %.5f", &o.Best, o.Best.Final())
}

// scoreIs says what the score by which a model was chosen is of a loss.
func scoreIs(b *run.Best, loss string) string {
	if b.FinalScore != nil {
		return loss + " averaged over posterior draws"
	}
	return "smoothed " + loss
}
