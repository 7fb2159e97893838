package lfads

import (
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/rng"
)

// A model that is not variational has no divergences, no parameters of priors and no
// noise, whatever priors its configuration names.
func TestNotVariational(t *testing.T) {
	m := newAugmented(t, "poisson")
	for _, names := range [][2]string{{"normal", "ar1"}, {"none", "none"}, {"normal", "student_t"}} {
		c := m.Config
		c.Variational, c.ICPrior, c.InputPrior = false, names[0], names[1]
		quiet, err := New(c, m.Shape)
		if err != nil {
			t.Fatal(err)
		}
		quiet.Initialise(1, 0)
		for _, tensor := range quiet.Layout.Tensors {
			if strings.Contains(tensor.Name, ".prior_") {
				t.Errorf("%v: it has the parameters %s", names, tensor.Name)
			}
		}
		step := func(seed uint64) (Loss, []float32) {
			grad := make([]float32, len(quiet.Params))
			loss := NewCPU(quiet, 1).Gradient(grad, Batch{Data: quiet.NewData(m.split), Trials: everyTrial(m.split)}, m.objective, &Pass{Draws: Draws{Seed: seed, Pass: rng.Training}})
			return loss, grad
		}
		loss, grad := step(1)
		other, same := step(2)
		if loss.KLIC != 0 || loss.KLInput != 0 || loss != other || !slices.Equal(grad, same) {
			t.Errorf("%v: the loss is %+v, with other noise %+v", names, loss, other)
		}
	}
}
