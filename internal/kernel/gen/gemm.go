package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const panelRows = 12 // kernel.PanelRows

// gemmKernel emits c = start + A b for one column block of vecs registers:
//
//	func(a, b, c, bias, start *float32, rows, k, stride int)
//
// a holds rows rows as panels of 12, then one lower panel ([k][rows] each); b
// is [k] and c is [rows], both with stride bytes between rows. Sums begin with
// bias if that is not nil, else with start, laid out as c, if that is not nil,
// else with 0.
//
// A panel is cut into register tiles of at most tileRows rows; what is left of
// the last panel gets tiles of equal height, or nearly.
func gemmKernel(m isa, vecs, tileRows int) {
	text(fmt.Sprintf("gemm%sx%d", m.name, vecs*m.lanes),
		"func(a, b, c, bias, start *float32, rows, k, stride int)")
	g := gemmState{m: m, vecs: vecs}
	g.a, g.b, g.c, g.bias = param("a"), param("b"), param("c"), param("bias")
	g.begin, g.k, g.stride = param("start"), param("k"), param("stride")
	g.ap, g.bp, g.count = GP64(), GP64(), GP64()
	rows := param("rows")

	Label("panel")
	CMPQ(rows, imm(panelRows))
	JL(LabelRef("lower"))
	g.panel(panelRows, tileRows)
	SUBQ(imm(panelRows), rows)
	JMP(LabelRef("panel"))
	Label("lower")
	remainder(rows, panelRows, func(r int) { g.panel(r, tileRows) })
}

type gemmState struct {
	m             isa
	vecs          int
	a, b, c, bias reg.Register // of the current panel; c and begin move on tile by tile
	begin         reg.Register // what sums begin with, or nil
	k, stride     reg.Register
	ap, bp        reg.Register
	count         reg.Register
	rows          int // of the current panel
	first, height int // the current tile: rows [first, first+height) of the panel
}

// panel emits one panel of rows rows and moves a, c and bias past it.
func (g *gemmState) panel(rows, tileRows int) {
	tiles := (rows + tileRows - 1) / tileRows
	g.rows = rows
	for t := range tiles {
		g.first = t * rows / tiles
		g.height = (t+1)*rows/tiles - g.first
		g.tile()
	}
	MOVQ(g.ap, g.a)
	if tiles > 1 {
		SUBQ(imm(4*g.first), g.a)
	}
	done := fmt.Sprintf("done%d", rows)
	TESTQ(g.bias, g.bias)
	JZ(LabelRef(done))
	ADDQ(imm(4*rows), g.bias)
	Label(done)
}

// tile emits one register tile.
func (g *gemmState) tile() {
	id := fmt.Sprintf("%d_%d", g.rows, g.first)
	acc := g.start(id)
	LEAQ(at(g.a, 4*g.first), g.ap)
	MOVQ(g.b, g.bp)
	MOVQ(g.k, g.count)
	TESTQ(g.count, g.count)
	JZ(LabelRef("store" + id))
	align()
	Label("loop" + id)
	var b []reg.VecVirtual
	for j := range g.vecs {
		b = append(b, g.m.load(at(g.bp, j*g.m.bytes())))
	}
	for i := range acc {
		a := g.m.broadcast(at(g.ap, 4*i))
		for j := range g.vecs {
			VFMADD231PS(b[j], a, acc[i][j])
		}
	}
	ADDQ(imm(4*g.rows), g.ap)
	ADDQ(g.stride, g.bp)
	DECQ(g.count)
	JNZ(LabelRef("loop" + id))
	Label("store" + id)
	for i := range acc {
		for j := range g.vecs {
			VMOVUPS(acc[i][j], at(g.c, j*g.m.bytes()))
		}
		ADDQ(g.stride, g.c)
	}
}

// start returns the accumulators with what the sums begin with.
func (g *gemmState) start(id string) [][]reg.VecVirtual {
	acc := make([][]reg.VecVirtual, g.height)
	for i := range acc {
		for range g.vecs {
			acc[i] = append(acc[i], g.m.vec())
		}
	}
	TESTQ(g.bias, g.bias)
	JNZ(LabelRef("bias" + id))
	TESTQ(g.begin, g.begin)
	JNZ(LabelRef("begin" + id))
	for i := range acc {
		for j := range g.vecs {
			zero(acc[i][j])
		}
	}
	JMP(LabelRef("start" + id))
	Label("bias" + id)
	for i := range acc {
		for j := range g.vecs {
			VBROADCASTSS(at(g.bias, 4*(g.first+i)), acc[i][j])
		}
	}
	JMP(LabelRef("start" + id))
	Label("begin" + id)
	for i := range acc {
		for j := range g.vecs {
			VMOVUPS(at(g.begin, j*g.m.bytes()), acc[i][j])
		}
		ADDQ(g.stride, g.begin)
	}
	Label("start" + id)
	return acc
}
