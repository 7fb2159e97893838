package kernel

// sigmoid returns 1 / (1 + exp(-x)) as tanh(x/2)/2 + 1/2.
func sigmoid(x float32) float32 { return float32(.5*tanh(.5*x)) + .5 }

// tanh returns the hyperbolic tangent: a rational function of degree 13 over
// 6 on [-7.905, 7.905] (the minimax fit used by Eigen), to about 3e-7
// absolute. A NaN stays a NaN.
func tanh(x float32) float32 {
	x = clamp(x, tanhLimit)
	x2 := x * x
	p := float32(tanhP[0])
	for _, c := range tanhP[1:] {
		p = float32(p*x2) + c
	}
	q := float32(tanhQ[0])
	for _, c := range tanhQ[1:] {
		q = float32(q*x2) + c
	}
	return float32(x*p) / q
}

const tanhLimit = 7.90531110763549805

// Coefficients of the highest power first.
var (
	tanhP = [...]float32{
		-2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-08,
		1.48572235717979e-05, 6.37261928875436e-04, 4.89352455891786e-03,
	}
	tanhQ = [...]float32{1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03}
)
