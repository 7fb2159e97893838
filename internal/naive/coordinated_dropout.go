package naive

// coordinatedDropout returns what is read of bin t: kept elements, scaled so
// that the mean stays.
func (m *model) coordinatedDropout(data *Matrix, t int) *Matrix {
	if m.in.Kept == nil {
		return data
	}
	out := data.Clone()
	for i, kept := range m.in.Kept[t].Data {
		out.Data[i] *= kept / (1 - m.CoordinatedDropoutRate)
	}
	return out
}

// passing returns the loss of bin t with the gradient that coordinated dropout lets
// through.
func (m *model) passing(t int, loss *Var) *Var {
	if m.in.Kept == nil {
		return loss
	}
	return PassGradient(loss, m.gradientMask(t))
}

// gradientMask says which elements of bin t pass the gradient of the
// reconstruction loss under coordinated dropout: those that were not read,
// those let pass, all held-out neurons and all forward bins.
func (m *model) gradientMask(t int) *Matrix {
	mask := NewMatrix(m.trials, m.ReconNeurons)
	for b := range m.trials {
		for n := range m.ReconNeurons {
			read := t < m.Bins && n < m.Neurons && m.in.Kept[t].At(b, n) == 1
			if !read || m.in.Pass[t].At(b, n) == 1 {
				mask.Set(b, n, 1)
			}
		}
	}
	return mask
}
