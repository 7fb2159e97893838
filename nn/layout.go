package nn

// Tensor is a named place in a flat parameter vector.
type Tensor struct {
	Name   string
	Shape  []int
	Offset int
}

// Len returns the number of elements.
func (t Tensor) Len() int {
	n := 1
	for _, d := range t.Shape {
		n *= d
	}
	return n
}

// Of returns t's part of a flat vector (parameters, gradients or moments).
func (t Tensor) Of(flat []float32) []float32 {
	end := t.Offset + t.Len()
	return flat[t.Offset:end:end]
}

// Layout hands out places in a flat parameter vector, in order.
type Layout struct {
	Tensors []Tensor
	Size    int
	Arena   *Arena // that layers take their packed weights from
}

// New appends a tensor. Tensors of size zero (a layer without inputs) are
// allowed.
func (l *Layout) New(name string, shape ...int) Tensor {
	t := Tensor{Name: name, Shape: shape, Offset: l.Size}
	l.Tensors = append(l.Tensors, t)
	l.Size += t.Len()
	return t
}
