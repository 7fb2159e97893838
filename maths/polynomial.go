package maths

// Horner returns sum_i c[i] x^i, each product rounded before it is added: with
// the same bits on every amd64.
func Horner(x float64, c []float64) float64 {
	y := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		y = float64(y*x) + c[i]
	}
	return y
}
