package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

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
	fmt.Fprintln(w, "\nscores on validation trials:")
	printScores(w, o)
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

// printScores prints each score, with those of smoothing and of the true rates
// beside it.
func printScores(w io.Writer, o *autolfads.Outcome) {
	truth := "true rates"
	if o.Result != nil && !o.Result.Likelihood.Counts() {
		truth = "truth"
	}
	for _, f := range o.Scores {
		line := fmt.Sprintf("  %-28s %8.4f %s", f.Name, f.Value, f.Unit)
		if len(f.PerOutput) > 1 {
			line += fmt.Sprintf(" (%s)", named(f.Outputs, f.PerOutput))
		}
		if f.Smoothing != nil {
			line += fmt.Sprintf(", smoothing %.4f", *f.Smoothing)
		}
		if len(f.SmoothingPerOutput) > 1 {
			line += fmt.Sprintf(" (%s)", numbers(f.SmoothingPerOutput))
		}
		if f.Best != nil {
			line += fmt.Sprintf(", %s %.5f", truth, *f.Best)
		}
		fmt.Fprintln(w, line)
		if f.Note != "" {
			fmt.Fprintf(w, "  %28s %s\n", "", f.Note)
		}
	}
	for _, why := range o.Skipped {
		fmt.Fprintf(w, "  skipped: %s\n", why)
	}
}

// named writes scores with the names of what they are of, if there are any.
func named(names []string, x []*float64) string {
	if len(names) != len(x) {
		return numbers(x)
	}
	texts := make([]string, len(x))
	for i := range x {
		texts[i] = names[i] + " " + numbers(x[i:i+1])
	}
	return strings.Join(texts, ", ")
}

// numbers writes scores; a dash for one that is not there.
func numbers(x []*float64) string {
	texts := make([]string, len(x))
	for i, v := range x {
		texts[i] = "-"
		if v != nil {
			texts[i] = fmt.Sprintf("%.4f", *v)
		}
	}
	return strings.Join(texts, ", ")
}
