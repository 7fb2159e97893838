package work

import (
	"testing"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/synth"
)

// Comparing models holds the factors of each beside one model's inference.
func TestModelsMemory(t *testing.T) {
	o := synth.DefaultLorenz()
	o.Conditions, o.TrialsPerCondition, o.Neurons, o.Bins = 2, 10, 6, 10
	d, err := synth.Lorenz(o)
	if err != nil {
		t.Fatal(err)
	}
	c := config.Default()
	one, three := modelsMemory(c, d, 1), modelsMemory(c, d, 3)
	if more := int64(2 * 4 * (d.Train.Trials() + d.Valid.Trials()) * 10 * c.Model.Factors); three-one != more || one <= more/2 {
		t.Errorf("one model takes %d bytes, two more %d, and their factors have %d", one, three-one, more)
	}
	if err := CheckModelsMemory(c, d, 1); err != nil {
		t.Error(err)
	}
}
