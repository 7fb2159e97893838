package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Coefficients as in kernel/series.go, the highest power first.
var (
	logP = []float32{
		7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
		-1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
	}
	stirlingP = []float32{1. / 1260, -1. / 360, 1. / 12}
	slopeP    = []float32{1. / 252, -1. / 120, 1. / 12}
)

const (
	sqrtHalfBits  = 0x3f3504f3 // of sqrt(1/2), where the mantissa of log begins
	mantissaBits  = 0x007fffff
	halfLog2Pi    = .91893853320467274178
	stirlingBegin = 4
)

// ln returns the natural logarithm of x and leaves x.
func (m isa) ln(x reg.VecVirtual) reg.VecVirtual {
	bits, n, f, f2, y := m.vec(), m.vec(), m.vec(), m.vec(), m.vec()
	m.bitwiseSub(constantBits(sqrtHalfBits), x, bits)
	VPSRAD(U8(23), bits, n)
	VCVTDQ2PS(n, n)
	m.bitwiseAnd(constantBits(mantissaBits), bits, bits)
	VPADDD(constantBits(sqrtHalfBits), bits, bits)
	VSUBPS(constant(1), bits, f)
	VMULPS(f, f, f2)
	p := m.polynomial(logP, f)[0]
	VMULPS(f, p, p)
	VMULPS(f2, p, p)
	VFMADD231PS(constant(ln2Tail), n, p)
	VFNMADD231PS(constant(.5), f2, p)
	VADDPS(p, f, f)
	VFMADD231PS(constant(ln2Head), n, f)
	VSUBPS(x, x, y) // not 0 where x is no number, or infinite
	VADDPS(y, f, f)
	return f
}

// bitwiseSub and bitwiseAnd are operations of integers, on the bits of y and a
// constant.
func (m isa) bitwiseSub(c Mem, y, dst reg.VecVirtual) { VPSUBD(c, y, dst) }

func (m isa) bitwiseAnd(c Mem, y, dst reg.VecVirtual) {
	if m == avx512 {
		VPANDD(c, y, dst)
		return
	}
	VPAND(c, y, dst)
}

// excess returns e^x - 1 - x, without the cancellation about 0; it leaves x.
func (m isa) excess(x reg.VecVirtual) reg.VecVirtual {
	power, r := m.reduce(x)
	p := m.polynomial(expP, r)[0]
	VMULPS(r, p, p)
	VMULPS(r, p, p)
	VFMSUB213PS(x, power, r) // power r - x
	rest := m.vec()
	VSUBPS(constant(1), power, rest)
	VADDPS(rest, r, r)
	VFMADD231PS(p, power, r)
	return r
}

// stirling returns what kernel's stirling does, of shape a and its logarithm o.
func (m isa) stirling(o, a reg.VecVirtual) (s, slope reg.VecVirtual) {
	unit, z, rest, three := m.load(constant(1)), m.copyOf(a), m.vec(), constant(3)
	m.onlyLess(a, constant(stirlingBegin), unit)
	VFMADD231PS(three, unit, z) // a + 3, or a
	m.product12(a, z, rest)
	VDIVPS(rest, unit, rest) // 1 / ((a+1)(a+2)), or 0
	ratio := m.ln(m.quotient(z, a))

	t := m.vec()
	VMULPS(three, a, t)
	VADDPS(constant(7), t, t)
	VFMADD213PS(constant(1), rest, t) // z^2 / ((a+1)(a+2)), or 1
	s = m.ln(t)
	half := m.vec()
	VADDPS(constant(.5), a, half)
	VFMADD231PS(half, ratio, s)
	VFNMADD231PS(constant(.5), o, s)
	VFNMADD231PS(three, unit, s)
	VADDPS(constant(halfLog2Pi), s, s)

	one := m.load(constant(1))
	inverse := m.quotient(one, z)
	square := m.vec()
	VMULPS(inverse, inverse, square)
	series := m.polynomial(stirlingP, square)[0]
	VFMADD231PS(inverse, series, s)

	slope = m.polynomial(slopeP, square)[0]
	VFMADD213PS(constant(.5), inverse, slope)
	VFNMADD213PS(ratio, inverse, slope) // ratio - inverse(...)
	VADDPS(a, a, t)
	VADDPS(three, t, t)
	VMULPS(a, t, t)
	VFMADD213PS(unit, rest, t) // 1 + a (2a + 3) / ((a+1)(a+2)), or 0
	VFMSUB213PS(t, a, slope)
	return s, slope
}

// product12 computes (a+1)(a+2) of z = a + 3.
func (m isa) product12(a, z, dst reg.VecVirtual) {
	VMOVAPS(a, dst)
	VFMADD213PS(constant(2), z, dst)
}

// quotient returns x / y.
func (m isa) quotient(x, y reg.VecVirtual) reg.VecVirtual {
	q := m.vec()
	VDIVPS(y, x, q)
	return q
}

// onlyLess keeps y where x < limit and sets it to 0 elsewhere; a NaN is not less.
func (m isa) onlyLess(x reg.VecVirtual, limit Mem, y reg.VecVirtual) {
	const less = 0x11 // ordered, quiet
	if m == avx512 {
		k := K()
		VCMPPS(U8(less), limit, x, k)
		VMOVAPS_Z(y, k, y)
		return
	}
	is := m.vec()
	VCMPPS(U8(less), limit, x, is)
	VANDPS(is, y, y)
}
