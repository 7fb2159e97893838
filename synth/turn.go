package synth

import (
	"math"

	"github.com/autolfads/autolfads/maths"
)

// sineOfTurn returns the sine and the cosine of x turns, 2 pi x radians, with
// an error of about 1e-16 and the same bits on every amd64: what is left of x
// beyond the nearest quarter, at most 1/8, goes into Taylor's series.
func sineOfTurn(x float64) (sin, cos float64) {
	quarter := math.Floor(float64(4*x) + .5)
	angle := float64(2 * math.Pi * (x - quarter/4))
	square := float64(angle * angle)
	s, c := float64(angle*maths.Horner(square, sineSeries[:])), maths.Horner(square, cosineSeries[:])
	switch math.Mod(quarter, 4) {
	case 1, -3:
		return c, -s
	case 2, -2:
		return -s, -c
	case 3, -1:
		return -c, s
	}
	return s, c
}

// The coefficients are (-1)^k / (2k + 1)! and (-1)^k / (2k)!: at pi / 4 the
// terms beyond them are below 2^-60.
var (
	sineSeries = [...]float64{
		1, -1. / 6, 1. / 120, -1. / 5040, 1. / 362880, -1. / 39916800, 1. / 6227020800, -1. / 1307674368000,
	}
	cosineSeries = [...]float64{
		1, -1. / 2, 1. / 24, -1. / 720, 1. / 40320, -1. / 3628800, 1. / 479001600, -1. / 87178291200, 1. / 20922789888000,
	}
)
