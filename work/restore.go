package work

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/train"
)

// Restore returns the model of a checkpoint, for a dataset. It is the model of
// the run's configuration c with the checkpoint's hyper-parameters in force: a
// search may have set any model.* key. Of spikes alone it reconstructs the neurons
// it was trained on, and forward bins. It has the averaged weights where the
// checkpoint keeps them.
func Restore(c *config.Config, d *dataset.Dataset, s *checkpoint.State, forward int) (*lfads.Model, error) {
	trained, err := c.With(s.Hyper)
	if err != nil {
		return nil, err
	}
	shape := train.ShapeOf(d)
	m, err := lfads.New(trained.Model, shape)
	if err == nil && d.Reconstructed() == nil {
		if bias := shapeIn(s, "readout.bias"); len(bias) == 1 {
			shape.Neurons = bias[0] / m.Likelihood().Outputs()
		}
		shape.ReconBins = shape.Bins + forward
		m, err = lfads.New(trained.Model, shape)
	}
	if err != nil {
		return nil, err
	}
	if err := cmp.Or(fits(m, d.Name, s), checkInputBins(d, m.Shape)); err != nil {
		return nil, err
	}
	copy(m.Params, s.Weights())
	m.Prepare()
	return m, nil
}

// checkInputBins returns an error unless external inputs go on through all bins
// that a model reconstructs.
func checkInputBins(d *dataset.Dataset, shape lfads.Shape) error {
	for _, s := range []*dataset.Split{d.Train, d.Valid, d.Test} {
		if s != nil && s.External != nil && s.External.Bins != shape.ReconBins {
			return fmt.Errorf("%s has external inputs (*_ext_input) of %d bins: the model reads %d bins and goes on for %d more, and needs inputs for all of them",
				d.Name, s.External.Bins, shape.Bins, shape.ReconBins-shape.Bins)
		}
	}
	return nil
}

// shapeIn returns the shape that a tensor has in a checkpoint; nil: it has none.
func shapeIn(s *checkpoint.State, tensor string) []int {
	if i := slices.Index(s.Names, tensor); i >= 0 {
		return s.Shapes[i]
	}
	return nil
}

// fits returns an error if a checkpoint does not belong to model m, made for
// the data set called name. The readout's bias and the encoder's input tell the
// number of neurons: they are looked at first, for they say most.
func fits(m *lfads.Model, name string, s *checkpoint.State) error {
	trained := map[string][]int{}
	for i, tensor := range s.Names {
		trained[tensor] = s.Shapes[i]
	}
	each := m.Likelihood().Outputs()
	if n := trained["readout.bias"]; len(n) == 1 && n[0] != each*m.Shape.Neurons {
		return fmt.Errorf("the model was trained on %d neurons and %s has %d: give a file of the neurons it was trained on, in the same order",
			n[0]/each, name, m.Shape.Neurons)
	}
	if n := trained["ic_encoder.forward.input"]; len(n) == 2 && n[0] != m.Shape.HeldIn {
		return fmt.Errorf("the model reads %d neurons and %s has %d: give a file of the neurons it was trained on, in the same order",
			n[0], name, m.Shape.HeldIn)
	}
	if n := trained["generator.input"]; len(n) == 2 && n[0] != m.Config.InferredInputs+m.Shape.External {
		return fmt.Errorf("the model was trained with %d external inputs and %s has %d (*_ext_input): give a file with the inputs it was trained with",
			n[0]-m.Config.InferredInputs, name, m.Shape.External)
	}
	if len(trained) != len(m.Layout.Tensors) {
		return fmt.Errorf("the checkpoint has %d tensors, the model %d: is it of another run?", len(trained), len(m.Layout.Tensors))
	}
	for _, t := range m.Layout.Tensors {
		if !slices.Equal(trained[t.Name], t.Shape) {
			return fmt.Errorf("tensor %s is %v in the checkpoint, %v in the model made for %s: does it have other held-in neurons or external inputs than the data the model was trained on?",
				t.Name, trained[t.Name], t.Shape, name)
		}
	}
	return nil
}
