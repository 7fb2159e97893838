package lfads

import (
	"fmt"

	"github.com/autolfads/autolfads/nn"
)

// InputPath says how the encoders' products with the input are computed. It
// changes no bit of a finite result.
type InputPath int

const (
	// AutoInput lets each block of trials take the faster path: sums over the
	// elements that are not zero after dropout, where these are few.
	AutoInput InputPath = iota
	// DenseInput computes products with zeros too.
	DenseInput
	// SparseInput sums over the elements that are not zero, however many.
	SparseInput
)

var inputPaths = [...]string{AutoInput: "auto", DenseInput: "dense", SparseInput: "sparse"}

// String returns auto, dense or sparse.
func (p InputPath) String() string { return inputPaths[p] }

// UnmarshalText takes what String returns.
func (p *InputPath) UnmarshalText(text []byte) error {
	for i, name := range inputPaths {
		if name == string(text) {
			*p = InputPath(i)
			return nil
		}
	}
	return fmt.Errorf("%q: want auto, dense or sparse", text)
}

// newSparse returns the list of a tape's input; nil if it is never wanted.
func (p InputPath) newSparse(a *nn.Arena, bins, elements int) *nn.Sparse {
	switch p {
	case DenseInput:
		return nil
	case SparseInput:
		return nn.NewSparse(a, bins, elements)
	}
	return nn.NewSparse(a, bins, int(nn.MaxDensity*float64(elements)))
}

// chooseInput makes t.read of t.input, as it is after augmentation and dropout.
func (m *Model) chooseInput(t *tape) {
	t.read = nn.Input{Dense: t.input}
	if t.sparse != nil && t.sparse.Fill(t.input, m.Shape.HeldIn, t.w) {
		t.read.Sparse = t.sparse
	}
}
