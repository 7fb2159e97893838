package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const productPanel = 12 // kernel.ProductPanel: three registers of doubles

// panelsKernel emits c += a'b for one pair of panels, in double precision:
//
//	func(c, a, b *float64, ldc, steps int)
//
// a and b are [steps][12], c is [12][12] with ldc bytes between rows. A tile is
// 4 x 12: with one broadcast and three vectors of b, that is all 16 registers.
func panelsKernel() {
	text("panelsAVX2", "func(c, a, b *float64, ldc, steps int)")
	c, a, b, ldc, steps := param("c"), param("a"), param("b"), param("ldc"), param("steps")
	ap, bp, count := GP64(), GP64(), GP64()
	for first := 0; first < productPanel; first += 4 {
		id := string(rune('A' + first/4))
		row := GP64()
		MOVQ(c, row)
		var acc [4][3]reg.VecVirtual
		for i := range acc {
			for j := range acc[i] {
				acc[i][j] = YMM()
				VMOVUPD(at(row, 32*j), acc[i][j])
			}
			ADDQ(ldc, row)
		}
		LEAQ(at(a, 8*first), ap)
		MOVQ(b, bp)
		MOVQ(steps, count)
		align()
		Label("loop" + id)
		var v [3]reg.VecVirtual
		for j := range v {
			v[j] = YMM()
			VMOVUPD(at(bp, 32*j), v[j])
		}
		for i := range acc {
			f := YMM()
			VBROADCASTSD(at(ap, 8*i), f)
			for j := range v {
				VFMADD231PD(v[j], f, acc[i][j])
			}
		}
		ADDQ(imm(8*productPanel), ap)
		ADDQ(imm(8*productPanel), bp)
		DECQ(count)
		JNZ(LabelRef("loop" + id))
		for i := range acc {
			for j := range acc[i] {
				VMOVUPD(acc[i][j], at(c, 32*j))
			}
			ADDQ(ldc, c)
		}
	}
	VZEROUPPER()
	RET()
}
