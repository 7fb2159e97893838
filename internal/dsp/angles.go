package dsp

import "math"

// angles are the sines and cosines of whole multiples of a step, from -half on.
type angles struct {
	step         float64
	sine, cosine []float64
}

func newAngles(step float64, half int) angles {
	a := angles{step, make([]float64, 2*half+1), make([]float64, 2*half+1)}
	for i := range a.sine {
		a.sine[i], a.cosine[i] = math.Sincos(step * float64(i-half))
	}
	return a
}

// turn is an angle that others are turned back by.
type turn struct{ sine, cosine float64 }

// back is the turn by a part of a step.
func (a *angles) back(part float64) turn {
	sine, cosine := math.Sincos(a.step * part)
	return turn{sine, cosine}
}

// sin is the sine of the angle at place i, turned back.
func (t turn) sin(a angles, i int) float64 {
	return float64(a.sine[i]*t.cosine) - float64(a.cosine[i]*t.sine)
}

// cos is the cosine of the angle at place i, turned back.
func (t turn) cos(a angles, i int) float64 {
	return float64(a.cosine[i]*t.cosine) + float64(a.sine[i]*t.sine)
}
