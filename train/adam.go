package train

import (
	"math"

	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/maths"
)

// Adam is Adam with the global gradient norm clipped and decoupled weight decay
// (Loshchilov and Hutter 2019).
type Adam struct {
	M, V  []float32 // first and second moments, as long as the parameters
	Steps int       // taken so far
}

// NewAdam returns an optimiser of n parameters that has taken no step.
func NewAdam(n int) Adam { return Adam{M: make([]float32, n), V: make([]float32, n)} }

// Update changes params by one step and returns the gradient's global norm
// before clipping. decay is the weight decay in force.
func (o *Adam) Update(params, grad []float32, c *Config, rate, decay float64) (norm float64) {
	norm = math.Sqrt(kernel.SumSquares(grad))
	o.Steps++
	kernel.Adam(params, o.M, o.V, grad, &kernel.AdamStep{
		GradScale: float32(min(1, c.GradientClip/(norm+1e-6))),
		Beta1:     float32(c.AdamBeta1), OneMinus1: float32(1 - c.AdamBeta1),
		Beta2: float32(c.AdamBeta2), OneMinus2: float32(1 - c.AdamBeta2),
		Rate:       float32(rate / (1 - power(c.AdamBeta1, o.Steps))),
		InvSqrt2:   float32(1 / math.Sqrt(1-power(c.AdamBeta2, o.Steps))),
		Epsilon:    float32(c.AdamEpsilon),
		KeepWeight: float32(1 - float64(rate*decay)),
	})
	return norm
}

// power returns b^n with the same bits on every amd64 (math.Pow may be
// compiled with fused multiply-adds).
func power(b float64, n int) float64 {
	if b == 0 {
		return 0
	}
	return maths.Exp(float64(float64(n) * maths.Log(b)))
}
