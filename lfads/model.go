package lfads

import (
	"fmt"
	"math"

	"github.com/autolfads/autolfads/internal/rng"
	"github.com/autolfads/autolfads/nn"
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
	inputPrior            InputPrior

	generator  *nn.GRU
	factors    *nn.Normalized
	readout    *nn.Linear
	likelihood Likelihood
}

// New returns a model with zero parameters; see Initialise.
func New(c Config, s Shape) (*Model, error) {
	if err := c.Check(s); err != nil {
		return nil, err
	}
	m := &Model{Config: c, Shape: s}
	m.likelihood, _ = newLikelihood(c.Likelihood)
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
		m.inputPrior, _ = newInputPrior(&c)
		m.inputPrior.Bind(l, c.InferredInputs)
	}
	m.generator = nn.NewGRU(l, "generator", c.InferredInputs+s.External, 0, c.GeneratorDim, limit)
	m.factors = nn.NewNormalized(l, "factors", c.GeneratorDim, c.Factors)
	m.readout = nn.NewLinear(l, "readout", c.Factors, m.likelihood.Outputs()*s.Neurons)
	m.Params = make([]float32, l.Size)
	return m, nil
}

// HasController says whether inputs to the generator are inferred.
func (m *Model) HasController() bool { return m.Config.InferredInputs > 0 }

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

// Initialise draws the first parameters of a member: weights N(0, 1/fan),
// where fan counts inputs and states together in encoder cells, and inputs and
// states separately in the decoder's; biases of update and reset gates 1, of
// all else 0; initial states 0.
func (m *Model) Initialise(seed uint64, slot int) {
	clear(m.Params)
	draw := func(t nn.Tensor, fan int) {
		src := rng.NewSource(rng.Derive(seed, rng.Initialise, uint64(slot), uint64(t.Offset)))
		sd := 1 / math.Sqrt(float64(max(fan, 1)))
		for i := range t.Of(m.Params) {
			t.Of(m.Params)[i] = float32(src.Normal() * sd)
		}
	}
	cell := func(g *nn.GRU, inputFan, recurrentFan int) {
		draw(g.Input, inputFan)
		draw(g.Recurrent, recurrentFan)
		bias := g.Bias.Of(m.Params)
		for i := range 2 * g.Hidden {
			bias[i] = 1
		}
	}
	for _, s := range m.sweeps() {
		cell(s.GRU, s.In+s.Hidden, s.In+s.Hidden)
	}
	cell(m.generator, m.generator.In, m.generator.Hidden)
	draw(m.icHead.Weight, m.icHead.In)
	draw(m.icToGenerator.Weight, m.icToGenerator.In)
	draw(m.factors.Weight, m.factors.In)
	draw(m.readout.Weight, m.readout.In)
	if m.HasController() {
		cell(m.controller, m.controller.In, m.controller.Hidden)
		draw(m.inputHead.Weight, m.inputHead.In)
		m.inputPrior.Initialise(m.Params)
	}
	m.Prepare()
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
