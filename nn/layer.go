package nn

// Layer is a part of a model with parameters of its own. A model keeps its layers
// in one list: all that concerns every one of them goes through it.
type Layer interface {
	// Initialise sets the layer's first parameters; all are 0 before. draw fills a
	// tensor with normal numbers of variance 1/fan.
	Initialise(params []float32, draw func(t Tensor, fan int))
	// Prepare reads the parameters, and packs them for the kernels: called
	// whenever they changed.
	Prepare(params []float32)
}

// Grad accumulates the gradients of a layer over one block of trials.
type Grad interface {
	// Reset zeroes it.
	Reset()
	// AddTo adds it to the flat gradient.
	AddTo(grad []float32)
}
