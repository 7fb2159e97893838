package report

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
)

// Evaluation is what the figures of an evaluation show: of a model, the first of the
// candidates, beside its rivals, on the validation trials.
type Evaluation struct {
	Dataset    *dataset.Dataset
	Candidates []evaluate.Candidate
	Scores     []evaluate.Score
	Decoded    []*dataset.Array // behaviour as decoded from each candidate's rates; nil, or not there: it has no score
	PSTHKernel time.Duration    // standard deviation by which PSTHs are smoothed; 0: not known
	Counts     bool             // the data are counts, and rates in counts per bin
	Spaces     []Subspace       // of the model's state
}

// Draw draws all that there is something to show of into a folder, which it makes, as
// files of a format (one of Formats). drawn are the files' names. For a figure that
// cannot be drawn there is a sentence in undrawn; what the file system refuses is an
// error, and so is ctx's end.
func (e *Evaluation) Draw(ctx context.Context, dir, format string) (drawn, undrawn []string, err error) {
	if err := CheckPath("." + format); err != nil {
		return nil, nil, err
	}
	drawn, undrawn, err = drawAll(ctx, dir, "", []drawing{
		{"scores." + format, e.drawScores},
		{"metrics." + format, e.drawMetrics},
		{"rasters." + format, e.drawRasters},
		{"psth." + format, e.drawPSTHs},
		{"trajectories." + format, e.drawTrajectories},
		{"subspaces." + format, e.drawSubspaces},
	})
	if n := len(e.Candidates); n > len(looks) {
		undrawn = append(undrawn, fmt.Sprintf("figures tell %d methods apart: the last %d of %d are in none", len(looks), n-len(looks), n))
	}
	return drawn, undrawn, err
}

// model is what the first candidate is called.
func (e *Evaluation) model() string {
	if len(e.Candidates) == 0 || e.Candidates[0].Name == "" {
		return modelName
	}
	return e.Candidates[0].Name
}

// shown are the candidates that a figure has room for.
func (e *Evaluation) shown() []evaluate.Candidate {
	return e.Candidates[:min(len(e.Candidates), len(looks))]
}

// rates are those of the candidates.
func (e *Evaluation) rates() (all []Estimate) {
	for i, c := range e.shown() {
		name := c.Name
		if i == 0 {
			name = e.model()
		}
		all = append(all, Estimate{Name: name, Rates: c.Valid.Rates})
	}
	return all
}

func (e *Evaluation) drawScores(path string) (bool, error) {
	return drawIf(path, DotsOf(e.Dataset, e.model(), e.Scores), nil)
}

// drawMetrics draws behaviour's score against that of spikes: of held-out neurons if
// there is one, else of all.
func (e *Evaluation) drawMetrics(path string) (bool, error) {
	for _, name := range []string{evaluate.NameCo, evaluate.NameBits} {
		if slices.ContainsFunc(e.Scores, func(s evaluate.Score) bool { return s.Name == name }) {
			return drawIf(path, ScatterOf(e.Dataset, e.model(), e.Scores, name, evaluate.NameBehavior), nil)
		}
	}
	return false, nil
}

func (e *Evaluation) drawRasters(path string) (bool, error) {
	if !e.Counts {
		return false, nil
	}
	f, err := RastersOf(e.Dataset, e.Dataset.Valid, e.rates())
	return drawIf(path, f, err)
}

func (e *Evaluation) drawPSTHs(path string) (bool, error) {
	if !e.Counts {
		return false, nil
	}
	f, err := PSTHsOf(e.Dataset, e.Dataset.Valid, e.rates(), e.PSTHKernel)
	return drawIf(path, f, err)
}

func (e *Evaluation) drawTrajectories(path string) (bool, error) {
	all := e.rates()
	for i := range all {
		all[i].Rates = nil // shown elsewhere
		if i < len(e.Decoded) {
			all[i].Decoded = e.Decoded[i]
		}
	}
	f, err := TrajectoriesOf(e.Dataset, e.Dataset.Valid, all)
	return drawIf(path, f, err)
}

func (e *Evaluation) drawSubspaces(path string) (bool, error) {
	f := &Subspaces{
		Title: "Behaviour in the state of " + e.model(), Subtitle: trialsOfSplit(e.Dataset, e.Dataset.Valid) + ", along directions found by regression on training trials; dots: where trials begin",
		Spaces: e.Spaces, Colouring: ColouringOf(e.Dataset, e.Dataset.Valid),
	}
	if len(f.panels()) == 0 {
		return false, nil
	}
	return true, f.Write(path)
}
