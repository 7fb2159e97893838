package kernel

import "github.com/autolfads/autolfads/maths"

// LogShapeLimit is the farthest from 0 that the logarithm of Gamma's shape counts.
const LogShapeLimit = 16

// Gamma computes the negative log likelihood of positive data y of one time bin,
// [features][w], under Gamma distributions of shape a = e^o and rate b = e^p, where o
// and p are the two halves of outputs, without the term ln y that depends on the data
// alone; and its gradients with respect to o and p, laid out as outputs:
//
//	loss[l] += sum over f of lnGamma(a) - a (p + ln y) + b y, where observed has a bit
//	grad     = (a (digamma(a) - p - ln y), b y - a) * scale[l], where pass has a bit, else 0
//
// With t = p + ln y - o, the log of a datum over its mean, the term of the loss is
// [lnGamma(a) - a ln a + a] + a (e^t - 1 - t): two small numbers, where the three terms
// above are large ones that cancel when a is large.
//
// o counts as LogShapeLimit at most and as its negative at least, and t as 64 at most:
// beyond, products of single precision overflow. The bounds hold back values, not
// gradients, so that what ran off can come back.
//
// The sum over f is one chain per lane. grad, observed and pass may be nil; grad may be
// outputs itself; pass lies within observed.
func Gamma(grad, outputs, y []float32, observed, pass []uint8, scale, loss []float32, w int) {
	checkPair("Gamma", grad, outputs, y, observed, pass, scale, loss, w)
	switch {
	case len(y) == 0:
	case w == 1 && active.vectors:
		pairLone(active.gamma, grad, outputs, y, observed, pass, scale, loss)
	default:
		active.gamma(hide(grad), hide(outputs), hide(y), hide(observed), hide(pass), hide(scale), hide(loss), w)
	}
}

// excessLimit bounds t: a (e^t - 1 - t) stays below 6e34.
const excessLimit = 64

func gammaPortable(grad, outputs, y []float32, observed, pass []uint8, scale, loss []float32, w int) {
	n := len(y)
	for i, datum := range y {
		o := clamp(outputs[i], LogShapeLimit)
		t := log(datum) + outputs[n+i] - o
		if t > excessLimit {
			t = excessLimit
		}
		a := maths.Exp32(o)
		term := float32(a * excess(t))
		t = float32(t * a)
		s, slope := stirling(o, a)
		loss[i%w] += keptOf(observed, i, w, term+s)
		if grad != nil {
			grad[i] = keptOf(pass, i, w, (slope-t)*scale[i%w])
			grad[n+i] = keptOf(pass, i, w, (t+term)*scale[i%w])
		}
	}
}
