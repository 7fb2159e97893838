package lfads

import (
	"fmt"

	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/prior"
)

// Model is the network: its layers, and the flat vector of its parameters.
type Model struct {
	Config Config
	Shape  Shape
	Layout nn.Layout
	Params []float32 // after changing it call Prepare

	icForward, icBackward *nn.Sweep // encoders of the initial condition
	icHead                *nn.Linear
	icPriorMean           nn.Tensor
	icToGenerator         *nn.Linear

	ciForward, ciBackward *nn.Sweep // encoders of the controller's input
	controller            *nn.GRU
	controllerInitial     nn.Tensor
	inputHead             *nn.Linear
	inputPrior            prior.Prior
	inputPriorFirst       int // where its learned parameters begin
	inputPriorSize        int

	generator  *nn.GRU
	factors    *nn.Normalized
	readout    *nn.Linear
	likelihood likelihood.Likelihood
}

// New returns a model with zero parameters; see Initialise.
func New(c Config, s Shape) (*Model, error) {
	if err := c.Check(s); err != nil {
		return nil, err
	}
	m := &Model{Config: c, Shape: s}
	m.likelihood, _ = likelihood.New(c.Likelihood)
	l, limit := &m.Layout, float32(c.CellClip)

	m.icForward = nn.NewSweep(l, "ic_encoder.forward", s.HeldIn, c.ICEncoderDim, limit, false)
	m.icBackward = nn.NewSweep(l, "ic_encoder.backward", s.HeldIn, c.ICEncoderDim, limit, true)
	m.icHead = nn.NewLinear(l, "initial_condition", 2*c.ICEncoderDim, 2*c.InitialConditionDim)
	m.icPriorMean = l.New("initial_condition.prior_mean", c.InitialConditionDim)
	m.icToGenerator = nn.NewLinear(l, "generator.from_initial_condition", c.InitialConditionDim, c.GeneratorDim)
	if m.HasController() {
		m.ciForward = nn.NewSweep(l, "ci_encoder.forward", s.HeldIn, c.CIEncoderDim, limit, false)
		m.ciBackward = nn.NewSweep(l, "ci_encoder.backward", s.HeldIn, c.CIEncoderDim, limit, true)
		m.controller = nn.NewGRU(l, "controller", 2*c.CIEncoderDim+c.Factors, 2*c.CIEncoderDim, c.ControllerDim, limit)
		m.controllerInitial = l.New("controller.initial_state", c.ControllerDim)
		m.inputHead = nn.NewLinear(l, "inferred_inputs", c.ControllerDim, 2*c.InferredInputs)
		m.inputPrior, _ = c.newInputPrior()
		m.inputPriorFirst = l.Size
		m.inputPrior.Bind(l, c.InferredInputs)
		m.inputPriorSize = l.Size - m.inputPriorFirst
	}
	m.generator = nn.NewGRU(l, "generator", c.InferredInputs+s.External, 0, c.GeneratorDim, limit)
	m.factors = nn.NewNormalized(l, "factors", c.GeneratorDim, c.Factors)
	m.readout = nn.NewLinear(l, "readout", c.Factors, m.likelihood.Outputs()*s.Neurons)
	m.Params = make([]float32, l.Size)
	return m, nil
}

// HasController says whether inputs to the generator are inferred.
func (m *Model) HasController() bool { return m.Config.InferredInputs > 0 }

// Likelihood is the distribution of the data given the readout.
func (m *Model) Likelihood() likelihood.Likelihood { return m.likelihood }

// Prepare packs the parameters for the matrix kernels: call it whenever Params
// changed.
func (m *Model) Prepare() {
	for _, l := range m.preparers() {
		l.Prepare(m.Params)
	}
	if m.HasController() {
		m.inputPrior.Prepare(m.Params)
	}
}

type preparer interface{ Prepare(params []float32) }

func (m *Model) preparers() []preparer {
	p := []preparer{m.icForward, m.icBackward, m.icHead, m.icToGenerator, m.generator, m.factors, m.readout}
	if m.HasController() {
		p = append(p, m.ciForward, m.ciBackward, m.controller, m.inputHead)
	}
	return p
}

func (m *Model) sweeps() []*nn.Sweep {
	s := []*nn.Sweep{m.icForward, m.icBackward}
	if m.HasController() {
		s = append(s, m.ciForward, m.ciBackward)
	}
	return s
}

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
