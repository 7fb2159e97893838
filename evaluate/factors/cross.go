package factors

import (
	"context"
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/metric"
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
	// Intervals are those of the figures; nil before Resample, and one that is not known.
	Intervals []*metric.Interval `json:"intervals,omitempty"`

	residuals [][][]float64 // [from][to][validation trial]: squared errors; nil from itself
	targets   []*variation  // of each model
}

// Cross decodes every model's factors from every other's: ridge (decode.Ridge)
// fitted on training trials, R2 on validation trials. All models must have the
// same trials and bins. tell may be nil.
func Cross(ctx context.Context, models []Model, tell decode.Progress) (*Crossing, error) {
	if err := checkModels(models); err != nil {
		return nil, err
	}
	c := &Crossing{}
	for _, m := range models {
		c.Names = append(c.Names, m.Name)
		c.targets = append(c.targets, newVariation(m.Valid))
	}
	for i := range models {
		if tell != nil {
			tell(i, len(models))
		}
		if err := c.decode(ctx, models, i); err != nil {
			return nil, err
		}
	}
	for i := range models {
		c.Figures = append(c.Figures, c.Figure(i).Of(nil))
	}
	return c, nil
}

// decode decodes all models' factors from those of one.
func (c *Crossing) decode(ctx context.Context, models []Model, from int) error {
	r2, residuals := make([]float64, len(models)), make([][]float64, len(models))
	for to, m := range models {
		r2[to] = 1
		if to == from {
			continue
		}
		l, err := decode.Ridge(ctx, models[from].Train, m.Train, nil)
		if err != nil {
			return fmt.Errorf("decoding the factors of %s from those of %s: %w", m.Name, models[from].Name, err)
		}
		residuals[to] = errorsOf(m.Valid, l.Predict(models[from].Valid, m.Valid.Bins))
		r2[to] = explained(residuals[to], c.targets[to].of(nil), nil)
	}
	c.R2, c.residuals = append(c.R2, r2), append(c.residuals, residuals)
	return nil
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

func varies(a *dataset.Array) bool {
	for i, v := range a.Data {
		if v != a.Data[i%a.Features] {
			return true
		}
	}
	return false
}

func median(v []float64) float64 {
	slices.Sort(v)
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}
