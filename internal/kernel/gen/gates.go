package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func gruKernels(m isa) {
	gruReset(m)
	gruOutput(m)
	gruOutputBackward(m)
	gruResetBackward(m)
}

func gruReset(m isa) {
	m.elementwise("gruReset", "", []string{"z", "r", "h", "rh"}, func() {}, func(p []Mem) {
		s := m.sigmoid(p[0], p[1])
		z, r := s[0], s[1]
		VMOVUPS(z, p[0])
		VMOVUPS(r, p[1])
		VMULPS(p[2], r, r)
		VMOVUPS(r, p[3])
	})
}

func gruOutput(m isa) {
	var high, low reg.VecVirtual
	setup := func() { high, low = m.limits() }
	m.elementwise("gruOutput", ", limit float32", []string{"n", "z", "h", "out"}, setup, func(p []Mem) {
		n := m.load(p[0])
		m.tanh(n)
		VMOVUPS(n, p[0])
		d := m.load(p[2])
		VSUBPS(n, d, d)
		VFMADD132PS(p[1], n, d) // d z + n
		limitAbove(d, high, d)
		limitBelow(d, low, d)
		VMOVUPS(d, p[3])
	})
}

func gruOutputBackward(m isa) {
	var high, low reg.VecVirtual
	setup := func() { high, low = m.limits() }
	m.elementwise("gruOutputBackward", ", limit float32", []string{"n", "z", "h", "dh"}, setup, func(p []Mem) {
		n, z, d, g := m.load(p[0]), m.load(p[1]), m.load(p[2]), m.load(p[3])
		VSUBPS(n, d, d) // h - n
		pre := m.copyOf(d)
		VFMADD213PS(n, z, pre) // z d + n
		m.zeroOutside(pre, low, high, g)
		flow := m.vec()
		VMULPS(z, g, flow)
		VMOVUPS(flow, p[3])
		keep, one := m.vec(), m.load(constant(1))
		VSUBPS(z, one, keep)
		slope := m.copyOf(n)
		VFNMADD213PS(one, n, slope) // 1 - n n
		VMULPS(keep, g, g)
		VMULPS(slope, g, g)
		VMOVUPS(g, p[0])
		VMULPS(d, flow, flow)
		VMULPS(keep, flow, flow)
		VMOVUPS(flow, p[1])
	})
}

func gruResetBackward(m isa) {
	m.elementwise("gruResetBackward", "", []string{"r", "h", "drh", "dh"}, func() {}, func(p []Mem) {
		r, t := m.load(p[0]), m.load(p[2])
		VMULPS(r, t, t)
		dh := m.vec()
		VADDPS(p[3], t, dh)
		VMOVUPS(dh, p[3])
		h, keep := m.load(p[1]), m.load(constant(1))
		VMULPS(h, t, t)
		VSUBPS(r, keep, keep)
		VMULPS(keep, t, t)
		VMOVUPS(t, p[0])
		VMULPS(h, r, r)
		VMOVUPS(r, p[2])
	})
}

// limits returns the parameter limit and its negative in every lane.
func (m isa) limits() (high, low reg.VecVirtual) {
	high, low = m.broadcast(paramAddress("limit")), m.vec()
	zero(low)
	VSUBPS(high, low, low)
	return high, low
}

// zeroOutside sets g to 0 where x < low or x > high; a NaN in x leaves g.
func (m isa) zeroOutside(x, low, high, g reg.VecVirtual) {
	for _, c := range []struct {
		limit     reg.VecVirtual
		predicate Constant
	}{{high, U8(0x1e)}, {low, U8(0x11)}} { // greater, less: ordered, quiet
		if m == avx512 {
			inside := K()
			VCMPPS(c.predicate, c.limit, x, inside)
			KNOTW(inside, inside)
			VMOVAPS_Z(g, inside, g)
			continue
		}
		outside := m.vec()
		VCMPPS(c.predicate, c.limit, x, outside)
		VANDNPS(g, outside, g)
	}
}
