package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Limits as in kernel/gamma.go and kernel/gaussian.go.
const (
	logShapeLimit  = 16
	excessLimit    = 64
	minVariance    = 1e-6
	minLogVariance = -13.815510557964274
)

// pairLoss is the loss of two outputs an element:
//
//	func(grad, o, y *float32, observed, pass *uint8, scale, loss *float32, features, stride, maskStride, second int)
//
// It runs down one column of lanes, rows of which are stride bytes apart. The
// second outputs, and the gradients there, begin second bytes after the first;
// grad, observed and pass may be nil.
type pairLoss struct {
	m                            isa
	grad, o, y, observed, pass   reg.Register
	scale, stride, second, masks reg.Register
	sum                          reg.VecVirtual
}

// pairKernel emits a pairLoss; element emits what is done at each.
func pairKernel(m isa, name string, element func(p *pairLoss)) {
	text(name+m.name, "func(grad, o, y *float32, observed, pass *uint8, scale, loss *float32, features, stride, maskStride, second int)")
	p := &pairLoss{
		m: m, grad: param("grad"), o: param("o"), y: param("y"), observed: param("observed"), pass: param("pass"),
		scale: param("scale"), stride: param("stride"), second: param("second"), masks: param("maskStride"),
	}
	loss, features := param("loss"), param("features")
	p.sum = m.load(at(loss, 0))
	TESTQ(features, features)
	JZ(LabelRef("done"))
	Label("loop")
	element(p)
	ADDQ(p.stride, p.o)
	ADDQ(p.stride, p.y)
	p.next("observed", p.observed, p.masks)
	p.next("pass", p.pass, p.masks)
	p.next("grad", p.grad, p.stride)
	DECQ(features)
	JNZ(LabelRef("loop"))
	Label("done")
	VMOVUPS(p.sum, at(loss, 0))
	VZEROUPPER()
	RET()
}

// next moves a pointer on, unless it is nil.
func (p *pairLoss) next(label string, pointer, stride reg.Register) {
	TESTQ(pointer, pointer)
	JZ(LabelRef("no_" + label))
	ADDQ(stride, pointer)
	Label("no_" + label)
}

// keep sets x to 0 where a mask has no bit; nil keeps all.
func (p *pairLoss) keep(label string, mask reg.Register, x reg.VecVirtual) {
	TESTQ(mask, mask)
	JZ(LabelRef("all_" + label))
	p.m.keepBits(at(mask, 0), x)
	Label("all_" + label)
}

// outputs loads both.
func (p *pairLoss) outputs() (first, second reg.VecVirtual) {
	return p.m.load(at(p.o, 0)), p.m.load(indexed(p.o, p.second, 1, 0))
}

// gamma emits the negative log likelihood of kernel/gamma.go.
func gamma(m isa) {
	pairKernel(m, "gamma", func(p *pairLoss) {
		t := m.ln(m.load(at(p.y, 0)))
		VADDPS(indexed(p.o, p.second, 1, 0), t, t)
		o := m.load(at(p.o, 0))
		limitAbove(o, m.load(constant(logShapeLimit)), o)
		limitBelow(o, m.load(constant(-logShapeLimit)), o)
		VSUBPS(o, t, t)
		limitAbove(t, m.load(constant(excessLimit)), t)
		a, term := m.exp(o), m.excess(t)
		VMULPS(a, term, term)
		VMULPS(a, t, t)

		TESTQ(p.grad, p.grad)
		JZ(LabelRef("no_rate"))
		rate := m.vec()
		VADDPS(t, term, rate) // a (e^t - 1)
		VMULPS(at(p.scale, 0), rate, rate)
		p.keep("rate", p.pass, rate)
		VMOVUPS(rate, indexed(p.grad, p.second, 1, 0))
		Label("no_rate")

		s, slope := m.stirling(o, a)
		VADDPS(s, term, term)
		p.keep("loss", p.observed, term)
		VADDPS(term, p.sum, p.sum)

		TESTQ(p.grad, p.grad)
		JZ(LabelRef("no_shape"))
		VSUBPS(t, slope, slope)
		VMULPS(at(p.scale, 0), slope, slope)
		p.keep("shape", p.pass, slope)
		VMOVUPS(slope, at(p.grad, 0))
		Label("no_shape")
	})
}

// gaussian emits that of kernel/gaussian.go. No product is fused with a sum:
// these are the bits of the same loop in Go.
func gaussian(m isa) {
	pairKernel(m, "gaussian", func(p *pairLoss) {
		d, logv := p.outputs()
		free := m.plainExp(logv)
		v := m.vec()
		limitBelow(free, m.load(constant(minVariance)), v)
		m.atLeast(free, logv)
		VSUBPS(at(p.y, 0), d, d)
		p.keep("residual", p.observed, d)
		q := m.vec()
		VMULPS(d, d, q)
		VDIVPS(v, q, q)
		VADDPS(q, logv, logv)
		VMULPS(constant(.5), logv, logv)
		p.keep("loss", p.observed, logv)
		VADDPS(logv, p.sum, p.sum)

		TESTQ(p.grad, p.grad)
		JZ(LabelRef("no_gradient"))
		s, rest := m.load(at(p.scale, 0)), m.load(constant(1))
		p.keep("gradient", p.pass, s)
		VDIVPS(v, d, d)
		VMULPS(s, d, d)
		VMOVUPS(d, at(p.grad, 0))
		VSUBPS(q, rest, rest)
		VMULPS(constant(.5), s, s)
		VMULPS(rest, s, s)
		VDIVPS(v, free, free)
		VMULPS(free, s, s)
		VMOVUPS(s, indexed(p.grad, p.second, 1, 0))
		Label("no_gradient")
	})
}

// atLeast replaces the logarithm of a variance below the least by that of the
// least; a NaN stays.
func (m isa) atLeast(variance, logv reg.VecVirtual) {
	least := m.load(constant(minLogVariance))
	const less = 0x11 // ordered, quiet
	if m == avx512 {
		below := K()
		VCMPPS(U8(less), constant(minVariance), variance, below)
		VBLENDMPS(least, logv, below, logv)
		return
	}
	below := m.vec()
	VCMPPS(U8(less), constant(minVariance), variance, below)
	VBLENDVPS(below, least, logv, logv)
}

// plainExp is exp with every product rounded before it is added, as in package
// maths.
func (m isa) plainExp(x reg.VecVirtual) reg.VecVirtual {
	r, n, t, magic := m.vec(), m.vec(), m.vec(), m.load(constant(roundMagic))
	limitAbove(x, m.load(constant(expHigh)), r)
	limitBelow(r, m.load(constant(expLow)), r)
	VMULPS(constant(log2e), r, n)
	VADDPS(magic, n, n)
	VSUBPS(magic, n, n)
	for _, part := range []float32{ln2Head, ln2Tail} {
		VMULPS(constant(part), n, t)
		VSUBPS(t, r, r)
	}
	p := m.load(constant(expP[0]))
	for _, c := range expP[1:] {
		VMULPS(r, p, p)
		VADDPS(constant(c), p, p)
	}
	VMULPS(r, p, p)
	VMULPS(r, p, p)
	VADDPS(constant(1), r, r)
	VADDPS(r, p, p)
	m.powerOf2(n)
	VMULPS(n, p, p)
	return p
}
