package factors

import (
	"context"
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
)

// Model is one model's factors, [trials, bins, factors].
type Model struct {
	Name         string
	Train, Valid *dataset.Array
}

// Crossing is how well models' factors are decoded from each other's.
type Crossing struct {
	Names   []string    `json:"names"`
	R2      [][]float64 `json:"r2"`      // [from][to]; of a model from itself: 1
	Figures []float64   `json:"figures"` // of each model: the median of R2 to it from the others
}

// Cross decodes every model's factors from every other's: ridge (decode.Ridge)
// fitted on training trials, R2 on validation trials. All models must have the
// same trials and bins. tell may be nil.
func Cross(ctx context.Context, models []Model, tell decode.Progress) (*Crossing, error) {
	if err := checkModels(models); err != nil {
		return nil, err
	}
	c := &Crossing{}
	for i, from := range models {
		c.Names = append(c.Names, from.Name)
		row := make([]float64, len(models))
		for j, to := range models {
			row[j] = 1
			if i != j {
				var err error
				if row[j], err = crossDecode(ctx, from, to); err != nil {
					return nil, fmt.Errorf("decoding the factors of %s from those of %s: %w", to.Name, from.Name, err)
				}
			}
			if tell != nil {
				tell(i*len(models)+j+1, len(models)*len(models))
			}
		}
		c.R2 = append(c.R2, row)
	}
	c.Figures = c.figures()
	return c, nil
}

// checkModels reports models that cannot be compared.
func checkModels(models []Model) error {
	if len(models) < 2 {
		return fmt.Errorf("cross-decoding compares models by each other: %d is too few, give two or more", len(models))
	}
	first := models[0]
	for _, m := range models {
		if !sameBins(m.Train, first.Train) || !sameBins(m.Valid, first.Valid) {
			return fmt.Errorf("cross-decoding: the factors of %s are %v in training and %v in validation, those of %s %v and %v: take them from models of the same data",
				m.Name, m.Train, m.Valid, first.Name, first.Train, first.Valid)
		}
		for _, a := range []*dataset.Array{m.Train, m.Valid} {
			if !decode.Finite(a.Data) {
				return fmt.Errorf("cross-decoding: factors of %s are not all finite numbers: infer them anew, or leave this model out", m.Name)
			}
		}
		if !varies(m.Valid) {
			return fmt.Errorf("cross-decoding: the factors of %s are the same in every bin of validation trials: leave this model out", m.Name)
		}
	}
	return nil
}

func sameBins(a, b *dataset.Array) bool { return a.Trials == b.Trials && a.Bins == b.Bins }

// crossDecode returns the share of the variance of to's factors that from's
// explain.
func crossDecode(ctx context.Context, from, to Model) (float64, error) {
	l, err := decode.Ridge(ctx, from.Train, to.Train, nil)
	if err != nil {
		return 0, err
	}
	return explained(to.Valid, l.Predict(from.Valid, to.Valid.Bins)), nil
}

// explained is 1 less the squared error over the squared distance from the mean,
// both summed over all features.
func explained(truth, predicted *dataset.Array) float64 {
	residual, total := 0., 0.
	means := truth.Means()
	for i, v := range truth.Data {
		r, d := float64(v)-float64(predicted.Data[i]), float64(v)-float64(means[i%truth.Features])
		residual += float64(r * r)
		total += float64(d * d)
	}
	return 1 - residual/total
}

func varies(a *dataset.Array) bool {
	for i, v := range a.Data {
		if v != a.Data[i%a.Features] {
			return true
		}
	}
	return false
}

// figures returns the median of each column without the diagonal.
func (c *Crossing) figures() []float64 {
	out := make([]float64, len(c.Names))
	for to := range out {
		var others []float64
		for from, row := range c.R2 {
			if from != to {
				others = append(others, row[to])
			}
		}
		out[to] = median(others)
	}
	return out
}

func median(v []float64) float64 {
	slices.Sort(v)
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}
