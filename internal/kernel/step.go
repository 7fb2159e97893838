package kernel

import "fmt"

// Add computes dst += x.
func Add(dst, x []float32) {
	AddSteps(dst, x, 1, 0)
}

// AddSteps computes dst += x[s*stride:] for each s < steps, one after the other.
func AddSteps(dst, x []float32, steps, stride int) {
	if len(dst) == 0 || steps == 0 {
		return
	}
	if steps < 0 || stride < 0 {
		panic(fmt.Sprintf("kernel.AddSteps: %d steps, %d apart", steps, stride))
	}
	checkLengths("AddSteps", (steps-1)*stride+len(dst), len(x))
	n, end := whole(len(dst)), len(dst)
	active.addSteps(head(dst, n), hide(x), steps, stride)
	if n < end {
		addStepsTail(dst[n:], x[n:], steps, stride)
	}
}

// ExpTo computes dst = e^x, as maths.Exp32 does but for the fused multiply-adds of
// assembly.
func ExpTo(dst, x []float32) {
	checkLengths("ExpTo", len(dst), len(x))
	n, end := whole(len(dst)), len(dst)
	active.exp(head(dst, n), head(x, n))
	if n < end {
		expTail(dst[n:], x[n:end])
	}
}

// LogTo computes dst = ln x of positive x, to 1e-7 of the result or of 1. Of 0 and
// numbers below the normal ones it is about -88; what is no number, or infinite, gives
// NaN.
func LogTo(dst, x []float32) {
	checkLengths("LogTo", len(dst), len(x))
	n, end := whole(len(dst)), len(dst)
	active.log(head(dst, n), head(x, n))
	if n < end {
		logTail(dst[n:], x[n:end])
	}
}

// SumSquares returns the sum of x*x in float64: 16 chains by index mod 16,
// added as a balanced tree.
func SumSquares(x []float32) float64 {
	var sums [16]float64
	n := whole(len(x))
	active.sumSquares(head(x, n), noescape(&sums))
	if n < len(x) {
		sumSquaresTail(x[n:], &sums)
	}
	return treeSum(sums[:])
}

// AdamStep holds the scalars of one optimiser step.
type AdamStep struct {
	GradScale  float32 // gradients are multiplied by it first (clipping)
	Beta1      float32
	Beta2      float32
	OneMinus1  float32 // 1 - Beta1
	OneMinus2  float32 // 1 - Beta2
	Rate       float32 // learning rate / (1 - Beta1^step)
	InvSqrt2   float32 // 1 / sqrt(1 - Beta2^step)
	Epsilon    float32
	KeepWeight float32 // 1 - learning rate * weight decay
}

// Adam updates parameters and moments (Kingma and Ba 2015, with the decoupled
// weight decay of Loshchilov and Hutter 2019):
//
//	g = GradScale grad;  m = Beta1 m + (1-Beta1) g;  v = Beta2 v + (1-Beta2) g g
//	p = KeepWeight p - Rate m / (sqrt(v) InvSqrt2 + Epsilon)
func Adam(p, m, v, grad []float32, s *AdamStep) {
	checkLengths("Adam", len(p), len(m), len(v), len(grad))
	n, end := whole(len(p)), len(p)
	active.adam(head(p, n), head(m, n), head(v, n), head(grad, n), noescape(s))
	if n < end {
		adamTail(p[n:], m[n:end], v[n:end], grad[n:end], s)
	}
}
