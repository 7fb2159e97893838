package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Coefficients as in kernel/math.go, the highest power first.
var (
	tanhP = []float32{
		-2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-08,
		1.48572235717979e-05, 6.37261928875436e-04, 4.89352455891786e-03,
	}
	tanhQ = []float32{1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03}
)

const (
	expHigh    = 88
	expLow     = -87
	log2e      = 1.44269504088896341
	roundMagic = 12582912
	ln2Head    = 0.693359375
	ln2Tail    = -2.12194440e-4
)

var expP = []float32{
	1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
}

const tanhLimit = 7.90531110763549805

// tanh replaces every x by tanh(x). It goes step by step over all x, so that
// neighbouring instructions do not wait for each other.
func (m isa) tanh(xs ...reg.VecVirtual) {
	high, low := m.load(constant(tanhLimit)), m.load(constant(-tanhLimit))
	for _, x := range xs {
		limitAbove(x, high, x)
	}
	var squares []reg.VecVirtual
	for _, x := range xs {
		limitBelow(x, low, x)
		x2 := m.vec()
		VMULPS(x, x, x2)
		squares = append(squares, x2)
	}
	p := m.polynomial(tanhP, squares...)
	q := m.polynomial(tanhQ, squares...)
	for i, x := range xs {
		VMULPS(x, p[i], p[i])
		VDIVPS(q[i], p[i], x)
	}
}

// sigmoid returns tanh(x/2)/2 + 1/2 of the vectors at p.
func (m isa) sigmoid(p ...Mem) []reg.VecVirtual {
	half := m.load(constant(.5))
	var xs []reg.VecVirtual
	for _, from := range p {
		x := m.vec()
		VMULPS(from, half, x)
		xs = append(xs, x)
	}
	m.tanh(xs...)
	for _, x := range xs {
		VFMADD213PS(half, half, x)
	}
	return xs
}

// polynomial evaluates c, the highest power first, at each x.
func (m isa) polynomial(c []float32, xs ...reg.VecVirtual) []reg.VecVirtual {
	var ps []reg.VecVirtual
	for range xs {
		ps = append(ps, m.load(constant(c[0])))
	}
	for _, v := range c[1:] {
		for i, x := range xs {
			VFMADD213PS(constant(v), x, ps[i])
		}
	}
	return ps
}

// exp returns e^x and leaves x.
func (m isa) exp(x reg.VecVirtual) reg.VecVirtual {
	// A NaN becomes some number in power, and y keeps it.
	power, r := m.reduce(x)
	p, y := m.polynomial(expP, r)[0], m.vec()
	VMULPS(r, p, p)
	VADDPS(constant(1), r, y)
	VFMADD231PS(r, p, y)
	VMULPS(power, y, y)
	return y
}

// reduce returns 2^n and x - n log 2, at most half a log 2, for an x limited to
// what exp takes; it leaves x.
func (m isa) reduce(x reg.VecVirtual) (power, r reg.VecVirtual) {
	r = m.vec()
	magic := m.load(constant(roundMagic))
	limitAbove(x, m.load(constant(expHigh)), r)
	limitBelow(r, m.load(constant(expLow)), r)
	n := m.copyOf(r)
	VFMADD132PS(constant(log2e), magic, n) // n log2e + magic
	VSUBPS(magic, n, n)
	VFNMADD231PS(constant(ln2Head), n, r)
	VFNMADD231PS(constant(ln2Tail), n, r)
	m.powerOf2(n)
	return n, r
}

// powerOf2 replaces n by 2^n, from the bits of its exponent.
func (m isa) powerOf2(n reg.VecVirtual) {
	VCVTPS2DQ(n, n)
	VPADDD(constantBits(127), n, n)
	VPSLLD(U8(23), n, n)
}
