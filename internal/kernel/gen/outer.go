package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const panelColumns = 16 // kernel.PanelColumns

// outerKernel emits the weight gradient of vecs registers of columns, for blocks
// whose width is a multiple of lanes:
//
//	func(c, a, b *float32, rows, ldc, w, aStride, panel, steps int)
//
// All strides are in bytes: ldc between rows of c, w between rows of a,
// aStride between time bins of a, panel between panels of b.
func outerKernel(m isa, vecs, tileRows, lanes int) {
	name := fmt.Sprintf("outer%sx%d", m.name, vecs*m.lanes)
	if lanes == 1 {
		name += "Lone"
	}
	text(name, "func(c, a, b *float32, rows, ldc, w, aStride, panel, steps int)")
	o := outerState{m: m, vecs: vecs, lanes: lanes}
	o.c, o.a, o.w = param("c"), param("a"), param("w")
	o.w3, o.w5 = GP64(), GP64()
	LEAQ(indexed(o.w, o.w, 2, 0), o.w3)
	LEAQ(indexed(o.w, o.w, 4, 0), o.w5)
	rows := param("rows")
	Label("tile")
	CMPQ(rows, imm(tileRows))
	JL(LabelRef("lower"))
	o.tile(tileRows)
	for range tileRows / 3 { // tileRows is 6 or 12
		ADDQ(o.w3, o.a)
	}
	SUBQ(imm(tileRows), rows)
	JMP(LabelRef("tile"))
	Label("lower")
	remainder(rows, tileRows, o.tile)
}

type outerState struct {
	m         isa
	vecs      int
	lanes     int          // taken in one turn of the innermost loop
	c, a      reg.Register // of the current tile; tile moves c past it
	w, w3, w5 reg.Register // multiples of the distance between rows of a
}

// tile emits one register tile of rows rows.
func (o *outerState) tile(rows int) {
	acc := o.start(rows)
	bin, high := GP64(), GP64() // rows 0..5 and 6..11 of a, in this time bin
	MOVQ(o.a, bin)
	steps := param("steps")
	b := []reg.Register{param("b")}
	if o.vecs*o.m.lanes > panelColumns {
		second := param("panel")
		ADDQ(b[0], second)
		b = append(b, second)
	}
	ap := GP64()
	step, lane := fmt.Sprintf("step%d", rows), fmt.Sprintf("lane%d", rows)
	Label(step)
	MOVQ(bin, ap)
	if rows > 6 {
		LEAQ(indexed(ap, o.w3, 2, 0), high)
	}
	count := GP64()
	MOVQ(o.w, count)
	align()
	Label(lane)
	for u := range o.lanes {
		o.lane(acc, ap, high, b, u)
	}
	ADDQ(imm(4*o.lanes), ap)
	if rows > 6 {
		ADDQ(imm(4*o.lanes), high)
	}
	for _, p := range b {
		ADDQ(imm(4*o.lanes*panelColumns), p)
	}
	SUBQ(imm(4*o.lanes), count)
	JNZ(LabelRef(lane))
	ADDQ(param("aStride"), bin)
	DECQ(steps)
	JNZ(LabelRef(step))
	ldc := param("ldc")
	for i := range acc {
		for j := range acc[i] {
			VMOVUPS(acc[i][j], at(o.c, j*o.m.bytes()))
		}
		ADDQ(ldc, o.c)
	}
}

// start returns the accumulators with the tile of c.
func (o *outerState) start(rows int) [][]reg.VecVirtual {
	acc := make([][]reg.VecVirtual, rows)
	ldc, cp := param("ldc"), GP64()
	MOVQ(o.c, cp)
	for i := range acc {
		for j := range o.vecs {
			acc[i] = append(acc[i], o.m.load(at(cp, j*o.m.bytes())))
		}
		ADDQ(ldc, cp)
	}
	return acc
}

// lane adds the products of one lane, u further on than ap and b say.
func (o *outerState) lane(acc [][]reg.VecVirtual, ap, high reg.Register, b []reg.Register, u int) {
	var x []reg.VecVirtual
	for j := range o.vecs {
		column := j * o.m.lanes
		x = append(x, o.m.load(at(b[column/panelColumns], 4*(u*panelColumns+column%panelColumns))))
	}
	for i := range acc {
		base := ap
		if i >= 6 {
			base = high
		}
		a := o.m.broadcast(o.row(base, i%6, 4*u))
		for j := range acc[i] {
			VFMADD231PS(x[j], a, acc[i][j])
		}
	}
}

// row addresses row i < 6 of a.
func (o *outerState) row(base reg.Register, i, disp int) Mem {
	switch i {
	case 0:
		return at(base, disp)
	case 3:
		return indexed(base, o.w3, 1, disp)
	case 5:
		return indexed(base, o.w5, 1, disp)
	}
	return indexed(base, o.w, uint8(i), disp) // 1, 2, 4
}
