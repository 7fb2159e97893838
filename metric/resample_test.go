package metric

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// values is a score whose interval is known: the mean of numbers.
type values []float64

func (v values) Trials() int { return len(v) }

func (v values) Of(times []int) float64 {
	var sum, n float64
	for i, x := range v {
		sum += timesOf(times, i) * x
		n += timesOf(times, i)
	}
	return sum / n
}

func normal(n int, mean, sd float64) values {
	from, v := rand.New(rand.NewPCG(1, 2)), make(values, n)
	for i := range v {
		v[i] = mean + sd*from.NormFloat64()
	}
	return v
}

// standardError is that of a mean.
func (v values) standardError() float64 {
	mean, squares := v.Of(nil), 0.
	for _, x := range v {
		squares += (x - mean) * (x - mean)
	}
	return math.Sqrt(squares) / float64(len(v))
}

// The interval of a mean is the mean and 1.96 of its standard errors on both sides.
// 10,000 draws know a bound to 2.7 % of a standard error; the mean of 400 numbers
// is normal to less.
func TestIntervalOfAMean(t *testing.T) {
	v := normal(400, 3, 2)
	r := Resampling{Draws: 10000, Level: .95, Seed: 5}
	got, mean, se := r.Interval(v), v.Of(nil), v.standardError()
	for _, bound := range [][2]float64{{got.Low, mean - 1.96*se}, {got.High, mean + 1.96*se}} {
		if math.Abs(bound[0]-bound[1]) > .1*se {
			t.Errorf("%v, want %v", bound[0], bound[1])
		}
	}
	if !got.Holds(mean) || got.Holds(mean+3*se) {
		t.Errorf("%v holds %v: %v", got, mean, got.Holds(mean))
	}
	half := Resampling{Draws: 10000, Level: .5, Seed: 5}.Interval(v)
	if math.Abs(half.High-half.Low-2*.6745*se) > .1*se {
		t.Errorf("half of the means lie in %v, want %v about %v", half, .6745*se, mean)
	}
}

// What all trials of a stratum have in common is no noise: only what is within counts.
func TestStrataTakeTheirDifferencesOut(t *testing.T) {
	v, strata := normal(400, 0, 1), make([]int64, 400)
	se := v.standardError()
	for i := range v {
		strata[i] = int64(i % 4)
		v[i] += 10 * float64(i%4)
	}
	r := DefaultResampling(strata)
	if got := r.Interval(v); math.Abs(got.High-got.Low-2*1.96*se) > .5*se {
		t.Errorf("%v is not %v wide", got, 2*1.96*se)
	}
	r.Strata = nil
	if got := r.Interval(v); got.High-got.Low < 20*se {
		t.Errorf("%v is no wider without strata", got)
	}
}

// Conditions of few trials are drawn from together: alone, a condition of one trial
// would always have this one.
func TestSmallStrataAreOne(t *testing.T) {
	r := Resampling{Strata: []int64{3, 1, 2, 1, 1, 3, 1, 4, 1, 1}}
	strata := r.strata(10)
	if len(strata) != 2 || !slices.Equal(strata[0], []int{1, 3, 4, 6, 8, 9}) || !slices.Equal(strata[1], []int{2, 0, 5, 7}) {
		t.Errorf("strata %v", strata)
	}
	for i := range 20 {
		times := make([]int, 10)
		r.draw(times, strata, i)
		if n := times[2] + times[0] + times[5] + times[7]; n != 4 {
			t.Errorf("draw %d has %d of 4 trials", i, n)
		}
	}
}

// The mean of numbers less that of the same numbers and a little is known exactly,
// however much both vary: draws are of the same trials.
func TestDifferenceIsPaired(t *testing.T) {
	a, b := normal(30, 0, 5), make(values, 30)
	for i, v := range a {
		b[i] = v - .25
	}
	if d := DefaultResampling(nil).Difference(a, b); math.Abs(d.Low-.25) > 1e-12 || math.Abs(d.High-.25) > 1e-12 {
		t.Errorf("the difference lies in %v", d)
	}
}

func TestSameDrawsOnAnyNumberOfCores(t *testing.T) {
	s := randomTrials(20)
	r := DefaultResampling(s.condition)
	for name, score := range s.scores(t) {
		want, _ := r.Scores(t.Context(), score)
		cores := runtime.GOMAXPROCS(1)
		got, _ := r.Scores(t.Context(), score)
		runtime.GOMAXPROCS(cores)
		if !slices.EqualFunc(got, want, func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }) {
			t.Errorf("%s has other scores on one core", name)
		}
	}
	other := r
	other.Seed++
	if other.Interval(s.scores(t)["bits"]) == r.Interval(s.scores(t)["bits"]) {
		t.Error("another seed, the same draws")
	}
}

func TestDrawsWithoutAScore(t *testing.T) {
	r, none := Resampling{Level: .5}, math.NaN()
	if got := r.Middle([]float64{5, none, 1, 3, 2, 4, math.Inf(1)}); got != (Interval{2, 4}) {
		t.Errorf("the middle half of 1 to 5 is %v", got)
	}
	if got := r.Middle([]float64{1, none, none}); got.Known() {
		t.Errorf("one draw of three has a score, but there is the interval %v", got)
	}
}

func TestScoresEndWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := DefaultResampling(nil).Scores(ctx, normal(10, 0, 1)); err == nil {
		t.Error("no error after the end")
	}
}

// NumPy's percentile of the same numbers.
func TestQuartiles(t *testing.T) {
	q := QuartilesOf([]float64{7, math.NaN(), 1, 3, 2})
	if q != (Quartiles{1.75, 2.5, 4, 4}) {
		t.Errorf("%+v", q)
	}
	if q = QuartilesOf([]float64{math.NaN()}); !math.IsNaN(q.Median) || q.Of != 0 {
		t.Errorf("of nothing: %+v", q)
	}
}

// Two trials on the same side of 0 are no proof, as drawing from them says: of so few
// there is no interval.
func TestFewTrialsHaveNoInterval(t *testing.T) {
	for n := 1; n < 9; n++ {
		v := normal(n, 5, 1)
		if got := DefaultResampling(nil).Interval(v); got.Known() != (n >= FewestTrials) {
			t.Errorf("%d trials have the interval %v", n, got)
		}
	}
}
