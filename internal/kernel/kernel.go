package kernel

import "fmt"

// PanelColumns is the width of the panels that Transpose writes and Outer
// reads.
const PanelColumns = 16

// Gemm computes c = A b + bias: b is [K][w], c is [M][w], bias has M elements
// or is nil for none.
func Gemm(c []float32, a *Packed, b []float32, w int, bias []float32) {
	a.check(c, b, w, bias)
	gemm(c, a, b, w, bias, nil)
}

// GemmAdd computes c = start + A b: start is [M][w] and may be c itself. A
// product cut into ranges of k and added up so has the bits of the whole.
func GemmAdd(c, start []float32, a *Packed, b []float32, w int) {
	a.check(c, b, w, nil)
	checkLengths("GemmAdd", a.M*w, len(start))
	gemm(c, a, b, w, nil, start)
}

// Outer accumulates a weight gradient over steps time bins of one block:
//
//	c[i][j] += sum over s < steps, l < w of a[s*aStride + i*w + l] * x_s[j][l]
//
// for i < rows, j < cols, where bt holds x as Transpose wrote it. The sum runs
// over s, then l, as one chain that begins with c. Row i of c begins at
// c[i*ldc]; ldc is at least cols rounded up to 16, and what lies in columns
// cols and above is overwritten with anything.
func Outer(c []float32, ldc int, a []float32, rows, aStride int, bt []float32, cols, steps, w int) {
	checkOuter(c, ldc, a, rows, aStride, bt, cols, steps, w)
	outer(c, ldc, a, rows, aStride, bt, cols, steps, w)
}

// Transpose writes x [rows][w], the activations of one time bin, into place
// step (of steps) of the panels bt, which hold
// [ceil(rows/16)][steps*w][16]. Zeros fill the last panel.
func Transpose(bt, x []float32, rows, w, step, steps int) {
	checkTranspose(bt, x, rows, w, step, steps)
	transpose(bt, x, rows, w, step, steps)
}

// GRUReset turns preactivations into gates, in place: z = sigmoid(z),
// r = sigmoid(r), rh = r * h. All slices have the length of h.
func GRUReset(z, r, h, rh []float32) {
	checkLengths("GRUReset", len(h), len(z), len(r), len(rh))
	gruReset(z, r, h, rh)
}

// GRUOutput computes n = tanh(n) in place and the next state
// out = clip(n + z (h - n), -limit, limit).
func GRUOutput(n, z, h, out []float32, limit float32) {
	checkLengths("GRUOutput", len(h), len(n), len(z), len(out))
	gruOutput(n, z, h, out, limit)
}

// GRUOutputBackward takes dh, the gradient at the output of GRUOutput, and the
// saved gates. In place, n becomes the gradient at the candidate's
// preactivation, z that at the update gate's, and dh the part that flows
// straight to the previous state h: dh * z. The gradient passes where
// |n + z (h - n)| <= limit.
func GRUOutputBackward(n, z, h, dh []float32, limit float32) {
	checkLengths("GRUOutputBackward", len(h), len(n), len(z), len(dh))
	gruOutputBackward(n, z, h, dh, limit)
}

// GRUResetBackward takes drh, the gradient at r * h. In place, r becomes the
// gradient at the reset gate's preactivation; dh += drh * r; and drh becomes
// r * h, which the gradient of the candidate's weights reads.
func GRUResetBackward(r, h, drh, dh []float32) {
	checkLengths("GRUResetBackward", len(h), len(r), len(drh), len(dh))
	gruResetBackward(r, h, drh, dh)
}

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
	addSteps(dst, x, steps, stride)
}

// ExpTo computes dst = e^x, as the function Exp does but for the fused
// multiply-adds of assembly.
func ExpTo(dst, x []float32) {
	checkLengths("ExpTo", len(dst), len(x))
	expTo(dst, x)
}

// Poisson computes the Poisson negative log likelihood of one time bin,
// [features][w], without the term that depends on the counts alone, and its
// gradient with respect to the log rate:
//
//	loss[l] += sum over f of exp(o) - y o
//	grad     = (exp(o) - y) * scale[l], where pass has a bit, else 0
//
// The sum over f is one chain per lane. scale has one value a lane (0 for the
// lanes that only fill up a block). pass, [features][MaskBytes(w)], may be nil
// (all pass); grad may be nil (not wanted) and may be o itself.
func Poisson(grad, o, y []float32, pass []uint8, scale, loss []float32, w int) {
	checkPoisson(grad, o, y, pass, scale, loss, w)
	poisson(grad, o, y, pass, scale, loss, w)
}

// SumSquares returns the sum of x*x in float64: 16 chains by index mod 16,
// added as a balanced tree.
func SumSquares(x []float32) float64 { return sumSquares(x) }

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
	adam(p, m, v, grad, s)
}
