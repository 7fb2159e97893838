package naive

import "fmt"

// Outputs is everything the model computes on the way to its loss. Sequences
// list the states AFTER the update in their bin.
type Outputs struct {
	EncoderInput Sequence // after coordinated dropout, before dropout; T x [B, N]
	ICForward    *Matrix  // final states of the initial-condition encoder, [B, dims]
	ICBackward   *Matrix
	CIStates     Sequence // [forward, backward] before the lag; (T - IC segment) x [B, 2 dims]
	CI           Sequence // after lag and padding, what the controller reads; T' x [B, 2 dims]

	ICMean, ICStd, ICSample *Matrix // [B, dims]
	GeneratorInit           *Matrix // [B, dims]

	GeneratorStates  Sequence // T' x [B, dims], as all below
	ControllerStates Sequence // nil without a controller, as InputMeans and InputStds
	InputMeans       Sequence
	InputStds        Sequence
	GeneratorInputs  Sequence // [sampled inferred inputs, external inputs]
	Factors          Sequence
	Readout          Sequence // [M], or for two parameters [first of all M, second of all M]
	Means            Sequence // expected observations [M]: rates per bin, or Gaussian means
}

// Result is what one evaluation of the model gives.
type Result struct {
	Outputs Outputs
	Losses  Losses
	Grads   Params // d Losses.Total / d parameter, before clipping; trainable ones only
}

// Evaluate runs the model and its backward pass on a batch.
func Evaluate(config *Config, params Params, in *Inputs) *Result {
	m := newModel(config, params, in)
	Backward(m.forward())
	m.out.Grads = Params{}
	for name, v := range m.params {
		if Trainable(name) {
			m.out.Grads[name] = v.Grad
		}
	}
	return m.out
}

// forward returns the total loss; all else is left in m.out.
func (m *model) forward() *Var {
	initial := m.encodeIC()
	readouts := m.decode(initial.sample, m.encodeCI())
	total := m.loss(initial, readouts)
	m.out.Losses.Total = total.Scalar()
	return total
}

// model is one evaluation under way.
type model struct {
	*Config
	in     *Inputs
	params map[string]*Var
	trials int
	share  float64  // of the target that is observed
	read   []*Var   // what the encoders read, T x [B, N]
	inputs []normal // posteriors of the inferred inputs, one per bin
	out    *Result
}

// normal is a diagonal normal posterior, [B, dims], and a sample of it.
type normal struct{ mean, std, sample *Var }

func newModel(config *Config, params Params, in *Inputs) *model {
	m := &model{Config: config, in: in, params: map[string]*Var{}, trials: in.Data[0].Rows, out: &Result{}}
	for _, s := range config.Shapes() {
		p := params[s.Name]
		if p == nil || p.Rows != s.Rows || p.Cols != s.Cols {
			panic(fmt.Sprintf("naive: parameter %s is %v, the configuration wants %dx%d", s.Name, p, s.Rows, s.Cols))
		}
		m.params[s.Name] = NewVar(p)
	}
	if !config.Variational {
		deterministic := *in
		deterministic.NoiseIC, deterministic.NoiseInput, deterministic.NoisePrior = nil, nil, nil
		m.in = &deterministic
	}
	m.share = observedShare(in.Target)
	m.readInput()
	return m
}

// readInput leaves what the encoders read.
func (m *model) readInput() {
	for t, data := range m.in.Data {
		x := m.coordinatedDropout(data.Map(orZero), t)
		m.out.Outputs.EncoderInput = append(m.out.Outputs.EncoderInput, x)
		m.read = append(m.read, Drop(NewVar(x), m.in.Dropout.EncoderInput.at(t)))
	}
}

// p returns a parameter.
func (m *model) p(name string) *Var { return m.params[name] }

func (m *model) cell(prefix string) Cell {
	return Cell{m.p(prefix + ".weight_ih"), m.p(prefix + ".weight_hh"), m.p(prefix + ".bias_ih")}
}

func (m *model) linear(x *Var, prefix string) *Var {
	return Linear(x, m.p(prefix+".weight"), m.p(prefix+".bias"))
}

// initialStates returns the learned states of an encoder's two directions,
// the same for every trial.
func (m *model) initialStates(name string) (forward, backward *Var) {
	h0 := m.p(name)
	return Repeat(Rows(h0, 0, 1), m.trials), Repeat(Rows(h0, 1, 2), m.trials)
}

// zeros returns a constant of zeros, [B, features].
func (m *model) zeros(features int) *Var { return NewVar(NewMatrix(m.trials, features)) }

// sampled returns mean + std * noise; without noise, the mean.
func sampled(mean, std *Var, noise *Matrix) *Var {
	if noise == nil {
		return mean
	}
	return Add(mean, Mul(std, NewVar(noise)))
}

// values returns the numbers of a sequence of Vars.
func values(vars []*Var) Sequence {
	s := make(Sequence, len(vars))
	for t, v := range vars {
		s[t] = v.Value
	}
	return s
}
