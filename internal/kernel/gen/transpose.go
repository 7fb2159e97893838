package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// transposeKernel emits the transpose of 8 rows of x:
//
//	func(dst, src *float32, dstStride, stride, columns int)
//
// src has stride bytes between rows, dst dstStride; columns is a multiple of 8,
// at least 8. Column j of src becomes 8 floats in row j of dst.
func transposeKernel() {
	text("transposeAVX2", "func(dst, src *float32, dstStride, stride, columns int)")
	dst, src, s := param("dst"), param("src"), param("stride")
	d, columns := param("dstStride"), param("columns")
	s3, src4, d3 := GP64(), GP64(), GP64()
	LEAQ(indexed(d, d, 2, 0), d3)
	LEAQ(indexed(s, s, 2, 0), s3)
	LEAQ(indexed(src, s, 4, 0), src4)
	Label("loop")
	for half := range 2 { // columns 0..3, then 4..7
		disp := 16 * half
		row := func(i int) reg.VecVirtual { // rows i and i+4 side by side
			v := YMM()
			VMOVUPS(fourRows(src, s, s3, i, disp), v.AsX())
			VINSERTF128(Imm(1), fourRows(src4, s, s3, i, disp), v, v)
			return v
		}
		transpose4(row(0), row(1), row(2), row(3), func(i int) Mem { return fourRows(dst, d, d3, i, 0) })
		LEAQ(indexed(dst, d, 4, 0), dst)
	}
	ADDQ(imm(32), src)
	ADDQ(imm(32), src4)
	SUBQ(imm(8), columns)
	JNZ(LabelRef("loop"))
	VZEROUPPER()
	RET()
}

// fourRows addresses row i < 4 at base, whose rows are s bytes apart (s3: three
// times that).
func fourRows(base, s, s3 reg.Register, i, disp int) Mem {
	switch i {
	case 0:
		return at(base, disp)
	case 3:
		return indexed(base, s3, 1, disp)
	}
	return indexed(base, s, uint8(i), disp)
}

// transpose4 stores the transposes of the two 4 x 4 blocks of r0..r3, side by
// side: column i to dst(i).
func transpose4(r0, r1, r2, r3 reg.VecVirtual, dst func(i int) Mem) {
	low01, high01, low23, high23 := YMM(), YMM(), YMM(), YMM()
	VUNPCKLPS(r1, r0, low01)
	VUNPCKHPS(r1, r0, high01)
	VUNPCKLPS(r3, r2, low23)
	VUNPCKHPS(r3, r2, high23)
	column := YMM()
	for i, emit := range []func(){
		func() { VUNPCKLPD(low23, low01, column) },
		func() { VUNPCKHPD(low23, low01, column) },
		func() { VUNPCKLPD(high23, high01, column) },
		func() { VUNPCKHPD(high23, high01, column) },
	} {
		emit()
		VMOVUPS(column, dst(i))
	}
}
