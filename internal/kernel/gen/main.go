// Command gen writes the assembly of internal/kernel with avo. Every kernel is
// described once and emitted for each instruction set it is wanted in, so that
// the order of operations, and with it every bit, is the same in all.
//
//	go generate ./internal/kernel
//
// To add a tile: call gemmKernel or outerKernel with its shape in main, run
// go generate, and call the new function where avx2_amd64.go or avx512_amd64.go
// picks one.
package main

import . "github.com/mmcloughlin/avo/build"

func main() {
	ConstraintExpr("amd64")

	gemmKernel(avx2, 2, 6)    // 6 x 16
	gemmKernel(avx2, 1, 12)   // 12 x 8
	gemmKernel(avx512, 2, 12) // 12 x 32
	gemmKernel(avx512, 1, 12) // 12 x 16
	loneGemm()

	outerKernel(avx2, 2, 6, 4)    // 6 x 16
	outerKernel(avx2, 1, 12, 4)   // 12 x 8
	outerKernel(avx2, 2, 6, 1)    // 6 x 16, one lane
	outerKernel(avx2, 1, 12, 1)   // 12 x 8, one lane
	outerKernel(avx512, 1, 12, 4) // 12 x 16
	outerKernel(avx512, 2, 12, 4) // 12 x 32
	transposeKernel()
	panelsKernel()

	for _, m := range []isa{avx2, avx512} {
		addRows(m)
		gruKernels(m)
		stepKernels(m)
		peak(m)
	}
	writeConstants()
	writeTables()
	Generate()
}
