package naive

// Losses holds the terms of the loss as they enter the sum in doc.go, before
// their scales and ramps.
type Losses struct {
	Total          float64
	Recon          float64
	KLIC, KLInput  float64
	L2             float64
	KLRamp, L2Ramp float64
	Elementwise    Sequence // what every element adds to the loss before it is averaged, T' x [B, M]
}

// loss adds up the terms and records them.
func (m *model) loss(initial normal, readouts []*Var) *Var {
	recon := m.recon(readouts)
	klIC, klInput := m.icKL(initial), m.inputKL()
	l2 := Sum(m.l2(), m.zigPenalty())

	losses := &m.out.Losses
	losses.Recon, losses.L2 = recon.Scalar(), l2.Scalar()
	losses.KLIC, losses.KLInput = klIC.Scalar(), klInput.Scalar()
	losses.KLRamp, losses.L2Ramp = m.KLRamp(), m.L2Ramp()

	total := Sum(
		recon,
		Scale(l2, m.L2Ramp()),
		Scale(klIC, m.KLRamp()*m.KLICScale),
		Scale(klInput, m.KLRamp()*m.KLInputScale))
	return Scale(total, m.LossScale)
}

// recon returns the reconstruction loss: the mean over trials, bins and
// neurons, or the sum over bins and neurons averaged over trials. Either is divided
// by the share of the batch that was observed.
func (m *model) recon(readouts []*Var) *Var {
	var terms []*Var
	for t, readout := range readouts {
		loss, mean := m.nll(readout, anyWhereMissing(m.in.Target[t]))
		loss = m.observed(t, loss)
		m.out.Outputs.Means = append(m.out.Outputs.Means, mean)
		m.out.Losses.Elementwise = append(m.out.Losses.Elementwise, loss.Value)
		terms = append(terms, m.passing(t, loss))
	}
	elements := m.trials
	if !m.SumRecon {
		elements *= m.ReconBins * m.ReconNeurons
	}
	return Scale(Sum(terms...), 1/float64(elements))
}

// l2 returns the penalty on the recurrent matrices U that have a scale:
//
//	sum of scale |U|² / 2, divided by the number of their weights
func (m *model) l2() *Var {
	scales := map[string]float64{
		icForward: m.L2ICEncoderScale, icBackward: m.L2ICEncoderScale,
		ciForward: m.L2CIEncoderScale, ciBackward: m.L2CIEncoderScale,
		controller: m.L2ControllerScale, generator: m.L2GeneratorScale,
	}
	penalty := NewVar(NewMatrix(1, 1))
	weights := 1e-8 // so that no penalty at all is 0, not 0/0
	for _, name := range []string{icForward, icBackward, ciForward, ciBackward, controller, generator} {
		u := m.p(name + ".weight_hh")
		if u == nil || scales[name] == 0 {
			continue
		}
		penalty = Add(penalty, Scale(Sum(Square(u)), .5*scales[name]))
		weights += float64(len(u.Value.Data))
	}
	return Scale(penalty, 1/weights)
}
