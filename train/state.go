package train

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/checkpoint"
)

// State returns a copy of everything that training needs to go on.
func (m *Member) State() *checkpoint.State {
	s := &checkpoint.State{
		Params:  slices.Clone(m.Model.Params),
		AdamM:   slices.Clone(m.optimiser.M),
		AdamV:   slices.Clone(m.optimiser.V),
		Average: slices.Clone(m.average),
		Epoch:   m.epoch, Step: m.optimiser.Steps, Score: m.score,
		LearningRate: m.rate,
		Schedule:     m.schedule,
	}
	for _, t := range m.Model.Layout.Tensors {
		s.Names = append(s.Names, t.Name)
		s.Shapes = append(s.Shapes, t.Shape)
	}
	return s
}

// Inherit continues from another member's state under this member's own
// configuration: its learning rate and other hyper-parameters hold from the
// very next step.
func (m *Member) Inherit(s *checkpoint.State) error {
	if err := m.fits(s); err != nil {
		return err
	}
	copy(m.Model.Params, s.Params)
	copy(m.optimiser.M, s.AdamM)
	copy(m.optimiser.V, s.AdamV)
	copy(m.average, s.Average)
	m.epoch, m.optimiser.Steps, m.score = s.Epoch, s.Step, s.Score
	m.Model.Prepare()
	return nil
}

// Resume continues from the member's own state, where it stopped: also in the
// learning-rate schedule of a single model.
func (m *Member) Resume(s *checkpoint.State) error {
	if err := m.Inherit(s); err != nil {
		return err
	}
	m.rate, m.schedule = s.LearningRate, s.Schedule
	return nil
}

// fits checks that a state belongs to a model like this one.
func (m *Member) fits(s *checkpoint.State) error {
	if s.MeanOf != nil {
		return fmt.Errorf("the checkpoint is the mean of the weights of %d members (%s), without moments of their optimisers: it is for inference; train on from one of them", len(s.MeanOf), strings.Join(s.MeanOf, ", "))
	}
	tensors := m.Model.Layout.Tensors
	if len(s.Names) != len(tensors) {
		return fmt.Errorf("the checkpoint has %d tensors, the model %d: was it trained with other model.* settings?", len(s.Names), len(tensors))
	}
	for i, t := range tensors {
		if s.Names[i] != t.Name || !slices.Equal(s.Shapes[i], t.Shape) {
			return fmt.Errorf("the checkpoint's tensor %s %v is %s %v in the model: was it trained with other model.* settings or data of another shape?", s.Names[i], s.Shapes[i], t.Name, t.Shape)
		}
	}
	if err := m.fitsAverage(s); err != nil {
		return err
	}
	n := len(m.Model.Params)
	if len(s.Params) != n || len(s.AdamM) != n || len(s.AdamV) != n {
		return fmt.Errorf("the checkpoint holds %d parameters and %d and %d moments, the model %d", len(s.Params), len(s.AdamM), len(s.AdamV), n)
	}
	return nil
}

// fitsAverage checks that a state keeps an average where this member does: it is of
// all steps of a member's life or of none.
func (m *Member) fitsAverage(s *checkpoint.State) error {
	switch {
	case len(s.Average) != len(m.average) && s.Average == nil:
		return fmt.Errorf("the checkpoint holds no running average of its weights, and train.average_half_life is %v: was it trained with 0?", m.Config.AverageHalfLife)
	case len(s.Average) != len(m.average):
		return fmt.Errorf("the checkpoint holds a running average of %d weights, the model %d (train.average_half_life is %v): was it trained with another?",
			len(s.Average), len(m.average), m.Config.AverageHalfLife)
	}
	return nil
}
