package lfads

import (
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/nn"
)

// blockGradient accumulates all gradients of one block of trials.
type blockGradient struct {
	w                     int
	icForward, icBackward *nn.SweepGrad
	icHead, icToGenerator *nn.LinearGrad
	icPriorMean           []float64

	ciForward, ciBackward *nn.SweepGrad
	controller            *nn.GRUGrad
	controllerInitial     []float32 // [Controller][w]
	inputHead             *nn.LinearGrad
	inputPrior            []float64

	generator *nn.GRUGrad
	factors   *nn.NormalizedGrad
	readout   *nn.LinearGrad
}

func (m *Model) newBlockGradient(w int) *blockGradient {
	g := &blockGradient{
		w:         w,
		icForward: m.icForward.NewGrad(w), icBackward: m.icBackward.NewGrad(w),
		icHead: m.icHead.NewGrad(w), icToGenerator: m.icToGenerator.NewGrad(w),
		icPriorMean: make([]float64, m.Config.InitialConditionDim),
		generator:   m.generator.NewGrad(w), factors: m.factors.NewGrad(), readout: m.readout.NewGrad(w),
	}
	if m.HasController() {
		g.ciForward, g.ciBackward = m.ciForward.NewGrad(w), m.ciBackward.NewGrad(w)
		g.controller, g.inputHead = m.controller.NewGrad(w), m.inputHead.NewGrad(w)
		g.controllerInitial = make([]float32, m.Config.ControllerDim*w)
		g.inputPrior = make([]float64, m.inputPriorSize)
	}
	return g
}

func (g *blockGradient) reset() {
	g.icForward.Reset()
	g.icBackward.Reset()
	g.icHead.Reset()
	g.icToGenerator.Reset()
	clear(g.icPriorMean)
	g.generator.Reset()
	g.factors.Reset()
	g.readout.Reset()
	if g.controller != nil {
		g.ciForward.Reset()
		g.ciBackward.Reset()
		g.controller.Reset()
		clear(g.controllerInitial)
		g.inputHead.Reset()
		clear(g.inputPrior)
	}
}

// addTo adds the block's gradients to the flat gradient.
func (g *blockGradient) addTo(m *Model, grad []float32) {
	g.icForward.AddTo(grad, g.w)
	g.icBackward.AddTo(grad, g.w)
	g.icHead.AddTo(grad, g.w)
	g.icToGenerator.AddTo(grad, g.w)
	for i, d := range g.icPriorMean {
		m.icPriorMean.Of(grad)[i] += float32(d)
	}
	g.generator.AddTo(grad, g.w)
	g.factors.AddTo(grad)
	g.readout.AddTo(grad, g.w)
	if g.controller != nil {
		g.ciForward.AddTo(grad, g.w)
		g.ciBackward.AddTo(grad, g.w)
		g.controller.AddTo(grad, g.w)
		nn.AddLanes(m.controllerInitial.Of(grad), g.controllerInitial, g.w)
		g.inputHead.AddTo(grad, g.w)
		for i, d := range g.inputPrior {
			grad[m.inputPriorFirst+i] += float32(d)
		}
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
	penalties := append(make([]penalty, 0, 6), penalty{m.icForward.GRU, o.L2ICEncoder},
		penalty{m.icBackward.GRU, o.L2ICEncoder}, penalty{m.generator, o.L2Generator})
	if m.HasController() {
		penalties = append(penalties, penalty{m.ciForward.GRU, o.L2CIEncoder},
			penalty{m.ciBackward.GRU, o.L2CIEncoder}, penalty{m.controller, o.L2Controller})
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
