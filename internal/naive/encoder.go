package naive

// encodeIC reads the IC segment (or the whole trial) in both directions; the
// final states give the posterior of the initial condition:
//
//	mean, logvar = linear(dropout([forward, backward]))
//	std          = sqrt(exp(logvar) + floor)
func (m *model) encodeIC() normal {
	x := m.read
	if m.ICSegmentBins > 0 {
		x = x[:m.ICSegmentBins]
	}
	forward0, backward0 := m.initialStates("encoder.ic_enc_h0")
	encoder := BiGRU{m.cell(icForward), m.cell(icBackward)}
	forward, backward := encoder.Run(x, forward0, backward0, m.CellClip)
	lastForward, lastBackward := forward[len(x)-1], backward[0]

	dims := m.InitialConditionDim
	heads := m.linear(Drop(Concat(lastForward, lastBackward), m.in.Dropout.ICHead), "encoder.ic_linear")
	mean, logvar := Cols(heads, 0, dims), Cols(heads, dims, 2*dims)
	std := Sqrt(Affine(Exp(logvar), 1, m.ICPosteriorMinVariance))
	sample := sampled(mean, std, m.in.NoiseIC)

	out := &m.out.Outputs
	out.ICForward, out.ICBackward = lastForward.Value, lastBackward.Value
	out.ICMean, out.ICStd, out.ICSample = mean.Value, std.Value, sample.Value
	return normal{mean, std, sample}
}

// encodeCI reads what follows the IC segment in both directions and returns
// the controller's input in each of the T' bins. A lag of L bins keeps the
// forward states L bins back and the backward states L bins ahead; where there
// are none, and in the IC segment and the forward bins, zeros are read. With
// L = 1 the controller in bin t has not seen bin t of the data.
func (m *model) encodeCI() []*Var {
	if m.InferredInputs == 0 {
		return nil
	}
	x := m.read[m.ICSegmentBins:]
	forward0, backward0 := m.initialStates("encoder.ci_enc_h0")
	encoder := BiGRU{m.cell(ciForward), m.cell(ciBackward)}
	forward, backward := encoder.Run(x, forward0, backward0, m.CellClip)

	state := func(states []*Var, t int) *Var {
		if t < 0 || t >= len(states) {
			return m.zeros(m.CIEncoderDim)
		}
		return states[t]
	}
	ci := make([]*Var, m.ReconBins)
	for t := range ci {
		ci[t] = m.zeros(2 * m.CIEncoderDim)
		if s := t - m.ICSegmentBins; s >= 0 && s < len(x) {
			ci[t] = Concat(state(forward, s-m.CILag), state(backward, s+m.CILag))
		}
	}
	for t := range x {
		m.out.Outputs.CIStates = append(m.out.Outputs.CIStates, Concat(forward[t], backward[t]).Value)
	}
	m.out.Outputs.CI = values(ci)
	return ci
}
