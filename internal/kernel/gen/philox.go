package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Constants of Philox4x32-10, as in package rng.
const (
	philoxM0 = 0xD2511F53
	philoxM1 = 0xCD9E8D57
	philoxW0 = 0x9E3779B9
	philoxW1 = 0xBB67AE85
	rounds   = 10
)

// dropoutMask writes the masks of one column of lanes, a bit each.
func dropoutMask(m isa) {
	text("dropoutMask"+m.name, "func(keep *uint8, k0, k1, schedule *uint32, bin uint32, features, stride int, threshold uint32)")
	m.eachFeature("keep", func(even, odd reg.VecVirtual, keep reg.Register) {
		VPSLLQ(U8(32), odd, odd)
		VANDPS(lowHalves(), even, even)
		VORPS(odd, even, even)
		m.storeNotBelow(even, at(keep, 0))
	})
}

// eachFeature goes down one column of lanes and calls store with the words of
// each feature and where its row begins; rows are stride bytes apart. schedule is
// memory for the keys of all rounds: 40 registers.
//
// The 32-bit product with a 64-bit result (VPMULUDQ) takes the even 32-bit
// elements of a register, so even and odd lanes are computed apart, each in
// the low half of a 64-bit element; what stands in the high halves does not
// matter until the two are put together.
func (m isa) eachFeature(to string, store func(even, odd reg.VecVirtual, row reg.Register)) {
	row, schedule := param(to), param("schedule")
	features, stride := param("features"), param("stride")
	m.keySchedule(schedule)
	bin, group := m.broadcast(paramAddress("bin")), m.vec()
	zero(group)
	TESTQ(features, features)
	JZ(LabelRef("done"))
	align()
	Label("loop")
	even, odd := m.philox(bin, group, schedule)
	for i := range 4 {
		store(even[i], odd[i], row)
		ADDQ(stride, row)
		DECQ(features)
		JZ(LabelRef("done"))
	}
	VPADDD(constantBits(1), group, group)
	JMP(LabelRef("loop"))
	Label("done")
	VZEROUPPER()
	RET()
}

// roundKey addresses one of the four key registers of a round: k0 and k1 for
// the even lanes, then for the odd.
func (m isa) roundKey(schedule reg.Register, round, i int) Mem {
	return at(schedule, m.bytes()*(4*round+i))
}

// keySchedule writes the keys of all rounds.
func (m isa) keySchedule(schedule reg.Register) {
	for i, k := range []reg.VecVirtual{m.load(at(param("k0"), 0)), m.load(at(param("k1"), 0))} {
		odd := m.vec()
		for r := range rounds {
			VPSRLQ(U8(32), k, odd)
			VMOVUPS(k, m.roundKey(schedule, r, i))
			VMOVUPS(odd, m.roundKey(schedule, r, 2+i))
			VPADDD(constantBits([]uint32{philoxW0, philoxW1}[i]), k, k)
		}
	}
}

// words are the four counters of Philox, then its four results.
type words [4]reg.VecVirtual

// philox returns the words of even and of odd lanes at counter (bin, group, 0, 0).
func (m isa) philox(bin, group reg.VecVirtual, schedule reg.Register) (even, odd words) {
	even, odd = m.counter(bin, group), m.counter(bin, group)
	for r := range rounds { // in turns: neither half waits for the other
		even = m.round(even, m.roundKey(schedule, r, 0), m.roundKey(schedule, r, 1))
		odd = m.round(odd, m.roundKey(schedule, r, 2), m.roundKey(schedule, r, 3))
	}
	return even, odd
}

// counter returns (bin, group, 0, 0).
func (m isa) counter(bin, group reg.VecVirtual) words {
	zeros := m.vec()
	zero(zeros)
	return words{bin, group, zeros, zeros}
}

// round returns the words after one round. The keys are added to what is known
// before the products are.
func (m isa) round(c words, k0, k1 Mem) words {
	p0, p1, h0, h1, x0, x1 := m.vec(), m.vec(), m.vec(), m.vec(), m.vec(), m.vec()
	VPMULUDQ(constantBits(philoxM1), c[2], p1)
	VPMULUDQ(constantBits(philoxM0), c[0], p0)
	VXORPS(k0, c[1], x1)
	VXORPS(k1, c[3], x0)
	VPSRLQ(U8(32), p1, h1)
	VPSRLQ(U8(32), p0, h0)
	VXORPS(x1, h1, h1)
	VXORPS(x0, h0, h0)
	return words{h1, p1, h0, p0}
}

// storeNotBelow stores a bit for each word: whether it is at least threshold.
func (m isa) storeNotBelow(words reg.VecVirtual, to Mem) {
	threshold, bits := m.broadcast(paramAddress("threshold")), GP32()
	if m == avx512 {
		const notLess = 5
		keep := K()
		VPCMPUD(U8(notLess), threshold, words, keep)
		KMOVW(keep, bits)
		MOVW(bits.As16(), to)
		return
	}
	VPMAXUD(words, threshold, threshold)
	VPCMPEQD(words, threshold, threshold)
	VMOVMSKPS(threshold, bits)
	MOVB(bits.As8(), to)
}
