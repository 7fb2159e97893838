package lfads

import (
	"sync"
	"sync/atomic"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/internal/kernel"
)

// CPU is the [Engine] that runs on this machine's cores, on one or more threads.
// The memory that a step needs is allocated at its first use and kept.
//
// Each block of trials is computed by one thread, and its loss and gradients
// are kept apart until all blocks are done; then they are added in block
// order. So the result does not depend on the number of threads.
type CPU struct {
	Model   *Model
	Input   InputPath       // to be set before the first use
	threads []map[int]*tape // one map a thread, by block width
	parts   []*part

	// Of the step under way.
	batch Batch
	next  atomic.Int64 // how many parts have been taken
	wait  sync.WaitGroup
}

// part is what one block contributes to a step.
type part struct {
	block
	w                    int
	gradient             *blockGradient
	recon, klIC, klInput float64 // sums over the block's trials
	counted              int     // elements in recon
}

// NewCPU returns an engine that uses the given number of threads.
func NewCPU(m *Model, threads int) *CPU {
	e := &CPU{Model: m, threads: make([]map[int]*tape, max(threads, 1))}
	for i := range e.threads {
		e.threads[i] = map[int]*tape{}
	}
	return e
}

// Bits implements [Engine].
func (e *CPU) Bits() string { return kernel.Bits() }

// Gradient implements [Engine].
func (e *CPU) Gradient(grad []float32, b Batch, o *Objective, p *Pass) Loss {
	m := e.Model
	parts := e.cut(b, true)
	e.each(parts, func(t *tape, part *part) {
		m.forward(t)
		m.scoreBackward(t, part, o, b)
		m.decodeBackward(t, part.gradient)
		m.encodeBackward(t, part.gradient)
	}, b, p)
	clear(grad)
	for _, part := range parts {
		part.gradient.addTo(grad)
	}
	l := m.loss(parts, b, o, p)
	l.L2 = m.l2(o, o.LossScale*o.L2Ramp, grad) + m.readout.penalty(o.LossScale*o.L2Ramp, grad)
	l.Total = o.total(&l)
	return l
}

// Evaluate implements [Engine].
func (e *CPU) Evaluate(b Batch, o *Objective, p *Pass) Loss {
	m := e.Model
	parts := e.cut(b, false)
	e.each(parts, func(t *tape, part *part) {
		m.forward(t)
		m.score(t, part)
	}, b, p)
	l := m.loss(parts, b, o, p)
	l.L2 = m.l2(o, 0, nil) + m.readout.penalty(0, nil)
	l.Total = o.total(&l)
	return l
}

// forward takes a block from data to output.
func (m *Model) forward(t *tape) {
	m.load(t)
	m.encode(t)
	m.initial.sample(t, m.generator.firstState(t))
	m.decode(t)
}

// encode computes what is read of the data.
func (m *Model) encode(t *tape) {
	m.initial.encode(t)
	m.controller.encode(t)
}

// encodeBackward accumulates the gradients of everything before the decoder.
func (m *Model) encodeBackward(t *tape, g *blockGradient) {
	m.initial.backpropagate(t, t.generator.dState, &g.initial)
	m.controller.backpropagate(t, &g.controller)
}

// cut cuts a batch into blocks.
func (e *CPU) cut(b Batch, gradients bool) []*part {
	n := 0
	for trials := b.Trials; len(trials) > 0; n++ {
		if n == len(e.parts) {
			e.parts = append(e.parts, &part{})
		}
		w := blockWidth(len(trials))
		taken := min(w, len(trials))
		p := e.parts[n]
		p.block, p.w = block{trials[:taken], len(b.Trials) - len(trials)}, w
		if gradients && (p.gradient == nil || p.gradient.w != w) {
			p.gradient = e.Model.newBlockGradient(nil, w)
		}
		trials = trials[taken:]
	}
	return e.parts[:n]
}

// each runs do on every part, on the engine's threads.
func (e *CPU) each(parts []*part, do func(*tape, *part), b Batch, p *Pass) {
	e.batch = b
	clear(p.ByTrial)
	e.next.Store(0)
	for _, tapes := range e.threads[1:min(len(e.threads), max(len(parts), 1))] {
		e.wait.Go(func() { e.work(tapes, parts, do, p) })
	}
	e.work(e.threads[0], parts, do, p)
	e.wait.Wait()
}

// work runs do on parts, as long as there are any that no thread has taken.
func (e *CPU) work(tapes map[int]*tape, parts []*part, do func(*tape, *part), p *Pass) {
	for {
		i := int(e.next.Add(1)) - 1
		if i >= len(parts) {
			return
		}
		t := e.tape(tapes, parts[i].w)
		t.block, t.batch, t.pass = parts[i].block, &e.batch, p
		do(t, parts[i])
	}
}

func (e *CPU) tape(tapes map[int]*tape, w int) *tape {
	if tapes[w] == nil {
		tapes[w] = e.Model.newTape(nil, w, e.Input)
	}
	return tapes[w]
}

// loss adds up the parts in order.
func (m *Model) loss(parts []*part, b Batch, o *Objective, p *Pass) Loss {
	l := Loss{Elements: b.observed(m.Shape)}
	for _, p := range parts {
		l.Recon += p.recon
		l.Counted += p.counted
		l.KLIC += p.klIC
		l.KLInput += p.klInput
	}
	trials := float64(len(b.Trials))
	l.Recon *= m.reconWeight(b, o, p)
	l.KLIC /= trials
	l.KLInput /= trials
	return l
}

// reconWeight is the weight of one element in the reconstruction loss of a batch:
// of a mean over the elements that the recording has observed, or of their sum, as
// if the others had been like them. An element that an augmentation hides counts as
// one with a loss of 0, unless the augmentation has a weight that makes up for it.
// Where nothing was observed there is no loss.
func (m *Model) reconWeight(b Batch, o *Objective, p *Pass) float64 {
	observed, trials := b.observed(m.Shape), len(b.Trials)
	weight := augment.WeightOf(p.Augmentations)
	switch {
	case observed == 0:
		return 0
	case o.SumRecon:
		return weight / float64(trials) * (float64(trials*m.Shape.elements()) / float64(observed))
	}
	return weight / float64(observed)
}

// score computes the block's loss terms.
func (m *Model) score(t *tape, p *part) {
	p.recon, p.counted = m.readout.loss(t, 0, nil), t.counted()
	p.klIC = m.initial.prior.kl(t, 0, nil)
	p.klInput = m.controller.kl(t, 0, nil)
}

// scoreBackward computes the block's loss terms and begins the backward pass:
// the gradient at the output replaces the output; those of the divergences are left
// with the posteriors.
func (m *Model) scoreBackward(t *tape, p *part, o *Objective, b Batch) {
	p.gradient.reset()
	p.recon, p.counted = m.readout.loss(t, float32(o.LossScale*m.reconWeight(b, o, t.pass)), &p.gradient.readout), t.counted()
	kl := o.LossScale * o.KLRamp / float64(len(b.Trials))
	p.klIC = m.initial.prior.kl(t, kl*o.KLICScale, &p.gradient.initial)
	p.klInput = m.controller.kl(t, kl*o.KLInputScale, &p.gradient.controller)
}
