package correlate

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/prepare/grid"
)

// firing is a unit of random spikes between two moments in s; some others' are among
// them, late by so many ms.
func firing(random *rand.Rand, n int, from, to float64, others []float64, lateMs float64) []float64 {
	var times []float64
	for range n {
		times = append(times, from+float64((to-from)*random.Float64()))
	}
	for _, t := range others {
		times = append(times, t+lateMs/1000)
	}
	return times // not ascending
}

// trainsOf are those of a recording's units.
func trainsOf(units [][]float64, observed [][]dataset.Interval) *Trains {
	t := &Trains{}
	for i, times := range units {
		if observed == nil {
			t.Add(times, nil, false)
		} else {
			t.Add(times, grid.Merged(observed[i]), true)
		}
	}
	return t
}

// oddUnits are units that fire together or not, over more than one block of time, about
// time 0, some of them twice in 1 ms.
func oddUnits() [][]float64 {
	random := rand.New(rand.NewPCG(3, 4))
	first := firing(random, 400, -20, 60, nil, 0)
	units := [][]float64{first}
	for i := range 7 {
		units = append(units, firing(random, 50*i, -20+float64(i), 60, first[:300], []float64{0, .2, .5, .9, 1, 40, -7}[i]))
	}
	units = append(units, append(firing(random, 30, 0, .02, nil, 0), math.NaN(), math.Inf(1)), nil, []float64{50.5})
	return units
}

// oddStretches are when each of so many units was observed: some throughout, some in
// pieces of their own, one never.
func oddStretches(units int) [][]dataset.Interval {
	all := make([][]dataset.Interval, units)
	for i := range all {
		all[i] = []dataset.Interval{{Start: -30, Stop: 70}}
		if i%3 == 1 {
			all[i] = []dataset.Interval{{Start: 10.0004, Stop: 20.0017 + float64(i)}, {Start: -15, Stop: 3}, {Start: 50, Stop: math.Inf(1)}}
		}
	}
	all[5] = nil
	return all
}

// counted is a unit's counts in bins of 1 ms, from a moment of whole ms on, and which of
// them were observed, as one would write it down.
func counted(times []float64, observed []dataset.Interval, said bool, from, bins int) (counts []float64, is []bool) {
	counts, is = make([]float64, bins), make([]bool, bins)
	for i := range is {
		start, stop := float64(from+i), float64(from+i+1)
		is[i] = !said || slices.ContainsFunc(observed, func(o dataset.Interval) bool {
			return math.Round(o.Start*1e9) <= start*1e6 && stop*1e6 <= math.Round(o.Stop*1e9)
		})
	}
	for _, t := range times {
		if at := math.Floor(math.Round(t*1e9)/1e6) - float64(from); at >= 0 && at < float64(bins) {
			counts[int(at)]++
		}
	}
	return counts, is
}

// both returns the counts of two units where both were observed.
func both(a, b []float64, isA, isB []bool) (x, y []float64) {
	for i := range a {
		if isA[i] && isB[i] {
			x, y = append(x, a[i]), append(y, b[i])
		}
	}
	return x, y
}

// total sums the terms from up to, but not with, to: halves apart, so that errors of
// rounding do not add up.
func total(from, to int, term func(i int) float64) float64 {
	if to-from < 8 {
		sum := 0.
		for i := from; i < to; i++ {
			sum += term(i)
		}
		return sum
	}
	middle := (from + to) / 2
	return total(from, middle, term) + total(middle, to, term)
}

// plainPearson is the correlation of numbers, in two passes.
func plainPearson(x, y []float64) float64 {
	n := len(x)
	mx, my := total(0, n, func(i int) float64 { return x[i] })/float64(n), total(0, n, func(i int) float64 { return y[i] })/float64(n)
	product := func(a []float64, ma float64, b []float64, mb float64) float64 {
		return total(0, n, func(i int) float64 { return (a[i] - ma) * (b[i] - mb) })
	}
	return product(x, mx, y, my) / math.Sqrt(product(x, mx, x, mx)*product(y, my, y, my))
}

// close reports whether two correlations are the same, or neither is one.
func close(a, b float64) bool { return math.Abs(a-b) < 1e-12 || a != a && b != b }

// pairsWritten goes through all pairs of units: their correlation, and their counts,
// written out, where both were observed.
func pairsWritten(units [][]float64, observed [][]dataset.Interval, each func(i, j int, got float64, x, y []float64)) {
	c := trainsOf(units, observed).Correlate()
	span := c.span()
	from, bins := int(c.base)+int(span.from), int(span.to-span.from)
	end := float64(from+bins) / 1000 // of what was observed without end
	if observed != nil {
		from, bins = -31000, 102000
	}
	rows, is := make([][]float64, len(units)), make([][]bool, len(units))
	for i, times := range units {
		var own []dataset.Interval
		if observed != nil {
			own = slices.Clone(observed[i])
		}
		for k := range own {
			if math.IsInf(own[k].Stop, 1) {
				own[k].Stop = end
			}
		}
		rows[i], is[i] = counted(times, own, observed != nil, from, bins)
	}
	for j := range units {
		for i := range j {
			x, y := both(rows[i], rows[j], is[i], is[j])
			each(i, j, c.Of(i, j), x, y)
		}
	}
}

// Correlations are those of counts written out.
func TestCorrelations(t *testing.T) {
	units := oddUnits()
	for name, observed := range map[string][][]dataset.Interval{"throughout": nil, "in pieces": oddStretches(len(units))} {
		known := 0
		pairsWritten(units, observed, func(i, j int, got float64, x, y []float64) {
			if want := plainPearson(x, y); !close(got, want) {
				t.Errorf("%s: units %d and %d: %v, want %v", name, i, j, got, want)
			}
			if got == got {
				known++
			}
		})
		if known < 20 {
			t.Errorf("%s: %d correlations are numbers", name, known)
		}
	}
}

// NumPy agrees.
func TestCorrelationsAgainstNumPy(t *testing.T) {
	python := testenv.Python(t, "numpy")
	units := oddUnits()
	var questions [][2][]float64
	var ours []float64
	for _, observed := range [][][]dataset.Interval{nil, oddStretches(len(units))} {
		pairsWritten(units, observed, func(_, _ int, got float64, x, y []float64) {
			questions, ours = append(questions, [2][]float64{x, y}), append(ours, got)
		})
	}
	for i, answer := range testenv.Judge[*float64](t, python, "testdata/correlation.py", questions) {
		said := math.NaN()
		if answer != nil {
			said = *answer
		}
		if !close(said, ours[i]) {
			t.Errorf("pair %d: NumPy says %v, we %v", i, said, ours[i])
		}
	}
}

// However many cores count, coincidences are the same.
func TestCoincidencesOnAnyCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one := trainsOf(oddUnits(), nil).coincide()
	for _, cores := range []int{2, 3, 64} {
		runtime.GOMAXPROCS(cores)
		if !slices.Equal(trainsOf(oddUnits(), nil).coincide(), one) {
			t.Errorf("%d cores count other coincidences than one", cores)
		}
	}
}

// Times of a clock that began in 1970 are as good as others.
func TestCorrelationsOfAnyClock(t *testing.T) {
	units := [][]float64{{.0105, .5, 1.25}, {.0105, .5, 1.75}}
	for _, start := range []float64{0, -5000, 1.7e9} {
		late := make([][]float64, len(units))
		for i := range units {
			for _, time := range units[i] {
				late[i] = append(late[i], start+time)
			}
		}
		if got := trainsOf(late, nil).Correlate().Of(0, 1); math.Abs(got-2./3) > 1e-3 {
			t.Errorf("from %v s on: %v, want two thirds", start, got)
		}
	}
}

// What lies beyond any session is left out, and a recording without spikes has none to
// compare.
func TestCorrelationsFarAway(t *testing.T) {
	c := trainsOf([][]float64{{0, 1, 3e6, 1e300}, {0, 1, -3e6}}, nil).Correlate()
	if got := c.Of(0, 1); got != 1 || len(c.units[0].at) != 2 {
		t.Errorf("correlation %v of %v", got, c.units)
	}
	if got := trainsOf([][]float64{nil, nil}, nil).Correlate().Of(0, 1); got == got {
		t.Errorf("correlation %v of silence", got)
	}
}
