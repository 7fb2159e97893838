package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// stepKernels emits what a training step does besides products and gates.
func stepKernels(m isa) {
	m.elementwise("add", ", steps, stride int", []string{"dst", "x"}, func() {}, func(p []Mem) {
		v, x, steps, stride := m.load(p[0]), GP64(), param("steps"), param("stride")
		LEAQ(p[1], x)
		Label("step")
		VADDPS(at(x, 0), v, v)
		ADDQ(stride, x)
		DECQ(steps)
		JNZ(LabelRef("step"))
		VMOVUPS(v, p[0])
	})
	m.elementwise("exp", "", []string{"dst", "x"}, func() {}, func(p []Mem) {
		VMOVUPS(m.exp(m.load(p[1])), p[0])
	})
	drop(m)
	adam(m)
	sumSquares(m)
	m.elementwise("log", "", []string{"dst", "x"}, func() {}, func(p []Mem) {
		VMOVUPS(m.ln(m.load(p[1])), p[0])
	})
	poisson(m)
	gamma(m)
	gaussian(m)
	dropoutMask(m)
	normals(m)
}

// drop scales the elements that a mask keeps; length is a multiple of m.lanes.
func drop(m isa) {
	var keep reg.Register
	var scale reg.VecVirtual
	setup := func() { keep, scale = param("keep"), m.broadcast(paramAddress("scale")) }
	m.elementwise("drop", ", keep *uint8, scale float32", []string{"dst", "x"}, setup, func(p []Mem) {
		v := m.vec()
		VMULPS(p[1], scale, v)
		m.keepBits(at(keep, 0), v)
		VMOVUPS(v, p[0])
		ADDQ(imm(m.lanes/8), keep)
	})
}

// keepBits sets the elements of x to 0 whose bits in memory are 0.
func (m isa) keepBits(bits Mem, x reg.VecVirtual) {
	if m == avx512 {
		keep := K()
		KMOVW(bits, keep)
		VMOVAPS_Z(x, keep, x)
		return
	}
	keep, each := YMM(), avx2.load(tableOf("bits", 0))
	VPBROADCASTB(bits, keep)
	VPAND(each, keep, keep)
	VPCMPEQD(each, keep, keep)
	VANDPS(keep, x, x)
}

// adam takes a pointer to the fields of kernel.AdamStep, in their order.
func adam(m isa) {
	var s []reg.VecVirtual
	setup := func() {
		p := param("s")
		for i := range 9 {
			s = append(s, m.broadcast(at(p, 4*i)))
		}
	}
	m.elementwise("adam", ", s *float32", []string{"p", "m", "v", "grad"}, setup, func(x []Mem) {
		gradScale, beta1, beta2, oneMinus1, oneMinus2 := s[0], s[1], s[2], s[3], s[4]
		rate, invSqrt2, epsilon, keepWeight := s[5], s[6], s[7], s[8]
		g, mean, square := m.load(x[3]), m.vec(), m.vec()
		VMULPS(gradScale, g, g)
		VMULPS(oneMinus1, g, mean)
		VFMADD231PS(x[1], beta1, mean)
		VMOVUPS(mean, x[1])
		VMULPS(oneMinus2, g, square)
		VMULPS(g, square, square)
		VFMADD231PS(x[2], beta2, square)
		VMOVUPS(square, x[2])
		VSQRTPS(square, square)
		VFMADD213PS(epsilon, invSqrt2, square)
		VMULPS(rate, mean, mean)
		VDIVPS(square, mean, mean)
		p := m.load(x[0])
		VFMSUB213PS(mean, keepWeight, p)
		VMOVUPS(p, x[0])
	})
}

// sumSquares adds to 16 sums in float64:
//
//	func(x *float32, sums *float64, length int)
func sumSquares(m isa) {
	text("sumSquares"+m.name, "func(x *float32, sums *float64, length int)")
	x, sums, length := param("x"), param("sums"), param("length")
	var acc []reg.VecVirtual
	for i := range 2 * 16 / m.lanes {
		acc = append(acc, m.load(at(sums, m.bytes()*i)))
	}
	TESTQ(length, length)
	JZ(LabelRef("done"))
	align()
	Label("loop")
	for i := range acc {
		d := m.vec()
		VCVTPS2PD(at(x, m.bytes()/2*i), d)
		VFMADD231PD(d, d, acc[i])
	}
	ADDQ(imm(64), x)
	SUBQ(imm(16), length)
	JNZ(LabelRef("loop"))
	Label("done")
	for i := range acc {
		VMOVUPS(acc[i], at(sums, m.bytes()*i))
	}
	VZEROUPPER()
	RET()
}

// poisson runs down one column of lanes, rows of which are stride bytes apart;
// grad and pass may be nil.
func poisson(m isa) {
	text("poisson"+m.name, "func(grad, o, y *float32, pass *uint8, scale, loss *float32, features, stride, passStride int)")
	grad, o, y, pass := param("grad"), param("o"), param("y"), param("pass")
	loss, features, stride, passStride := param("loss"), param("features"), param("stride"), param("passStride")
	scale, sum := m.load(at(param("scale"), 0)), m.load(at(loss, 0))
	TESTQ(features, features)
	JZ(LabelRef("done"))
	Label("loop")
	logRate, count := m.load(at(o, 0)), m.load(at(y, 0))
	rate := m.exp(logRate)
	term := m.copyOf(rate)
	VFNMADD231PS(logRate, count, term) // rate - y o
	VADDPS(term, sum, sum)
	TESTQ(grad, grad)
	JZ(LabelRef("next"))
	VSUBPS(count, rate, rate)
	VMULPS(scale, rate, rate)
	TESTQ(pass, pass)
	JZ(LabelRef("store"))
	m.keepBits(at(pass, 0), rate)
	ADDQ(passStride, pass)
	Label("store")
	VMOVUPS(rate, at(grad, 0))
	ADDQ(stride, grad)
	Label("next")
	ADDQ(stride, o)
	ADDQ(stride, y)
	DECQ(features)
	JNZ(LabelRef("loop"))
	Label("done")
	VMOVUPS(sum, at(loss, 0))
	VZEROUPPER()
	RET()
}

// peak emits the loop that PeakGFLOPS times: nothing but multiply-adds, into
// 12 registers so that none waits for another.
func peak(m isa) {
	text("peak"+m.name, "func(loops int)")
	loops, a := param("loops"), m.vec()
	zero(a)
	var acc []reg.VecVirtual
	for range 12 {
		acc = append(acc, m.copyOf(a))
	}
	align()
	Label("loop")
	for i := range acc {
		VFMADD231PS(a, a, acc[i])
	}
	DECQ(loops)
	JNZ(LabelRef("loop"))
	VZEROUPPER()
	RET()
}

// paramAddress returns where a parameter lies.
func paramAddress(name string) Mem {
	p, err := Param(name).Resolve()
	if err != nil {
		panic(fmt.Sprintf("parameter %s: %v", name, err))
	}
	return p.Addr
}
