package nn_test

import (
	"fmt"

	"github.com/autolfads/autolfads/nn"
)

// A linear layer learns y = 2x + 1 from a block of 8 trials by gradient
// descent on half the mean squared error.
func Example() {
	const w = 8 // trials side by side
	var layout nn.Layout
	layer := nn.NewLinear(&layout, "line", 1, 1)
	params, grad := make([]float32, layout.Size), make([]float32, layout.Size)
	block, scratch := layer.NewGrad(nil, w), nn.NewScratch(nil, 1)

	x, y := nn.NewActivations(nil, 1, 1, w), nn.NewActivations(nil, 1, 1, w)
	for i := range x {
		x[i] = float32(i) / 4
	}
	for range 200 {
		layer.Prepare(params) // pack what changed
		layer.Forward(y, x, w)
		for i := range y {
			y[i] = (y[i] - (2*x[i] + 1)) / w // becomes the gradient at the output
		}
		block.Reset()
		block.Accumulate(x, y, 1, scratch)
		clear(grad)
		block.AddTo(grad)
		for i := range params {
			params[i] -= .5 * grad[i]
		}
	}
	fmt.Printf("y = %.2f x + %.2f\n", layer.Weight.Of(params)[0], layer.Bias.Of(params)[0])
	// Output: y = 2.00 x + 1.00
}
