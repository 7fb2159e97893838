package autolfads

import (
	"cmp"
	"context"

	"github.com/autolfads/autolfads/compare"
)

// Comparison is a request to compare the models of a search.
type Comparison struct {
	Dir     string // run folder
	Data    string // its data file, if it lies elsewhere now; "": where the run knows it
	Samples int    // of the posterior, which are averaged; 0: compare.DefaultSamples
	Draws   int    // of validation trials, for intervals, 100 or more; 0: no intervals
	Seed    uint64 // of the draws
	FewShot []int  // numbers of training trials of few-shot co-smoothing; nil: the usual ones, where neurons are set aside

	Resources Resources
}

// CompareModels infers all models of a search anew and compares them, to say which to
// believe. It writes nothing.
func CompareModels(ctx context.Context, c Comparison) (*compare.Comparison, error) {
	if err := cmp.Or(c.Resources.check(), checkDraws(c.Draws), checkFewShot(c.FewShot)); err != nil {
		return nil, err
	}
	return compare.Models(ctx, compare.Request{
		Dir: c.Dir, Data: c.Data, Samples: c.Samples, Draws: c.Draws, Seed: c.Seed, FewShot: c.FewShot,
		Engine: c.Resources.engine(), Note: c.Resources.Observer.note, Scored: c.Resources.Observer.Scored,
	})
}
