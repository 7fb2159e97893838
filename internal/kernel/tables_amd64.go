package kernel

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

//go:generate go -C gen run . -out ../kernel_amd64.s -stubs ../stubs_amd64.go -pkg kernel

// assembled returns the rows of AVX-512 and AVX2. They use fused multiply-adds in
// the same order and so have the same bits.
func assembled() []*table {
	x := &cpu.X86
	avx2.runs = x.HasAVX2 && x.HasFMA
	avx512.runs = avx2.runs && x.HasAVX512F && x.HasAVX512DQ && x.HasAVX512VL && x.HasAVX512BW
	return []*table{&avx512, &avx2}
}

// The functions of a row turn slices into the pointers and distances in bytes
// that assembly takes. Each calls its assembly by name: a call through a value
// would go through the compiler's adapter as well, which costs 5 ns, a fifth of a
// small layer's kernel.

// first returns a pointer to the first element of x, nil if x is nil.
func first[T any](x []T) *T { return unsafe.SliceData(x) }

// lane returns a pointer to lane l of the first row of x, nil if x is empty.
func lane[T any](x []T, l int) *T {
	if len(x) == 0 {
		return nil
	}
	return &x[l]
}

// scalars returns s as what it is in memory: nine float32.
func scalars(s *AdamStep) *float32 { return (*float32)(unsafe.Pointer(s)) }

const (
	floatSize  = 4
	doubleSize = 8
)

// philoxSchedule is the memory of a column's keys: 40 registers of up to 16 lanes.
type philoxSchedule [40 * 16]uint32
