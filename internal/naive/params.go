package naive

import (
	"math"
	"slices"

	"github.com/autolfads/autolfads/rng"
)

// Shape is the name and the size of a parameter.
type Shape struct {
	Name       string
	Rows, Cols int
}

// Prefixes of the four encoder cells and full names of the decoder's, to which
// ".weight_ih", ".weight_hh" and ".bias_ih" are added.
const (
	icForward  = "encoder.ic_enc.fwd_gru.cell"
	icBackward = "encoder.ic_enc.bwd_gru.cell"
	ciForward  = "encoder.ci_enc.fwd_gru.cell"
	ciBackward = "encoder.ci_enc.bwd_gru.cell"
	generator  = "decoder.rnn.cell.gen_cell"
	controller = "decoder.rnn.cell.con_cell"
	zigScale   = "recon.0.scale"
)

// frozen lists the parameters that are not trained.
var frozen = []string{"ic_prior.logvar", "co_prior.logvar"}

// Trainable reports whether the optimiser changes a parameter.
func Trainable(name string) bool { return !slices.Contains(frozen, name) }

// Shapes lists all parameters of the model. The two rows of an encoder's h0
// are the initial states of its forward and its backward direction.
func (c *Config) Shapes() []Shape {
	shapes := []Shape{{"encoder.ic_enc_h0", 2, c.ICEncoderDim}}
	shapes = append(shapes, cellShapes(icForward, c.Neurons, c.ICEncoderDim)...)
	shapes = append(shapes, cellShapes(icBackward, c.Neurons, c.ICEncoderDim)...)
	shapes = append(shapes, linearShapes("encoder.ic_linear", 2*c.ICEncoderDim, 2*c.InitialConditionDim)...)
	shapes = append(shapes, linearShapes("decoder.ic_to_g0", c.InitialConditionDim, c.GeneratorDim)...)
	shapes = append(shapes, cellShapes(generator, c.InferredInputs+c.ExternalInputs, c.GeneratorDim)...)
	shapes = append(shapes, Shape{"decoder.rnn.cell.fac_linear.weight", c.Factors, c.GeneratorDim})
	shapes = append(shapes, linearShapes("readout.0", c.Factors, c.ReconNeurons*c.Likelihood.readoutParams())...)
	if c.Likelihood == ZeroInflatedGamma {
		shapes = append(shapes, Shape{zigScale, 2, c.ReconNeurons})
	}
	if c.ICPrior == Normal {
		shapes = append(shapes, locationShapes("ic_prior", c.InitialConditionDim)...)
	}
	if c.InferredInputs > 0 {
		shapes = append(shapes, c.controllerShapes()...)
	}
	return shapes
}

func (c *Config) controllerShapes() []Shape {
	shapes := []Shape{
		{"encoder.ci_enc_h0", 2, c.CIEncoderDim},
		{"decoder.con_h0", 1, c.ControllerDim},
	}
	shapes = append(shapes, cellShapes(ciForward, c.Neurons, c.CIEncoderDim)...)
	shapes = append(shapes, cellShapes(ciBackward, c.Neurons, c.CIEncoderDim)...)
	shapes = append(shapes, cellShapes(controller, 2*c.CIEncoderDim+c.Factors, c.ControllerDim)...)
	shapes = append(shapes, linearShapes("decoder.rnn.cell.co_linear", c.ControllerDim, 2*c.InferredInputs)...)
	switch c.InputPrior {
	case AR1:
		shapes = append(shapes,
			Shape{"co_prior.logtaus", 1, c.InferredInputs},
			Shape{"co_prior.lognvars", 1, c.InferredInputs})
	case Normal, StudentT:
		shapes = append(shapes, locationShapes("co_prior", c.InferredInputs)...)
	}
	return shapes
}

func locationShapes(prefix string, dims int) []Shape {
	return []Shape{{prefix + ".mean", 1, dims}, {prefix + ".logvar", 1, dims}}
}

func cellShapes(prefix string, in, hidden int) []Shape {
	return []Shape{
		{prefix + ".weight_ih", 3 * hidden, in},
		{prefix + ".weight_hh", 3 * hidden, hidden},
		{prefix + ".bias_ih", 1, 3 * hidden},
	}
}

func linearShapes(prefix string, in, out int) []Shape {
	return []Shape{{prefix + ".weight", out, in}, {prefix + ".bias", 1, out}}
}

// RandomParams returns parameters in which nothing is zero and nothing is
// special: weights N(0, 1/columns), everything else N(0, 1/10), about 2 for the
// scales of a zero-inflated Gamma likelihood. It is for
// comparing implementations, not the way to start training.
func (c *Config) RandomParams(source *rng.Source) Params {
	p := Params{}
	for _, s := range c.Shapes() {
		spread := math.Sqrt(.1)
		if s.Rows > 2 {
			spread = 1 / math.Sqrt(float64(s.Cols))
		}
		p[s.Name] = randomMatrix(source, s.Rows, s.Cols, spread)
	}
	for i, x := range p.of(zigScale) { // positive
		p[zigScale].Data[i] = float64(float32(2 + x))
	}
	return p
}

// of returns the numbers of a parameter, none if there is no such.
func (p Params) of(name string) []float64 {
	if p[name] == nil {
		return nil
	}
	return p[name].Data
}

// randomMatrix draws float32 numbers, so that a float32 implementation can
// load them without rounding.
func randomMatrix(source *rng.Source, rows, cols int, spread float64) *Matrix {
	m := NewMatrix(rows, cols)
	for i := range m.Data {
		m.Data[i] = float64(float32(spread * source.Normal()))
	}
	return m
}
