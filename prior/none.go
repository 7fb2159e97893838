package prior

import "github.com/autolfads/autolfads/nn"

// None says nothing of inferred inputs: there is no divergence, and nothing holds
// them back but the loss itself.
type None struct{}

// Bind implements [Prior]: nothing is learned.
func (None) Bind(*nn.Layout, int) {}

// Initialise implements [Prior].
func (None) Initialise([]float32) {}

// Prepare implements [Prior].
func (None) Prepare([]float32) {}

// KL implements [Prior].
func (None) KL(*Posterior, float64, []float64) float64 { return 0 }
