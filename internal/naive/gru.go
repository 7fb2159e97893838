package naive

// Cell is a gated recurrent unit (Cho et al. 2014) of H units that reads I
// numbers. Its matrices are three blocks of H rows: update z, reset r,
// candidate n.
//
//	z  = sigmoid(W_z x + b_z + U_z h)
//	r  = sigmoid(W_r x + b_r + U_r h)
//	n  = tanh(W_n x + b_n + U_n (r * h))
//	h' = clip(z h + (1 - z) n)
//
// The reset gate acts BEFORE the recurrent product, unlike in cuDNN's and
// PyTorch's GRU; z keeps the old state.
type Cell struct {
	Input     *Var // W, [3H, I]
	Recurrent *Var // U, [3H, H]
	Bias      *Var // b, [1, 3H]
}

// Step returns the state after reading x, [B, I], in state h, [B, H].
func (c Cell) Step(x, h *Var, clip float64) *Var {
	n := h.Cols()
	read := Linear(x, c.Input, c.Bias)
	block := func(i int) (fromInput, recurrent *Var) {
		return Cols(read, i*n, (i+1)*n), Rows(c.Recurrent, i*n, (i+1)*n)
	}
	wz, uz := block(0)
	wr, ur := block(1)
	wn, un := block(2)
	update := Sigmoid(Add(wz, MatMulT(h, uz)))
	reset := Sigmoid(Add(wr, MatMulT(h, ur)))
	candidate := Tanh(Add(wn, MatMulT(Mul(reset, h), un)))
	return Clip(Add(Mul(update, h), Mul(Affine(update, -1, 1), candidate)), clip)
}

// Run returns the state after each bin of x, from the state h.
func (c Cell) Run(x []*Var, h *Var, clip float64) []*Var {
	states := make([]*Var, len(x))
	for t := range x {
		h = c.Step(x[t], h, clip)
		states[t] = h
	}
	return states
}

// RunBackward reads x from its last bin to its first: the state in bin t has
// seen bins t and later.
func (c Cell) RunBackward(x []*Var, h *Var, clip float64) []*Var {
	states := make([]*Var, len(x))
	for t := len(x) - 1; t >= 0; t-- {
		h = c.Step(x[t], h, clip)
		states[t] = h
	}
	return states
}

// BiGRU is one cell that reads forward in time and one that reads backward.
type BiGRU struct{ Forward, Backward Cell }

// Run returns both directions' states in each bin; h0 are their initial states.
func (g BiGRU) Run(x []*Var, forwardH0, backwardH0 *Var, clip float64) (forward, backward []*Var) {
	return g.Forward.Run(x, forwardH0, clip), g.Backward.RunBackward(x, backwardH0, clip)
}
