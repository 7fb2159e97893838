package kernel

import "fmt"

// pairFunction is the loss of two outputs an element, as Gamma and Gaussian say.
type pairFunction = func(grad, o, y []float32, observed, pass []uint8, scale, loss []float32, w int)

// checkPair panics unless the slices of a pair's loss fit each other.
func checkPair(name string, grad, o, y []float32, observed, pass []uint8, scale, loss []float32, w int) {
	checkWidth(w)
	n := len(y)
	masks := n / w * MaskBytes(w)
	if n%w != 0 || len(o) != 2*n || grad != nil && len(grad) != 2*n || observed != nil && len(observed) < masks ||
		pass != nil && len(pass) < masks || len(scale) < w || len(loss) < w {
		panic(fmt.Sprintf("kernel.%s: width %d: outputs %d, data %d, masks %d and %d, gradient %d, scale %d, loss %d",
			name, w, len(o), n, len(observed), len(pass), len(grad), len(scale), len(loss)))
	}
}

// pairLone takes a lone trial as the first lane of a block of 8.
func pairLone(f pairFunction, grad, o, y []float32, observed, pass []uint8, scale, loss []float32) {
	const rows, w = 16, 8
	var outputs [2 * rows * w]float32 // gradients replace them
	var data [rows * w]float32
	scales, losses := [w]float32{scale[0]}, [w]float32{loss[0]}
	for from := 0; from < len(y); from += rows {
		n := min(rows, len(y)-from)
		for f := range n {
			outputs[f*w], outputs[(n+f)*w], data[f*w] = o[from+f], o[len(y)+from+f], y[from+f]
		}
		var gradient []float32
		if grad != nil {
			gradient = head(outputs[:], 2*n*w)
		}
		f(gradient, head(outputs[:], 2*n*w), head(data[:], n*w), loneMask(observed, from, n), loneMask(pass, from, n), head(scales[:], w), head(losses[:], w), w)
		for f := range len(gradient) / (2 * w) {
			grad[from+f], grad[len(y)+from+f] = outputs[f*w], outputs[(n+f)*w]
		}
	}
	loss[0] = losses[0]
}

// loneMask returns n rows of a lone trial's mask; nil stays nil.
func loneMask(mask []uint8, from, n int) []uint8 {
	if mask == nil {
		return nil
	}
	return head(mask[from:], n)
}

// keptOf returns x where a mask keeps element i, else 0; nil keeps all.
func keptOf(mask []uint8, i, w int, x float32) float32 {
	if mask != nil && !Kept(mask, i, w) {
		return 0
	}
	return x
}
