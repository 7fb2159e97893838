package work

import (
	"fmt"
	"maps"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
)

// Mean adds up the weights of models of one shape. Members of a population that were one
// model a few generations ago lie in one basin of the loss: the mean of their weights is
// a model, often a better one than each (Wortsman et al. 2022, "Model soups"). What is
// free in weights is brought to one value first ([lfads.Model.Standardise]).
type Mean struct {
	config  *config.Config
	data    *dataset.Dataset
	sum     []float64
	members []string
}

// NewMean returns a mean of no models yet, of a run with configuration c on data d.
func NewMean(c *config.Config, d *dataset.Dataset) *Mean { return &Mean{config: c, data: d} }

// Add adds a model. The sum is float64 and depends on the order in its last bits.
func (m *Mean) Add(s *checkpoint.State, generation, member int) error {
	model, err := Restore(m.config, m.data, s, 0)
	if err != nil {
		return err
	}
	model.Standardise()
	if m.sum == nil {
		m.sum = make([]float64, len(model.Params))
	}
	if len(m.sum) != len(model.Params) {
		return fmt.Errorf("a mean of models of %d and of %d weights: their model.* settings differ", len(m.sum), len(model.Params))
	}
	for i, v := range model.Params {
		m.sum[i] += float64(v)
	}
	m.members = append(m.members, fmt.Sprintf("%d/%d", generation, member))
	return nil
}

// State returns the mean as a checkpoint, to infer from: with the hyper-parameters,
// epoch and score of the best of its members.
func (m *Mean) State(best *checkpoint.State) *checkpoint.State {
	n := len(m.sum)
	s := &checkpoint.State{
		Names: best.Names, Shapes: best.Shapes,
		Params: make([]float32, n), AdamM: make([]float32, n), AdamV: make([]float32, n),
		Epoch: best.Epoch, Step: best.Step, Score: best.Score, LearningRate: best.LearningRate,
		Hyper: maps.Clone(best.Hyper), MeanOf: m.members,
	}
	for i, v := range m.sum {
		s.Params[i] = float32(v / float64(len(m.members)))
	}
	return s
}
