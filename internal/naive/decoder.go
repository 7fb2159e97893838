package naive

// decode starts the generator from the initial condition and runs controller,
// generator and readout over all T' bins. It returns the readout of each bin.
// Dropout never touches the states that are carried on.
func (m *model) decode(ic *Var, ci []*Var) []*Var {
	masks := &m.in.Dropout
	toFactors := NormaliseRows(m.p("decoder.rnn.cell.fac_linear.weight"))
	g := m.linear(ic, "decoder.ic_to_g0")
	factors := MatMulT(Drop(g, masks.Factors.at(0)), toFactors)
	m.out.Outputs.GeneratorInit = g.Value

	var c *Var
	if ci != nil {
		c = Repeat(m.p("decoder.con_h0"), m.trials)
	}
	var generatorStates, controllerStates, generatorInputs, allFactors, readouts []*Var
	for t := range m.ReconBins {
		input := Drop(m.external(t), masks.External.at(t))
		if ci != nil {
			seen := Drop(Concat(ci[t], factors), masks.ControllerInput.at(t))
			c = m.cell(controller).Step(seen, c, m.CellClip)
			u := m.inferredInput(c, t)
			m.inputs = append(m.inputs, u)
			controllerStates = append(controllerStates, c)
			input = Concat(u.sample, input)
		}
		g = m.cell(generator).Step(input, g, m.CellClip)
		factors = MatMulT(Drop(g, masks.Factors.at(t+1)), toFactors)

		generatorInputs = append(generatorInputs, input)
		generatorStates = append(generatorStates, g)
		allFactors = append(allFactors, factors)
		readouts = append(readouts, m.linear(factors, "readout.0"))
	}

	out := &m.out.Outputs
	out.GeneratorInputs, out.GeneratorStates = values(generatorInputs), values(generatorStates)
	out.ControllerStates, out.Factors, out.Readout = values(controllerStates), values(allFactors), values(readouts)
	return readouts
}

// external returns the external inputs of bin t, zeros in the forward bins.
func (m *model) external(t int) *Var {
	if m.in.External == nil || t >= len(m.in.External) {
		return m.zeros(m.ExternalInputs)
	}
	return NewVar(m.in.External[t])
}

// inferredInput returns the posterior of the inferred inputs of bin t:
//
//	mean, logvar = linear(c),  std = exp(logvar / 2)
func (m *model) inferredInput(c *Var, t int) normal {
	n := m.InferredInputs
	heads := m.linear(c, "decoder.rnn.cell.co_linear")
	mean, std := Cols(heads, 0, n), Exp(Scale(Cols(heads, n, 2*n), .5))
	m.out.Outputs.InputMeans = append(m.out.Outputs.InputMeans, mean.Value)
	m.out.Outputs.InputStds = append(m.out.Outputs.InputStds, std.Value)
	return normal{mean, std, sampled(mean, std, m.in.NoiseInput.at(t))}
}
