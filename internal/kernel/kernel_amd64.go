package kernel

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

//go:generate go -C gen run . -out ../kernel_amd64.s -stubs ../stubs_amd64.go -pkg kernel

// detect returns the best level of this CPU.
func detect() Level {
	x := &cpu.X86
	switch {
	case !x.HasAVX2 || !x.HasFMA:
		return Portable
	case x.HasAVX512F && x.HasAVX512DQ && x.HasAVX512VL && x.HasAVX512BW:
		return AVX512
	}
	return AVX2
}

// The functions below turn slices, whose lengths their callers have checked,
// into the pointers that assembly takes.

func first(x []float32) *float32 { return unsafe.SliceData(x) }

const floatSize = 4

func gemm(c []float32, a *Packed, b []float32, w int, bias, start []float32) {
	if active == Portable {
		gemmPortable(c, a, b, w, bias, start)
		return
	}
	pa, pb, pc, pbias, pstart, stride := first(a.Data), first(b), first(c), first(bias), first(start), w*floatSize
	switch {
	case w == 1:
		gemmLone(c, a, b, bias, start)
	case w == 8:
		gemmAVX2x8(pa, pb, pc, pbias, pstart, a.M, a.K, stride)
	case active == AVX2:
		gemmAVX2x16(pa, pb, pc, pbias, pstart, a.M, a.K, stride)
		if w == 32 && a.M > 0 {
			gemmAVX2x16(pa, lane(b, 16), lane(c, 16), pbias, lane(start, 16), a.M, a.K, stride)
		}
	case w == 16:
		gemmAVX512x16(pa, pb, pc, pbias, pstart, a.M, a.K, stride)
	default:
		gemmAVX512x32(pa, pb, pc, pbias, pstart, a.M, a.K, stride)
	}
}

// gemmLone is for blocks of one trial, where bias and start are alike.
func gemmLone(c []float32, a *Packed, b, bias, start []float32) {
	switch {
	case bias != nil:
		start = bias
	case start == nil:
		start = c[:a.M]
		clear(start)
	}
	gemmAVX2x1(first(a.Data), first(b), first(c), first(start), a.M, a.K)
}

func outer(c []float32, ldc int, a []float32, rows, aStride int, bt []float32, cols, steps, w int) {
	switch {
	case active == Portable:
		outerPortable(c, ldc, a, rows, aStride, bt, cols, steps, w)
		return
	case rows == 0 || steps == 0:
		return
	}
	const f = floatSize
	panel := steps * w * PanelColumns
	for j := 0; j < cols; j += PanelColumns {
		pc, pa, b, left := &c[j], &a[0], &bt[j/PanelColumns*panel], cols-j
		switch {
		case w == 1 && left <= 8:
			outerAVX2x8Lone(pc, pa, b, rows, ldc*f, w*f, aStride*f, panel*f, steps)
		case w == 1:
			outerAVX2x16Lone(pc, pa, b, rows, ldc*f, w*f, aStride*f, panel*f, steps)
		case left <= 8:
			outerAVX2x8(pc, pa, b, rows, ldc*f, w*f, aStride*f, panel*f, steps)
		case active == AVX2:
			outerAVX2x16(pc, pa, b, rows, ldc*f, w*f, aStride*f, panel*f, steps)
		case left <= PanelColumns:
			outerAVX512x16(pc, pa, b, rows, ldc*f, w*f, aStride*f, panel*f, steps)
		default:
			outerAVX512x32(pc, pa, b, rows, ldc*f, w*f, aStride*f, panel*f, steps)
			j += PanelColumns
		}
	}
}

// panels has one assembly: at twice the width it would be no faster than the
// memory that it reads.
func panels(c []float64, ldc int, a, b []float64, steps int) {
	if active == Portable {
		panelsPortable(c, ldc, a, b, steps)
		return
	}
	panelsAVX2(&c[0], &a[0], &b[0], ldc*8, steps)
}
