package kernel

import (
	"math"

	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

func dropoutMaskPortable(keep []uint8, k0, k1 []uint32, bin, features, w int, threshold uint32) {
	bytes := MaskBytes(w)
	clear(keep[:features*bytes])
	for l := range w {
		key := rng.Key{K0: k0[l], K1: k1[l]}
		for f := 0; f < features; f += 4 {
			words := key.Block(uint32(bin), uint32(f/4), 0, 0)
			for i, word := range words[:min(4, features-f)] {
				if word >= threshold {
					keep[(f+i)*bytes+l/8] |= 1 << (l % 8)
				}
			}
		}
	}
}

func normalsPortable(dst []float32, k0, k1 []uint32, bin, features, w int) {
	for l := range w {
		key := rng.Key{K0: k0[l], K1: k1[l]}
		for f := 0; f < features; f += 4 {
			var four [4]float32
			key.FourNormals(&four, bin, f/4)
			for i, v := range four[:min(4, features-f)] {
				dst[(f+i)*w+l] = v
			}
		}
	}
}

func dropPortable(dst, x []float32, keep []uint8, scale float32, w int) {
	for i := range dst {
		v := float32(0)
		if Kept(keep, i, w) {
			v = scale * x[i]
		}
		dst[i] = v
	}
}

func poissonPortable(grad, o, y []float32, pass []uint8, scale, loss []float32, w int) {
	loss, scale = loss[:w], scale[:w]
	for first := 0; first < len(o); first += w {
		for l := range loss {
			i := first + l
			rate, logRate := maths.Exp32(o[i]), o[i]
			loss[l] += rate - float32(y[i]*logRate)
			if grad == nil {
				continue
			}
			g := (rate - y[i]) * scale[l]
			if pass != nil && !Kept(pass, i, w) {
				g = 0
			}
			grad[i] = g
		}
	}
}

func sumSquaresPortable(x []float32, sums *[16]float64) {
	for i, v := range x {
		d := float64(v)
		sums[i%16] += float64(d * d) // exact: a float32 squared fits a float64
	}
}

// treeSum adds pairs at distance n/2, then n/4, and so on.
func treeSum(s []float64) float64 {
	for n := len(s) / 2; n > 0; n /= 2 {
		for i := range n {
			s[i] += s[i+n]
		}
	}
	return s[0]
}

func adamPortable(p, m, v, grad []float32, s *AdamStep) {
	m, v, grad = m[:len(p)], v[:len(p)], grad[:len(p)]
	for i := range p {
		g := grad[i] * s.GradScale
		m[i] = float32(s.Beta1*m[i]) + float32(s.OneMinus1*g)
		v[i] = float32(s.Beta2*v[i]) + float32(float32(s.OneMinus2*g)*g)
		denom := float32(float32(math.Sqrt(float64(v[i])))*s.InvSqrt2) + s.Epsilon
		p[i] = float32(s.KeepWeight*p[i]) - float32(s.Rate*m[i])/denom
	}
}

func expPortable(dst, x []float32) {
	for i, v := range x[:len(dst)] {
		dst[i] = maths.Exp32(v)
	}
}

func logPortable(dst, x []float32) {
	for i, v := range x[:len(dst)] {
		dst[i] = log(v)
	}
}
