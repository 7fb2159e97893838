package kernel

import "github.com/autolfads/autolfads/maths"

// Gaussian's variance counts as MinVariance at least.
const (
	MinVariance    = 1e-6
	minLogVariance = -13.815510557964274
)

// Gaussian computes the negative log likelihood of data y of one time bin,
// [features][w], under normal distributions of mean m and log variance p, the two
// halves of outputs, without its constant; and its gradients, laid out as outputs. With
// v = max(e^p, MinVariance):
//
//	loss[l] += sum over f of .5 (ln v + (m - y)^2 / v), where observed has a bit
//	grad     = ((m - y) / v, .5 (1 - (m - y)^2 / v) e^p / v) * scale[l], where pass has a bit, else 0
//
// The bound holds back the value of v, not its gradient, so that a variance that fell
// below can rise again. No product is fused with a sum, in assembly neither: all levels
// have the same bits.
//
// The sum over f is one chain per lane. grad, observed and pass may be nil; grad may be
// outputs itself; pass lies within observed.
func Gaussian(grad, outputs, y []float32, observed, pass []uint8, scale, loss []float32, w int) {
	checkPair("Gaussian", grad, outputs, y, observed, pass, scale, loss, w)
	switch {
	case len(y) == 0:
	case w == 1 && active.vectors:
		pairLone(active.gaussian, grad, outputs, y, observed, pass, scale, loss)
	default:
		active.gaussian(hide(grad), hide(outputs), hide(y), hide(observed), hide(pass), hide(scale), hide(loss), w)
	}
}

func gaussianPortable(grad, outputs, y []float32, observed, pass []uint8, scale, loss []float32, w int) {
	n := len(y)
	for i, datum := range y {
		logv, free := outputs[n+i], maths.Exp32(outputs[n+i])
		v := free
		if v < MinVariance {
			v, logv = MinVariance, minLogVariance
		}
		d := keptOf(observed, i, w, outputs[i]-datum)
		q := float32(d*d) / v
		loss[i%w] += keptOf(observed, i, w, .5*(logv+q))
		if grad != nil {
			s := keptOf(pass, i, w, scale[i%w])
			grad[i] = s * (d / v)
			grad[n+i] = float32(s*.5*(1-q)) * (free / v)
		}
	}
}
