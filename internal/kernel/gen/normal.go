package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Coefficients as in rng/normal.go, the lowest power first. Words have
// 32 bits, so the far tail of the algorithm is never reached.
var (
	centralA = []float64{
		3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
		4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
	}
	centralB = []float64{
		1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
		2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
	}
	tailC = []float64{
		1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
		1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
	}
	tailD = []float64{
		1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
		1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
	}
	atanhSeries = []float64{1, 1. / 3, 1. / 5, 1. / 7, 1. / 9, 1. / 11, 1. / 13, 1. / 15, 1. / 17, 1. / 19, 1. / 21}
)

const (
	ln2High = 6.93147180369123816490e-01
	ln2Low  = 1.90821492927058770002e-10
	two52   = 1 << 52 // its last bit is worth 1
)

func double(v float64) Mem { return constantPair(math.Float64bits(v)) }

// normals writes the standard normals of one column of lanes. In float64 and
// without fused multiply-adds, each number has the bits of rng.Key.Normal.
func normals(m isa) {
	text("normals"+m.name, "func(dst *float32, k0, k1, schedule *uint32, bin uint32, features, stride int)")
	m.eachFeature("dst", func(even, odd reg.VecVirtual, row reg.Register) {
		m.storeInterleaved(m.quantile(even), m.quantile(odd), row)
	})
}

// storeInterleaved stores even and odd lanes, half a register each, in order.
func (m isa) storeInterleaved(even, odd reg.VecVirtual, dst reg.Register) {
	low, high := m.half(), m.half()
	VUNPCKLPS(odd, even, low)
	VUNPCKHPS(odd, even, high)
	VMOVUPS(low.AsX(), at(dst, 0))
	VMOVUPS(high.AsX(), at(dst, 16))
	if m == avx512 {
		VEXTRACTF128(U8(1), low, at(dst, 32))
		VEXTRACTF128(U8(1), high, at(dst, 48))
	}
}

// half returns a register of half the width.
func (m isa) half() reg.VecVirtual {
	if m == avx512 {
		return YMM()
	}
	return XMM()
}

// quantile returns the standard normal quantiles of words, which stand in the
// low halves of 64-bit elements, as float32: rng.NormalQuantile, with both of its
// formulas computed for all.
func (m isa) quantile(words reg.VecVirtual) reg.VecVirtual {
	p, q := m.vec(), m.vec()
	VANDPD(lowHalves(), words, p)
	m.toDouble(p, two52)
	VADDPD(double(.5), p, p)
	VMULPD(double(1./(1<<32)), p, p)
	VADDPD(double(-.5), p, q)
	central, tail := m.central(q), m.tail(p)
	sign := m.vec()
	VANDPD(double(math.Copysign(0, -1)), q, sign)
	VORPD(sign, tail, tail)
	VANDPD(constantPair(1<<63-1), q, q)
	x := m.selectNotAbove(q, double(.425), central, tail)
	narrow := m.half()
	if m == avx512 {
		VCVTPD2PS(x, narrow)
	} else {
		VCVTPD2PSY(x, narrow)
	}
	return narrow
}

// toDouble turns integers below 2^52 into float64 and subtracts offset - 2^52.
func (m isa) toDouble(x reg.VecVirtual, offset float64) {
	VORPD(double(two52), x, x)
	VSUBPD(double(offset), x, x)
}

// selectNotAbove returns a where x <= limit, else b.
func (m isa) selectNotAbove(x reg.VecVirtual, limit Mem, a, b reg.VecVirtual) reg.VecVirtual {
	const notAbove = 2 // less or equal, ordered
	if m == avx512 {
		inside := K()
		VCMPPD(U8(notAbove), limit, x, inside)
		VMOVAPD(a, inside, b)
		return b
	}
	VCMPPD(U8(notAbove), limit, x, x)
	VBLENDVPD(x, a, b, b)
	return b
}

// central returns q A(r) / B(r), r = .180625 - q q.
func (m isa) central(q reg.VecVirtual) reg.VecVirtual {
	r, square := m.load(double(.180625)), m.vec()
	VMULPD(q, q, square)
	VSUBPD(square, r, r)
	a, b := m.horner(centralA, r), m.horner(centralB, r)
	VMULPD(q, a, a)
	VDIVPD(b, a, a)
	return a
}

// tail returns C(r) / D(r), r = sqrt(-ln(min(p, 1 - p))) - 1.6.
func (m isa) tail(p reg.VecVirtual) reg.VecVirtual {
	other := m.load(double(1))
	VSUBPD(p, other, other)
	VMINPD(p, other, other)
	r := m.log(other)
	VXORPD(double(math.Copysign(0, -1)), r, r)
	VSQRTPD(r, r)
	VSUBPD(double(1.6), r, r)
	c, d := m.horner(tailC, r), m.horner(tailD, r)
	VDIVPD(d, c, c)
	return c
}

// log is maths.Log: with x = 2^exponent frac and frac from sqrt(1/2) to sqrt(2),
// exponent ln(2) + 2 atanh(s), s = (frac - 1) / (frac + 1).
func (m isa) log(x reg.VecVirtual) reg.VecVirtual {
	exponent, frac := m.vec(), m.vec()
	VPSRLQ(U8(52), x, exponent)
	m.toDouble(exponent, two52+1022)
	VANDPD(constantPair(1<<52-1), x, frac)
	VORPD(double(.5), frac, frac)
	m.doubleBelow(frac, exponent)
	s, below, square := m.vec(), m.vec(), m.vec()
	VADDPD(double(-1), frac, s)
	VADDPD(double(1), frac, below)
	VDIVPD(below, s, s)
	VMULPD(s, s, square)
	series := m.horner(atanhSeries, square)
	VADDPD(s, s, s)
	VMULPD(series, s, s)
	low := m.vec()
	VMULPD(double(ln2Low), exponent, low)
	VADDPD(low, s, s)
	VMULPD(double(ln2High), exponent, exponent)
	VADDPD(s, exponent, exponent)
	return exponent
}

// doubleBelow doubles frac below sqrt(1/2), and lowers its exponent.
func (m isa) doubleBelow(frac, exponent reg.VecVirtual) {
	const less = 1 // ordered
	if m == avx512 {
		low := K()
		VCMPPD(U8(less), double(math.Sqrt2/2), frac, low)
		VADDPD(frac, frac, low, frac)
		VADDPD(double(-1), exponent, low, exponent)
		return
	}
	low, one := m.vec(), m.vec()
	VCMPPD(U8(less), double(math.Sqrt2/2), frac, low)
	VANDPD(double(1), low, one)
	VSUBPD(one, exponent, exponent)
	VANDPD(frac, low, low)
	VADDPD(low, frac, frac)
}

// horner evaluates c, the lowest power first, without fusing.
func (m isa) horner(c []float64, x reg.VecVirtual) reg.VecVirtual {
	y := m.load(double(c[len(c)-1]))
	for i := len(c) - 2; i >= 0; i-- {
		VMULPD(x, y, y)
		VADDPD(double(c[i]), y, y)
	}
	return y
}
