package maths

// zetaLess1 holds zeta(k) - 1 for k = 2, 3, ..., 32 (testdata/tables.py).
var zetaLess1 = [...]float64{
	0.64493406684822643647, 0.2020569031595942854, 0.082323233711138191516, 0.036927755143369926331,
	0.017343061984449139715, 0.0083492773819228268398, 0.0040773561979443393787, 0.0020083928260822144179,
	0.00099457512781808533715, 0.0004941886041194645587, 0.00024608655330804829864, 0.00012271334757848914675,
	0.000061248135058704829259, 0.000030588236307020493552, 0.000015282259408651871733, 7.6371976378997622736e-6,
	3.8172932649998398565e-6, 1.9082127165539389257e-6, 9.5396203387278611315e-7, 4.7693298678780646312e-7,
	2.3845050272773299e-7, 1.1921992596531107307e-7, 5.9608189051259479612e-8, 2.9803503514652280186e-8,
	1.4901554828365041235e-8, 7.450711789835429492e-9, 3.7253340247884570548e-9, 1.8626597235130490064e-9,
	9.3132743241966818287e-10, 4.656629065033784073e-10, 2.328311833676505492e-10,
}

// lessEuler is 1 - Euler's constant.
const lessEuler = 0.42278433509846713939

// digammaAt2 holds the Taylor coefficients of digamma about 2 (Abramowitz and
// Stegun 6.3.14, one step up): 1 - gamma, then (-1)^k (zeta(k) - 1) for k = 2,
// 3, ... For |z| <= 1/2 what is left out is below 1e-19.
var digammaAt2 = taylorAt2(func(k int) float64 { return 1 })

// lgammaAt2 holds those of log Gamma(2 + z) / z (Abramowitz and Stegun 6.1.33):
// the same, each divided by the power that it gets.
var lgammaAt2 = taylorAt2(func(k int) float64 { return float64(k) })

func taylorAt2(divisor func(k int) float64) []float64 {
	c := []float64{lessEuler}
	sign := 1.
	for i, v := range zetaLess1 {
		c = append(c, sign*v/divisor(i+2))
		sign = -sign
	}
	return c
}

// asymptotic is where the series in 1/x begin: with seven terms they are then
// right to 1e-16.
const asymptotic = 12

// Bernoulli numbers B2k, k = 1 to 7, over 2k (2k - 1) and over 2k: the terms of
// Stirling's series (Abramowitz and Stegun 6.1.41) and of digamma's (6.3.18).
var (
	stirling = [...]float64{
		1. / 12, -1. / 360, 1. / 1260, -1. / 1680, 1. / 1188, -691. / 360360, 1. / 156,
	}
	stirlingSlope = [...]float64{
		1. / 12, -1. / 120, 1. / 252, -1. / 240, 1. / 132, -691. / 32760, 1. / 12,
	}
)
