package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Constants of Philox4x32-10, as in internal/rng.
const (
	philoxM0 = 0xD2511F53
	philoxM1 = 0xCD9E8D57
	philoxW0 = 0x9E3779B9
	philoxW1 = 0xBB67AE85
	rounds   = 10
)

// dropoutMask writes one column of lanes, rows of which are stride bytes apart.
//
// The 32-bit product with a 64-bit result (VPMULUDQ) takes the even 32-bit
// elements of a register, so even and odd lanes are computed apart, each in
// the low half of a 64-bit element; what stands in the high halves does not
// matter until the two are put together.
func dropoutMask(m isa) {
	text("dropoutMask"+m.name, "func(dst *float32, k0, k1 *uint32, bin uint32, features, stride int, threshold uint32, scale float32)")
	dst, k0, k1 := param("dst"), param("k0"), param("k1")
	features, stride := param("features"), param("stride")
	bin, group := m.broadcast(paramAddress("bin")), m.vec()
	zero(group)
	TESTQ(features, features)
	JZ(LabelRef("done"))
	Label("loop")
	even := m.philox(bin, group, m.load(at(k0, 0)), m.load(at(k1, 0)))
	odd := m.philox(bin, group, m.oddLanes(k0), m.oddLanes(k1))
	for i := range 4 {
		VPSLLQ(U8(32), odd[i], odd[i])
		VANDPS(m.load(lowHalves()), even[i], even[i])
		VORPS(odd[i], even[i], even[i])
		m.keepFrom(even[i])
		VMOVUPS(even[i], at(dst, 0))
		ADDQ(stride, dst)
		DECQ(features)
		JZ(LabelRef("done"))
	}
	VPADDD(constantBits(1), group, group)
	JMP(LabelRef("loop"))
	Label("done")
	VZEROUPPER()
	RET()
}

// philox returns the four words at counter (bin, group, 0, 0).
func (m isa) philox(bin, group, k0, k1 reg.VecVirtual) [4]reg.VecVirtual {
	zeros := m.vec()
	zero(zeros)
	c := [4]reg.VecVirtual{bin, group, zeros, zeros}
	for r := range rounds {
		p0, p1, h0, h1 := m.vec(), m.vec(), m.vec(), m.vec()
		VPMULUDQ(constantBits(philoxM0), c[0], p0)
		VPMULUDQ(constantBits(philoxM1), c[2], p1)
		VPSRLQ(U8(32), p0, h0)
		VPSRLQ(U8(32), p1, h1)
		VXORPS(c[1], h1, h1)
		VXORPS(k0, h1, h1)
		VXORPS(c[3], h0, h0)
		VXORPS(k1, h0, h0)
		c = [4]reg.VecVirtual{h1, p1, h0, p0}
		if r < rounds-1 {
			VPADDD(constantBits(philoxW0), k0, k0)
			VPADDD(constantBits(philoxW1), k1, k1)
		}
	}
	return c
}

// oddLanes returns the odd lanes at p in the places of the even ones.
func (m isa) oddLanes(p reg.Register) reg.VecVirtual {
	v := m.load(at(p, 0))
	VPSRLQ(U8(32), v, v)
	return v
}

// keepFrom replaces words by scale where they are at least threshold, else 0.
func (m isa) keepFrom(words reg.VecVirtual) {
	threshold, scale := m.broadcast(paramAddress("threshold")), m.broadcast(paramAddress("scale"))
	if m == avx512 {
		const notLess = 5
		keep := K()
		VPCMPUD(U8(notLess), threshold, words, keep)
		VMOVAPS_Z(scale, keep, words)
		return
	}
	VPMAXUD(words, threshold, threshold)
	VPCMPEQD(words, threshold, threshold)
	VANDPS(scale, threshold, words)
}
