package lfads

import (
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/nn"
)

// blockGradient accumulates all gradients of one block of trials.
type blockGradient struct {
	w   int
	all []nn.Grad

	initial    initialGrad
	controller controllerGrad
	generator  generatorGrad
	readout    readoutGrad
}

// newBlockGradient takes a gradient's memory from a.
func (m *Model) newBlockGradient(a *nn.Arena, w int) *blockGradient {
	g := &blockGradient{w: w}
	g.initial = m.initial.newGrad(a, g)
	g.controller = m.controller.newGrad(a, g)
	g.generator = m.generator.newGrad(a, g)
	g.readout = m.readout.newGrad(a, g)
	return g
}

// own has reset and addTo take care of a layer's gradient, too.
func own[G nn.Grad](g *blockGradient, d G) G {
	g.all = append(g.all, d)
	return d
}

func (g *blockGradient) reset() {
	for _, d := range g.all {
		d.Reset()
	}
}

// addTo adds the block's gradients to the flat gradient.
func (g *blockGradient) addTo(grad []float32) {
	for _, d := range g.all {
		d.AddTo(grad)
	}
}

// l2 returns sum_k scale_k .5 |U_k|^2 / (number of weights in all U_k), over
// the recurrent matrices with a positive scale. If grad is not nil, weight
// times its gradient is added.
func (m *Model) l2(o *Objective, weight float64, grad []float32) float64 {
	type penalty struct {
		cell  *nn.GRU
		scale float64
	}
	penalties := append(make([]penalty, 0, 6), penalty{m.initial.forward.GRU, o.L2ICEncoder},
		penalty{m.initial.backward.GRU, o.L2ICEncoder}, penalty{m.generator.cell, o.L2Generator})
	if c := m.controller; c != nil {
		penalties = append(penalties, penalty{c.encoder.forward.GRU, o.L2CIEncoder},
			penalty{c.encoder.backward.GRU, o.L2CIEncoder}, penalty{c.cell, o.L2Controller})
	}
	sum, weights := 0., 0
	for _, p := range penalties {
		if p.scale > 0 {
			sum += float64(.5 * p.scale * kernel.SumSquares(p.cell.Recurrent.Of(m.Params)))
			weights += p.cell.Recurrent.Len()
		}
	}
	if weights == 0 {
		return 0
	}
	for _, p := range penalties {
		if p.scale > 0 && grad != nil {
			addScaled(p.cell.Recurrent.Of(grad), p.cell.Recurrent.Of(m.Params), float32(weight*p.scale/float64(weights)))
		}
	}
	return sum / float64(weights)
}

func addScaled(dst, x []float32, a float32) {
	for i, v := range x {
		dst[i] += float32(a * v)
	}
}
