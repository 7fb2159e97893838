package experiment

import (
	"context"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
)

// rates are what a variant says of the trials that decoders are fitted on, and of those
// that are scored.
type rates struct{ train, test *dataset.Array }

// scores are those of rates on test trials, by the keys of [Measures].
func scores(ctx context.Context, d *dataset.Dataset, l likelihood.Likelihood, r rates) (map[string]float64, error) {
	report, err := evaluate.Scores(ctx, tested(d), evaluate.Candidate{
		Train: evaluate.Inferred{Rates: r.train}, Valid: evaluate.Inferred{Rates: r.test},
	}, nil, evaluate.Options{Likelihood: l})
	if err != nil {
		return nil, err
	}
	values := map[string]float64{}
	for _, m := range Measures() {
		if s := report.Score(m.of); s != nil {
			values[m.Key] = s.Value
		}
	}
	return values, nil
}

// tested returns a dataset whose test trials stand where scores look, without what takes
// long and is not asked for: conditions, and neurons set aside.
func tested(d *dataset.Dataset) *dataset.Dataset {
	train, test := *d.Train, *d.Test
	train.Condition, train.SetAside = nil, nil
	test.Condition, test.SetAside = nil, nil
	scored := *d
	scored.Train, scored.Valid, scored.Test = &train, &test, nil
	return &scored
}
