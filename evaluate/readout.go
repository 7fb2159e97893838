package evaluate

import (
	"context"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/metric"
)

// Readout is the subspace of a model's factors (of its rates, without factors) in
// which some outputs that belong together, for instance hand velocity along x and y,
// are found by ridge regression on training trials (Keshtkaran et al. 2022, figure 2e).
type Readout struct {
	Name    string   `json:"name"`    // what the outputs have in common
	Outputs []string `json:"outputs"` // what they are called
	Of      string   `json:"of"`      // what they are read out of: factors, or rates
	R2      float64  `json:"r2"`      // of validation trials, averaged over the outputs

	// Valid is where validation trials are in it, [trials, bins, dimensions].
	Valid *dataset.Array `json:"-"`
	// Score is R2 of any selection of validation trials, for intervals.
	Score metric.ByTrial `json:"-"`
}

// Readouts finds the subspaces of all groups of outputs that can be decoded; none
// without behaviour, or without rates of training trials. The error is ctx's end.
func Readouts(ctx context.Context, d *dataset.Dataset, c *Candidate) ([]Readout, error) {
	if d.Train.Behavior == nil || d.Valid.Behavior == nil {
		return nil, nil
	}
	of, train, valid := "factors", c.Train.Factors, c.Valid.Factors
	if train == nil || valid == nil {
		of, train, valid = "rates", c.Train.Rates, c.Valid.Rates
	}
	if train == nil || valid == nil {
		return nil, nil
	}
	var all []Readout
	for _, g := range groups(d.Outputs, d.Valid.Behavior.Features) {
		r, err := readout(ctx, d, g, train, valid)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil { // the outputs are constant, or not numbers: nothing is read out
			continue
		}
		r.Of = of
		all = append(all, *r)
	}
	return all, nil
}

// group is outputs that belong together, by their places.
type group struct {
	name    string
	names   []string
	outputs []int
}

// groups puts outputs together that follow each other and have one name but for its
// last part, as hand_vel_x and hand_vel_y. Without names all are one.
func groups(called []dataset.Quantity, n int) (all []group) {
	if len(called) != n {
		one := group{name: "behaviour"}
		for o := range n {
			one.outputs = append(one.outputs, o)
		}
		return []group{one}
	}
	for o, q := range called {
		stem := q.Stem()
		if len(all) == 0 || all[len(all)-1].name != stem {
			all = append(all, group{name: stem})
		}
		last := &all[len(all)-1]
		last.names, last.outputs = append(last.names, q.Name), append(last.outputs, o)
	}
	return all
}

// readout finds the subspace of one group.
func readout(ctx context.Context, d *dataset.Dataset, g group, train, valid *dataset.Array) (*Readout, error) {
	t, err := newTarget(d.Judged(), columns(d.Train.Behavior, g.outputs), columns(d.Valid.Behavior, g.outputs))
	if err != nil {
		return nil, err
	}
	l, err := decode.Ridge(ctx, train, t.train, nil)
	if err != nil {
		return nil, err
	}
	score, err := l.Score(valid, t.valid)
	if err != nil {
		return nil, err
	}
	byTrial := metric.R2ByTrial(t.valid, l.Predict(valid, t.valid.Bins))
	space, err := l.Subspace(meansOf(train))
	if err != nil {
		return nil, err
	}
	return &Readout{Name: g.name, Outputs: g.names, R2: score.Mean, Valid: space.Project(valid), Score: byTrial}, nil
}

// meansOf returns the mean of each feature over all bins.
func meansOf(a *dataset.Array) []float64 {
	means := make([]float64, a.Features)
	for i, v := range a.Means() {
		means[i] = float64(v)
	}
	return means
}
