package lfads

import (
	"fmt"

	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/nn"
)

// Model is the network: its parts, and the flat vector of its parameters.
type Model struct {
	Config Config
	Shape  Shape
	Layout nn.Layout
	Params []float32 // after changing it call Prepare

	layers     []nn.Layer // of all parts, in the order of their parameters
	initial    *initialCondition
	controller *controller // nil: no inputs are inferred; its methods do nothing then
	generator  *generator
	readout    *readout
}

// New returns a model with zero parameters; see Initialise.
func New(c Config, s Shape) (*Model, error) { return newModel(nil, c, s) }

// newModel takes the model's memory from a.
func newModel(a *nn.Arena, c Config, s Shape) (*Model, error) {
	if err := c.Check(s); err != nil {
		return nil, err
	}
	m := &Model{Config: c, Shape: s, Layout: nn.Layout{Arena: a}}
	m.initial = m.newInitialCondition()
	if c.InferredInputs > 0 {
		m.controller = m.newController()
	}
	m.generator = m.newGenerator()
	m.readout = m.newReadout()
	m.Params = nn.Take[float32](a, m.Layout.Size)
	return m, nil
}

// add has Initialise and Prepare take care of a layer, too.
func add[L nn.Layer](m *Model, layer L) L {
	m.layers = append(m.layers, layer)
	return layer
}

// Likelihood is the distribution of the data given the readout.
func (m *Model) Likelihood() likelihood.Likelihood { return m.readout.likelihood }

// Prepare packs the parameters for the matrix kernels: call it whenever Params
// changed.
func (m *Model) Prepare() {
	for _, l := range m.layers {
		l.Prepare(m.Params)
	}
}

// Standardise brings what is free in Params to one value, so that models which compute
// the same have the same weights, but for rounding: rows of factor weights, which are
// normalised in use, get the norm 1. Call Prepare after it.
func (m *Model) Standardise() { m.generator.factors.Standardise(m.Params) }

// FirstNotFinite returns the name of the first tensor of a flat vector
// (parameters or gradients) that holds a NaN or an infinity, or "".
func (m *Model) FirstNotFinite(flat []float32) string {
	for _, t := range m.Layout.Tensors {
		for i, v := range t.Of(flat) {
			if v-v != 0 {
				return fmt.Sprintf("%s[%d] = %v", t.Name, i, v)
			}
		}
	}
	return ""
}
