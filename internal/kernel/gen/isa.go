package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// isa is an instruction set: the width of its vector registers.
type isa struct {
	name  string
	lanes int // float32 values in a register
}

var (
	avx2   = isa{"AVX2", 8}
	avx512 = isa{"AVX512", 16}
)

// vec returns a fresh vector register.
func (m isa) vec() reg.VecVirtual {
	if m == avx512 {
		return ZMM()
	}
	return YMM()
}

func (m isa) bytes() int { return 4 * m.lanes }

// load returns a register with the vector at p.
func (m isa) load(p Mem) reg.VecVirtual {
	v := m.vec()
	VMOVUPS(p, v)
	return v
}

// broadcast returns a register with the number at p in every lane.
func (m isa) broadcast(p Mem) reg.VecVirtual {
	v := m.vec()
	VBROADCASTSS(p, v)
	return v
}

// copyOf returns a register with the contents of x: most fused operations
// overwrite one of their operands.
func (m isa) copyOf(x Op) reg.VecVirtual {
	v := m.vec()
	VMOVAPS(x, v)
	return v
}

func zero(v reg.VecVirtual) { VXORPS(v, v, v) }

// limitAbove and limitBelow compute min(x, high) and max(x, low). In Intel's order the second source is what MINPS and
// MAXPS return when an operand is NaN, so x goes there (first, in Go's order)
// and a NaN stays a NaN.
func limitAbove(x Op, high, dst reg.Register) { VMINPS(x, high, dst) }
func limitBelow(x Op, low, dst reg.Register)  { VMAXPS(x, low, dst) }

// at addresses memory.
func at(base reg.Register, disp int) Mem { return Mem{Base: base, Disp: disp} }

func indexed(base, index reg.Register, scale uint8, disp int) Mem {
	return Mem{Base: base, Index: index, Scale: scale, Disp: disp}
}

// imm is the shortest immediate operand for a non-negative n.
func imm(n int) Constant {
	if n < 128 {
		return U8(n)
	}
	return U32(n)
}

// align starts the next instruction on a cache-line half: hot loops.
func align() {
	Instruction(&ir.Instruction{Opcode: "PCALIGN", Operands: []Op{U8(32)}})
}

// text begins a function that keeps none of its pointers.
func text(name, signature string) {
	TEXT(name, NOSPLIT, signature)
	Pragma("noescape")
}

func param(name string) reg.Register { return Load(Param(name), GP64()) }

// Constants lie in one read-only table, each repeated to a full register, so
// that they can be memory operands at either width.
var (
	table   []uint64 // bits of two neighbours, in order of first use
	offsets = map[uint64]int{}
)

func constant(v float32) Mem { return constantBits(math.Float32bits(v)) }

// constantBits has b in every lane, lowHalves ones in every even lane.
func constantBits(b uint32) Mem { return constantPair(uint64(b)<<32 | uint64(b)) }
func lowHalves() Mem            { return constantPair(1<<32 - 1) }

func constantPair(b uint64) Mem {
	const size = 64
	o, ok := offsets[b]
	if !ok {
		o = len(table) * size
		offsets[b] = o
		table = append(table, b)
	}
	return NewDataAddr(Symbol{Name: "constants", Static: true}, o)
}

// writeConstants emits the table; it must come after all kernels.
func writeConstants() {
	GLOBL("constants", RODATA|NOPTR)
	for _, b := range table {
		for i := range 8 {
			DATA(offsets[b]+8*i, U64(b))
		}
	}
}

// remainder ends a kernel with what is left of its rows, fewer than limit.
func remainder(rows reg.Register, limit int, emit func(rows int)) {
	for r := 1; r < limit; r++ {
		CMPQ(rows, imm(r))
		JE(LabelRef(fmt.Sprintf("rows%d", r)))
	}
	VZEROUPPER()
	RET()
	for r := 1; r < limit; r++ {
		Label(fmt.Sprintf("rows%d", r))
		emit(r)
		VZEROUPPER()
		RET()
	}
}

// writeTables emits constants that differ between lanes: the masks of
// VMASKMOVPS, of which that of n elements begins 8-n elements after the first,
// and the bit of each lane in a byte.
func writeTables() {
	var masks, bits [16]uint32
	for i := range 8 {
		masks[i], bits[i] = 1<<32-1, 1<<i
	}
	GLOBL("masks", RODATA|NOPTR)
	for i, v := range masks {
		DATA(4*i, U32(v))
	}
	GLOBL("bits", RODATA|NOPTR)
	for i, v := range bits[:8] {
		DATA(4*i, U32(v))
	}
}

// tableOf addresses an element of a table on.
func tableOf(name string, element int) Mem {
	return NewDataAddr(Symbol{Name: name, Static: true}, 4*element)
}

// elementwise opens a kernel over n elements (a multiple of m.lanes) of the named
// slices and calls body, which gets one operand a slice, for each vector.
func (m isa) elementwise(name, scalars string, slices []string, setup func(), body func(p []Mem)) {
	signature := "func("
	for i, s := range slices {
		if i > 0 {
			signature += ", "
		}
		signature += s
	}
	text(name+m.name, fmt.Sprintf("%s *float32, length int%s)", signature, scalars))
	var p []Mem
	i, length := GP64(), param("length")
	for _, s := range slices {
		p = append(p, indexed(param(s), i, 4, 0))
	}
	setup()
	XORQ(i, i)
	TESTQ(length, length)
	JZ(LabelRef("done"))
	align()
	Label("loop")
	body(p)
	ADDQ(imm(m.lanes), i)
	CMPQ(i, length)
	JL(LabelRef("loop"))
	Label("done")
	VZEROUPPER()
	RET()
}
