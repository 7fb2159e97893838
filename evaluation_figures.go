package autolfads

import (
	"context"
	"errors"
	"fmt"

	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/report"
)

// Draw draws what was evaluated into a folder, which it makes, as files of a format, png
// or svg. drawn are the files' names; for a figure that cannot be drawn there is a
// sentence in undrawn. What the file system refuses is an error, and so is ctx's end.
func (o *Evaluated) Draw(ctx context.Context, dir, format string) (drawn, undrawn []string, err error) {
	if o.Dataset == nil || o.Dataset.Valid == nil || len(o.Candidates) == 0 {
		return nil, nil, errors.New("figures are of validation trials, and there are none: leave out --figures")
	}
	figures := report.Evaluation{
		Dataset: o.Dataset, Candidates: o.Candidates, Scores: o.Scores, Decoded: o.Decoded,
		Counts: o.Score(evaluate.NameBits) != nil,
	}
	for _, r := range o.Readouts {
		figures.Spaces = append(figures.Spaces, report.Subspace{Name: r.Name, Note: fmt.Sprintf("R\u00B2 %.2f", r.R2), Points: r.Valid})
	}
	return figures.Draw(ctx, dir, format)
}
