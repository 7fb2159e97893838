package kernel

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
	switch {
	case len(o) == 0:
	case w == 1 && active.vectors:
		poissonLone(grad, o, y, pass, scale, loss)
	default:
		active.poisson(hide(grad), hide(o), hide(y), hide(pass), hide(scale), hide(loss), w)
	}
}
