package work

import (
	"slices"
	"testing"

	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/train"
)

// A model comes back with the running average of its weights where the checkpoint
// keeps one, as it was validated, and else with the weights themselves.
func TestRestoreTakesTheAverage(t *testing.T) {
	for _, halfLife := range []float64{0, 3} {
		c, d := oneStepEpochs(t)
		c.Train.AverageHalfLife = halfLife
		m, err := train.New(c.Model, c.Train, d, train.Identity{Seed: 1}, lfads.Threads(1))
		if err != nil {
			t.Fatal(err)
		}
		for range 4 {
			if _, err := m.RunEpoch(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		s := m.State()
		restored, err := Restore(&c, d, s, 0)
		if err != nil {
			t.Fatal(err)
		}
		if raw := slices.Equal(restored.Params, s.Params); raw != (halfLife == 0) || !raw && !slices.Equal(restored.Params, s.Average) {
			t.Errorf("half-life %v: the model has the weights of training: %v; want the average, or those if none is kept", halfLife, raw)
		}
	}
}
