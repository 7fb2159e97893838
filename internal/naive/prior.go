package naive

import "math"

// NormalKL returns the divergence of each element of a normal posterior from a
// normal prior given by rows of mean m and log variance v:
//
//	KL = (v - ln std² + (std² + (mean - m)²) / exp(v) - 1) / 2
func NormalKL(mean, std, priorMean, priorLogVar *Var) *Var {
	rows := mean.Rows()
	logVar := Repeat(priorLogVar, rows)
	variance := Square(std)
	distance := Square(Sub(mean, Repeat(priorMean, rows)))
	relative := Div(Add(variance, distance), Exp(logVar))
	return Scale(Affine(Add(Sub(logVar, Log(variance)), relative), 1, -1), .5)
}

// AR1KL returns, summed over bins, trials and dimensions, log q(s) - log p(s)
// of one sample s of the posterior q, where p is the autoregressive process
//
//	s_0 ~ N(0, v / (1 - a²)),  s_t ~ N(a s_{t-1}, v),  a = exp(-1 / tau)
//
// with the row ln tau of time constants in bins and the row ln v of noise
// variances. Its expectation over s is the divergence of q from p.
func AR1KL(mean, std, sample []*Var, logTau, logNoiseVar *Var) *Var {
	rows := sample[0].Rows()
	a := Repeat(Exp(Scale(Exp(Scale(logTau, -1)), -1)), rows)
	noise := Repeat(Exp(logNoiseVar), rows)
	expected := NewVar(NewMatrix(rows, sample[0].Cols()))
	variance := Div(noise, Affine(Square(a), -1, 1))
	var terms []*Var
	for t, s := range sample {
		q := logNormal(s, mean[t], Square(std[t]))
		p := logNormal(s, expected, variance)
		terms = append(terms, Sub(q, p))
		expected, variance = Mul(a, s), noise
	}
	return Sum(terms...)
}

// StudentTKL returns, summed over bins, trials and dimensions, log q(s) - log p(s)
// of one sample s of the posterior q, where p is Student's t distribution with df
// degrees of freedom, the row of locations m and the row of log squared scales v:
//
//	ln p = lnG((df+1)/2) - lnG(df/2) - (ln(df pi) + v + (df + 1) ln(1 + (s - m)²/(df exp(v)))) / 2
func StudentTKL(mean, std, sample []*Var, location, logSquaredScale *Var, df float64) *Var {
	rows := sample[0].Rows()
	spread := Repeat(logSquaredScale, rows)
	above, _ := math.Lgamma((df + 1) / 2)
	below, _ := math.Lgamma(df / 2)
	var terms []*Var
	for t, s := range sample {
		distance := Div(Square(Sub(s, Repeat(location, rows))), Exp(spread))
		tail := Scale(Log(Affine(distance, 1/df, 1)), df+1)
		p := Affine(Add(spread, tail), -.5, above-below-.5*math.Log(df*math.Pi))
		terms = append(terms, Sub(logNormal(s, mean[t], Square(std[t])), p))
	}
	return Sum(terms...)
}

// logNormal returns the log density of each element of x under N(mean, variance).
func logNormal(x, mean, variance *Var) *Var {
	distance := Div(Square(Sub(x, mean)), variance)
	return Affine(Add(Log(variance), distance), -.5, -.5*math.Log(2*math.Pi))
}

// icKL returns the divergence of the initial condition, averaged over trials.
func (m *model) icKL(q normal) *Var {
	if m.ICPrior == None {
		return m.nothing()
	}
	return Scale(Sum(NormalKL(q.mean, q.std, m.p("ic_prior.mean"), m.p("ic_prior.logvar"))), 1/float64(m.trials))
}

// inputKL returns the divergence of the inferred inputs: averaged over trials, with
// the normal prior over trials AND bins.
func (m *model) inputKL() *Var {
	if m.InferredInputs == 0 || m.InputPrior == None {
		return m.nothing()
	}
	perTrial := 1 / float64(m.trials)
	if m.InputPrior == Normal {
		var terms []*Var
		for _, u := range m.inputs {
			terms = append(terms, NormalKL(u.mean, u.std, m.p("co_prior.mean"), m.p("co_prior.logvar")))
		}
		return Scale(Sum(terms...), perTrial/float64(len(m.inputs)))
	}
	return Scale(m.sampledInputKL(), perTrial)
}

// sampledInputKL is the divergence of one fresh sample, summed.
func (m *model) sampledInputKL() *Var {
	var means, stds, fresh []*Var
	for t, u := range m.inputs {
		means, stds = append(means, u.mean), append(stds, u.std)
		fresh = append(fresh, sampled(u.mean, u.std, m.in.NoisePrior.at(t)))
	}
	if m.InputPrior == StudentT {
		return StudentTKL(means, stds, fresh, m.p("co_prior.mean"), m.p("co_prior.logvar"), m.DegreesOfFreedom)
	}
	return AR1KL(means, stds, fresh, m.p("co_prior.logtaus"), m.p("co_prior.lognvars"))
}

func (m *model) nothing() *Var { return NewVar(NewMatrix(1, 1)) }
