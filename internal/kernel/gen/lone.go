package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// loneGemm emits c = start + A b for a block of one trial:
//
//	func(a, b, c, start *float32, rows, k int)
//
// a is packed as gemmKernel says, b is [k], c and start are [rows]. Registers
// hold rows of A here, not lanes of b: each product is one of a chain over k all
// the same. Four panels at a time are enough chains to keep the multiply-adds
// busy.
func loneGemm() {
	text("gemmAVX2x1", "func(a, b, c, start *float32, rows, k int)")
	g := loneState{a: param("a"), b: param("b"), c: param("c"), start: param("start"), k: param("k")}
	rows := param("rows")
	g.panel, g.panel3 = GP64(), GP64()
	IMUL3Q(imm(4*panelRows), g.k, g.panel)
	LEAQ(indexed(g.panel, g.panel, 2, 0), g.panel3)
	const most = 4
	for panels := most; panels > 0; panels-- {
		Label(fmt.Sprintf("panels%d", panels))
		CMPQ(rows, U32(panels*panelRows))
		JL(LabelRef(fmt.Sprintf("panels%d", panels-1)))
		g.panels(panels, panelRows)
		for range panels {
			ADDQ(g.panel, g.a)
		}
		ADDQ(U32(4*panels*panelRows), g.c)
		ADDQ(U32(4*panels*panelRows), g.start)
		SUBQ(U32(panels*panelRows), rows)
		if panels == most {
			JMP(LabelRef(fmt.Sprintf("panels%d", panels)))
		}
	}
	Label("panels0")
	remainder(rows, panelRows, func(r int) { g.panels(1, r) })
}

type loneState struct {
	a, b, c, start, k reg.Register
	panel, panel3     reg.Register // bytes of a panel of 12 rows, and three times that
}

// piece is a register's part of a panel: count rows from first on. A register
// that is not full is read and written through a mask.
type piece struct {
	panel, first, count int
	sum                 reg.VecVirtual
	mask                reg.VecVirtual
}

// pieces cuts panels of rows rows each.
func pieces(panels, rows int) []piece {
	var ps []piece
	for panel := range panels {
		for first := 0; first < rows; first += 8 {
			p := piece{panel: panel, first: first, count: min(8, rows-first)}
			switch {
			case p.count == 4:
				p.sum = XMM()
			case p.count < 8:
				p.sum, p.mask = YMM(), avx2.load(tableOf("masks", 8-p.count))
			default:
				p.sum = YMM()
			}
			ps = append(ps, p)
		}
	}
	return ps
}

// move copies a piece between a register and memory.
func (p *piece) move(from, to Op) {
	if p.mask == nil {
		VMOVUPS(from, to)
	} else {
		VMASKMOVPS(from, p.mask, to)
	}
}

// panels emits the products of some panels, without moving past them.
func (g *loneState) panels(panels, rows int) {
	id := fmt.Sprintf("%d_%d", panels, rows)
	ps := pieces(panels, rows)
	for _, p := range ps {
		p.move(at(g.start, 4*(p.panel*panelRows+p.first)), p.sum)
	}
	ap, bp, count := GP64(), GP64(), GP64()
	MOVQ(g.a, ap)
	MOVQ(g.b, bp)
	MOVQ(g.k, count)
	TESTQ(count, count)
	JZ(LabelRef("store" + id))
	align()
	Label("loop" + id)
	b := avx2.broadcast(at(bp, 0))
	for _, p := range ps {
		row := g.row(ap, p)
		if p.mask != nil {
			x := YMM()
			VMASKMOVPS(row, p.mask, x)
			VFMADD231PS(x, b, p.sum)
		} else if p.count == 4 {
			VFMADD231PS(row, b.AsX(), p.sum)
		} else {
			VFMADD231PS(row, b, p.sum)
		}
	}
	ADDQ(imm(4*rows), ap)
	ADDQ(imm(4), bp)
	DECQ(count)
	JNZ(LabelRef("loop" + id))
	Label("store" + id)
	for _, p := range ps {
		p.move(p.sum, at(g.c, 4*(p.panel*panelRows+p.first)))
	}
}

// row addresses a piece of the column at ap.
func (g *loneState) row(ap reg.Register, p piece) Mem {
	switch p.panel {
	case 0:
		return at(ap, 4*p.first)
	case 3:
		return indexed(ap, g.panel3, 1, 4*p.first)
	}
	return indexed(ap, g.panel, uint8(p.panel), 4*p.first)
}
