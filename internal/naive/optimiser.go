package naive

import (
	"maps"
	"math"
	"slices"
)

// AdamW is Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov
// and Hutter 2019), after the global gradient norm has been clipped.
type AdamW struct {
	config *Config
	steps  int
	m, v   Params // running means of gradients and of their squares
}

// NewAdamW returns an optimiser that has taken no step.
func NewAdamW(config *Config) *AdamW {
	return &AdamW{config: config, m: Params{}, v: Params{}}
}

// Step changes params by their gradients and returns the gradients' global
// norm before clipping:
//
//	g  = g min(1, limit / (norm + 1e-6))
//	m  = b1 m + (1 - b1) g,  v = b2 v + (1 - b2) g²
//	p  = p (1 - rate ramp decay) - rate (m / (1 - b1^k)) / (sqrt(v / (1 - b2^k)) + eps)
//
// in step k = 1, 2, ... Decay acts on every trained parameter.
func (o *AdamW) Step(params, grads Params) (norm float64) {
	c := o.config
	o.steps++
	norm = GlobalNorm(grads)
	clip := min(1, c.GradientClip/(norm+1e-6))
	correct1 := 1 - math.Pow(c.AdamBeta1, float64(o.steps))
	correct2 := 1 - math.Pow(c.AdamBeta2, float64(o.steps))
	shrink := 1 - c.LearningRate*c.L2Ramp()*c.WeightDecay
	for name, grad := range grads {
		p, m, v := params[name].Data, o.moment(o.m, name, grad), o.moment(o.v, name, grad)
		for i, g := range grad.Data {
			g *= clip
			m[i] = c.AdamBeta1*m[i] + (1-c.AdamBeta1)*g
			v[i] = c.AdamBeta2*v[i] + (1-c.AdamBeta2)*g*g
			p[i] = p[i]*shrink - c.LearningRate*(m[i]/correct1)/(math.Sqrt(v[i]/correct2)+c.AdamEpsilon)
		}
	}
	return norm
}

// moment returns the moment of one parameter, zeros in the first step.
func (o *AdamW) moment(moments Params, name string, like *Matrix) []float64 {
	if moments[name] == nil {
		moments[name] = NewMatrix(like.Rows, like.Cols)
	}
	return moments[name].Data
}

// GlobalNorm returns the Euclidean length of all gradients together.
func GlobalNorm(grads Params) float64 {
	var squares float64
	for _, name := range slices.Sorted(maps.Keys(grads)) { // one order, so that the sum has the same bits every time
		for _, x := range grads[name].Data {
			squares += x * x
		}
	}
	return math.Sqrt(squares)
}
