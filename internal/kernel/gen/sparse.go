package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// addRows emits the sum of multiples of rows, one term after the other:
//
//	func(dst, panels *float32, to, from *int32, factor *float32, terms, ld, panel, columns int)
//
// ld and panel are bytes between rows of dst and between panels; columns counts
// panels, at least one.
func addRows(m isa) {
	text("addRows"+m.name, "func(dst, panels *float32, to, from *int32, factor *float32, terms, ld, panel, columns int)")
	dst, panels := param("dst"), param("panels")
	to, from, factor := param("to"), param("from"), param("factor")
	terms, ld, panel := param("terms"), param("ld"), param("panel")
	TESTQ(terms, terms)
	JZ(LabelRef("done"))
	Label("term")
	row, source, columns := GP64(), GP64(), param("columns")
	MOVLQSX(at(to, 0), row)
	IMULQ(ld, row)
	ADDQ(dst, row)
	MOVLQSX(at(from, 0), source)
	SHLQ(imm(6), source) // 16 floats a row of a panel
	ADDQ(panels, source)
	f := m.broadcast(at(factor, 0))
	align()
	Label("columns")
	var sums []reg.VecVirtual
	for j := range panelColumns / m.lanes {
		sum := m.load(at(row, j*m.bytes()))
		VFMADD231PS(at(source, j*m.bytes()), f, sum)
		sums = append(sums, sum)
	}
	for j, sum := range sums {
		VMOVUPS(sum, at(row, j*m.bytes()))
	}
	ADDQ(imm(4*panelColumns), row)
	ADDQ(panel, source)
	DECQ(columns)
	JNZ(LabelRef("columns"))
	for _, p := range []reg.Register{to, from, factor} {
		ADDQ(imm(4), p)
	}
	DECQ(terms)
	JNZ(LabelRef("term"))
	Label("done")
	VZEROUPPER()
	RET()
}
