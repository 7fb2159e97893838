package metric

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// Whatever numbers are in the rates or in the data: a score is a number or NaN, and so
// are its interval's ends. Only what is left out of a score leaves it a number.
func TestHostileNumbers(t *testing.T) {
	inf := float32(math.Inf(1))
	for what, v := range map[string]float32{
		"NaN": nan, "infinity": inf, "minus infinity": -inf, "a negative number": -1, "zero": 0, "the largest": math.MaxFloat32, "the least": math.SmallestNonzeroFloat32,
	} {
		for where, at := range map[string]func(s trials) *dataset.Array{
			"rates":  func(s trials) *dataset.Array { return s.rates },
			"spikes": func(s trials) *dataset.Array { return s.spikes },
			"PSTHs":  func(s trials) *dataset.Array { return s.psth },
		} {
			one, all := randomTrials(12), randomTrials(12)
			at(one).Data[3] = v
			for i := range at(all).Data {
				at(all).Data[i] = v
			}
			for name, score := range one.scores(t) {
				DefaultResampling(one.condition).Interval(score)
				if name == "bits" && where == "rates" && (v < 0 || v != v) && !math.IsNaN(score.Of(nil)) {
					t.Errorf("with a rate that is %s, bits are %v", what, score.Of(nil))
				}
			}
			for name, score := range all.scores(t) {
				got := score.Of(nil)
				if bits := name == "bits" || name == "median bits"; where == "spikes" && v <= 0 && bits && !math.IsNaN(got) {
					t.Errorf("without spikes (%s), %s are %v", what, name, got)
				}
			}
		}
	}
}

// A neuron without spikes costs what its rates are, less the null's 1e-9 a bin: here
// .001 in each of 4 bins, beside a neuron whose 3 spikes are predicted as by its mean.
func TestSilentNeuronsCostTheirRates(t *testing.T) {
	spikes := array([]float32{1, 0}, []float32{1, 0}, []float32{1, 0}, []float32{nan, 0})
	rates := array([]float32{1, .001}, []float32{1, .001}, []float32{1, .001}, []float32{1, .001})
	b := BitsByTrial(rates, spikes)
	cost := 4 * (float64(float32(.001)) - MinRate)
	near(t, "bits", b.Of(nil), -cost/(3*math.Ln2))
	if each := b.PerNeuron(); each[0] != 0 || !math.IsNaN(each[1]) {
		t.Errorf("per neuron: %v", each)
	}
	if m := b.Median().Of(nil); m != 0 {
		t.Errorf("the median neuron that fires scores %v", m)
	}
}

// The population's score is that of neurons weighed by their spikes; the median is of
// neurons that count equally.
func TestPerNeuronIsEachByItself(t *testing.T) {
	s := randomTrials(12)
	b := BitsByTrial(s.rates, s.spikes)
	var sum, spikes float64
	for n, bits := range b.PerNeuron() {
		rates, of := neuron(s.rates, n), neuron(s.spikes, n)
		alone := BitsPerSpike(rates, of)
		if n == 2 {
			sum -= alone.Model.Sum - alone.Null.Sum
			continue
		}
		near(t, "a neuron's bits", bits, alone.PerSpike)
		sum, spikes = sum+bits*alone.Spikes*math.Ln2, spikes+alone.Spikes
	}
	near(t, "the population's", b.Of(nil), sum/(spikes*math.Ln2))
}

func neuron(a *dataset.Array, n int) *dataset.Array {
	one := &dataset.Array{Trials: a.Trials, Bins: a.Bins, Features: 1}
	for v := range a.Feature(n) {
		one.Data = append(one.Data, v)
	}
	return one
}

// One condition: an R2 over its bins. None: no score.
func TestPSTHOfOneConditionAndOfNone(t *testing.T) {
	s := randomTrials(5)
	one := &dataset.Array{Trials: 1, Bins: 6, Features: 4, Data: s.psth.Trial(0)}
	score, err := PSTHR2(s.rates, make([]int64, 5), nil, one)
	if err != nil || score.Varying != 4 || math.IsNaN(score.Mean) {
		t.Errorf("%+v, %v", score, err)
	}
	score, err = PSTHR2(s.rates, []int64{-1, -1, -1, -1, -1}, nil, one)
	if err != nil || !math.IsNaN(score.Mean) {
		t.Errorf("no trial has a condition, but %+v, %v", score, err)
	}
}

func TestRowsOf(t *testing.T) {
	if rows := RowsOf([]int64{7, 2, 9, -1}, []int64{2, 4, 7}); rows[0] != 2 || rows[1] != 0 || rows[2] != -1 || rows[3] != -1 {
		t.Errorf("rows %v", rows)
	}
}

// Logarithms of rates that are a constant times the true ones miss them by a constant.
func TestLogR2(t *testing.T) {
	truth := array([]float32{.1, 0}, []float32{.2, 2}, []float32{.4, 4})
	rates := array([]float32{.2, 7}, []float32{.4, 2}, []float32{.8, 0})
	s := LogR2ByTrial(truth, rates).Score(nil)
	nearly := func(what string, got, want float64) {
		if math.Abs(got-want) > 1e-10*math.Abs(want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	nearly("R2 of twice the rates", s.PerOutput[0], 1-3./2) // errors of ln 2 about a spread of ln 2, 0, ln 2
	miss := math.Log(4) - math.Log(MinRate)
	nearly("with a rate of 0", s.PerOutput[1], 1-miss*miss/(math.Ln2*math.Ln2/2)) // a true rate of 0 is left out
}

// Draws of noisy rates score as many different trials would: were they scored as they
// are, all of them would lie below the score. With 60 neurons of 9 bins the mean of
// 2,000 draws is known to .002.
func TestDrawsOfPSTHsAreNotBiased(t *testing.T) {
	for _, perCondition := range []int{3, 6, 12} { // pooled; pairs; means
		from := rand.New(rand.NewPCG(3, 3))
		rates, psth := dataset.NewArray(5*perCondition, 9, 60), dataset.NewArray(5, 9, 60)
		condition := make([]int64, rates.Trials)
		for i := range psth.Data {
			psth.Data[i] = from.Float32()
		}
		for i := range rates.Trials {
			condition[i] = int64(i % 5)
			for j, truth := range psth.Trial(i % 5) {
				rates.Trial(i)[j] = truth + .3*float32(from.NormFloat64())
			}
		}
		s, err := PSTHByTrial(rates, condition, nil, psth)
		if err != nil {
			t.Fatal(err)
		}
		r := Resampling{Draws: 2000, Level: .95, Strata: condition}
		scores, _ := r.Scores(t.Context(), s)
		if bias := values(scores).Of(nil) - s.Of(nil); math.Abs(bias) > .01 {
			t.Errorf("%d trials a condition: the mean draw is off by %v", perCondition, bias)
		}
		if i := r.Middle(scores); !i.Holds(s.Of(nil)) {
			t.Errorf("%d trials a condition: %v is not in %v", perCondition, s.Of(nil), i)
		}
		if plain := values(slices.Collect(func(yield func(float64) bool) {
			for draw := range 100 {
				times := make([]int, rates.Trials)
				r.draw(times, r.strata(rates.Trials), draw)
				if !yield(s.Score(times).Mean) {
					return
				}
			}
		})).Of(nil); plain > s.Of(nil)-.02 {
			t.Errorf("%d trials a condition: uncorrected, draws are %v about %v", perCondition, plain, s.Of(nil))
		}
	}
}

// Rows of fewer trials than bins are scored from products of pairs, others from means:
// they must not differ, whatever is missing of the PSTH.
func TestPairsOfTrialsAreTheirMeans(t *testing.T) {
	s := randomTrials(40)
	s.psth.Data[7] = nan
	for i := range s.condition {
		s.condition[i] = max(0, int64(i)-37) // 38 trials of the first, one of each other
	}
	times := make([]int, 40)
	for i := range times {
		times[i] = i % 3
	}
	p, err := PSTHByTrial(s.rates, s.condition, nil, s.psth)
	if err != nil {
		t.Fatal(err)
	}
	got := p.Of(times)
	if p.rows[0].pairs != nil || p.rows[1].pairs == nil {
		t.Fatal("the first row has pairs, or the second has none")
	}
	for i := range p.rows {
		p.rows[i].pairs = nil
	}
	near(t, "from means", got, p.Of(times))
}
