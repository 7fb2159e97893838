package train

import (
	"math"

	"github.com/autolfads/autolfads/maths"
)

// A member may keep a running average of its weights over its optimiser steps, in
// which a step counts half as much as one AverageHalfLife steps later. With the
// weights p_n after step n and d = 2^(-1/half life),
//
//	avg_n = sum of d^(n-k) p_k / sum of d^(n-k), k = 1 to n
//	      = avg_(n-1) + a_n (p_n - avg_(n-1)), a_n = (1 - d) / (1 - d^n),
//
// so that the first steps weigh as they should, and not what stood there before
// (the bias correction of Adam's moments; Polyak and Juditsky 1992 for averages of
// iterates). Training goes on from the weights themselves; the average is what is
// validated, scored and inferred. It is kept from the first step of a member's life,
// and goes with the weights to whoever copies them: n is the optimiser's number of
// steps.

// followSteps takes the weights after a step into the average.
func (m *Member) followSteps() {
	if m.average == nil {
		return
	}
	a := shareOfStep(m.Config.AverageHalfLife, m.optimiser.Steps)
	for i, p := range m.Model.Params {
		m.average[i] = float32(a*(p-m.average[i])) + m.average[i]
	}
}

// shareOfStep returns a_n, the share of step n (from 1) in the average after it.
func shareOfStep(halfLife float64, n int) float32 {
	return float32((1 - kept(halfLife, 1)) / (1 - kept(halfLife, n)))
}

// kept returns d^n, how much a step counts n steps later.
func kept(halfLife float64, n int) float64 {
	return maths.Exp(float64(-math.Ln2 * (float64(n) / halfLife)))
}

// averaged calls f while the model has the averaged weights, if they are kept.
func (m *Member) averaged(f func()) {
	if m.average == nil {
		f()
		return
	}
	m.swapAverage()
	f()
	m.swapAverage()
}

// swapAverage gives the model the averaged weights and the average the model's, or
// takes that back.
func (m *Member) swapAverage() {
	for i, p := range m.Model.Params {
		m.Model.Params[i], m.average[i] = m.average[i], p
	}
	m.Model.Prepare()
}
