package dataset

import (
	"fmt"
	"iter"
)

// Array is a dense block of numbers, trials x bins x features, in row-major
// order: the features of one bin lie side by side, then bins, then trials.
type Array struct {
	Trials, Bins, Features int
	Data                   []float32
}

// NewArray returns a zero array.
func NewArray(trials, bins, features int) *Array {
	return &Array{trials, bins, features, make([]float32, trials*bins*features)}
}

// Trial returns trial i as bins x features. It shares memory with a.
func (a *Array) Trial(i int) []float32 {
	n := a.Bins * a.Features
	return a.Data[i*n : (i+1)*n : (i+1)*n]
}

// Bin returns the features of one bin of one trial. It shares memory with a.
func (a *Array) Bin(trial, bin int) []float32 {
	o := (trial*a.Bins + bin) * a.Features
	return a.Data[o : o+a.Features : o+a.Features]
}

// Feature goes through one feature's values, trial after trial, bin after bin.
func (a *Array) Feature(f int) iter.Seq[float32] {
	return func(yield func(float32) bool) {
		for i := f; i < len(a.Data); i += a.Features {
			if !yield(a.Data[i]) {
				return
			}
		}
	}
}

// String gives the shape, for messages.
func (a *Array) String() string {
	if a == nil {
		return "none"
	}
	return fmt.Sprintf("%d trials x %d bins x %d", a.Trials, a.Bins, a.Features)
}

// firstFeatures returns a copy of the first features; a itself if it has no more.
func (a *Array) firstFeatures(features int) *Array {
	if a.Features == features {
		return a
	}
	out := NewArray(a.Trials, a.Bins, features)
	for trial := range a.Trials {
		for bin := range a.Bins {
			copyPages(out.Bin(trial, bin), a.Bin(trial, bin)[:features])
		}
	}
	return out
}
