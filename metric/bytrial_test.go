package metric

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// trials is a small recording with rates for it, conditions and intervals; some
// bins are missing, one neuron is silent and one rate is zero.
type trials struct {
	spikes, rates, psth *dataset.Array
	condition           []int64
	produced            []float64
}

func randomTrials(n int) trials {
	from := rand.New(rand.NewPCG(7, 0))
	s := trials{dataset.NewArray(n, 6, 4), dataset.NewArray(n, 6, 4), dataset.NewArray(3, 6, 4), make([]int64, n), make([]float64, n)}
	for i := range s.spikes.Data {
		if i%4 != 2 {
			s.spikes.Data[i] = float32(from.IntN(4))
		}
		s.rates.Data[i] = float32(.2 + from.Float64())
	}
	for i := range s.psth.Data {
		s.psth.Data[i] = from.Float32()
	}
	s.spikes.Data[9], s.spikes.Data[24], s.rates.Data[5] = nan, nan, 0
	for i := range s.condition {
		s.condition[i], s.produced[i] = int64(i%3), from.Float64()
	}
	return s
}

// repeated returns the trials, each so many times.
func (s trials) repeated(times []int) trials {
	r := trials{psth: s.psth, spikes: &dataset.Array{Bins: 6, Features: 4}, rates: &dataset.Array{Bins: 6, Features: 4}}
	for trial, n := range times {
		for range n {
			r.spikes.Data = append(r.spikes.Data, s.spikes.Trial(trial)...)
			r.rates.Data = append(r.rates.Data, s.rates.Trial(trial)...)
			r.condition = append(r.condition, s.condition[trial])
			r.produced = append(r.produced, s.produced[trial])
		}
	}
	r.spikes.Trials, r.rates.Trials = len(r.condition), len(r.condition)
	return r
}

// scores are all that are by trial.
func (s trials) scores(t *testing.T) map[string]ByTrial {
	psth, err := PSTHByTrial(s.rates, s.condition, nil, s.psth)
	if err != nil {
		t.Fatal(err)
	}
	jitter := make([]int, len(s.condition))
	for i := range jitter {
		jitter[i] = int(s.condition[i]) - 1
	}
	early := &dataset.Array{Trials: s.psth.Trials, Bins: 6, Features: 4, Data: slices.Clone(s.psth.Data)}
	for c := range early.Trials {
		for i := range early.Trial(c) {
			if i < 4 || i >= 20 { // what jitter may leave empty
				early.Trial(c)[i] = nan
			}
		}
	}
	jittered, err := PSTHByTrial(s.rates, s.condition, jitter, early)
	if err != nil {
		t.Fatal(err)
	}
	bits, r2 := BitsByTrial(s.rates, s.spikes), R2ByTrial(s.spikes, s.rates)
	return map[string]ByTrial{
		"bits": bits, "median bits": bits.Median(),
		"co-bps": CoBitsByTrial(s.rates, s.spikes, 3, 4), "fp-bps": FpBitsByTrial(s.rates, s.spikes, 4),
		"R2": r2, "weighted R2": r2.Weighted(), "log R2": LogR2ByTrial(s.rates, shifted(s.spikes)),
		"psth": uncorrected{psth}, "jittered": uncorrected{jittered}, "speed": SpeedByTrial(Speeds(s.rates, nil), s.produced, s.condition),
		"nll": MeanNLLByTrial(s.rates, s.spikes, PoissonElement),
	}
}

// withMeansOf measures bits from the mean rates of all trials, as those of a selection
// are.
func withMeansOf(written, s ByTrial) {
	switch b := s.(type) {
	case *TrialBits:
		written.(*TrialBits).means = b.means
	case medianBits:
		written.(medianBits).means = b.means
	}
}

// Bits per spike of drawn trials lie about the score, and not below it, as they would
// if each draw were measured from its own mean rates, of 20 trials and so many neurons.
// 1,000 draws know their middle to .04 of their spread.
func TestIntervalsOfBitsLieAboutTheScore(t *testing.T) {
	from := rand.New(rand.NewPCG(3, 0))
	rates, spikes := dataset.NewArray(20, 10, 50), dataset.NewArray(20, 10, 50)
	for i := range spikes.Data {
		rates.Data[i] = .02 + .08*from.Float32()
		if from.Float32() < rates.Data[i] {
			spikes.Data[i] = 1
		}
	}
	b := BitsByTrial(rates, spikes)
	i := DefaultResampling(nil).Interval(b)
	if at := (b.Of(nil) - i.Low) / (i.High - i.Low); !(at > .4 && at < .6) {
		t.Errorf("%v lies at %v of %v", b.Of(nil), at, i)
	}
}

// uncorrected is the score of PSTHs as it is, with the noise of repeated trials.
type uncorrected struct{ *TrialPSTH }

func (u uncorrected) Of(times []int) float64 { return u.Score(times).Mean }

// A selection scores as the same trials written out do: sums of sums against sums.
func TestSelectionsAreTheTrialsWrittenOut(t *testing.T) {
	s := randomTrials(12)
	times := []int{1, 0, 2, 3, 0, 1, 1, 2, 0, 1, 1, 4}
	written := s.repeated(times).scores(t)
	for name, score := range s.scores(t) {
		withMeansOf(written[name], score)
		near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Abs(b) }
		want, got := written[name].Of(nil), score.Of(times)
		if score.Trials() != 12 || !near(got, want) {
			t.Errorf("%s of %d trials: %v, want %v", name, score.Trials(), got, want)
		}
		if all := slices.Repeat([]int{1}, 12); !near(score.Of(all), score.Of(nil)) || near(score.Of(nil), got) {
			t.Errorf("%s: %v with each trial once, %v of nil, %v of the selection", name, score.Of(all), score.Of(nil), got)
		}
		if none := score.Of(make([]int, 12)); !math.IsNaN(none) {
			t.Errorf("%s of no trial is %v", name, none)
		}
	}
}

func TestOneTrialAndNoTrials(t *testing.T) {
	for _, n := range []int{0, 1} {
		for name, score := range randomTrials(12).repeated(append([]int{n}, make([]int, 11)...)).scores(t) {
			if score.Trials() != n || n == 0 && !math.IsNaN(score.Of(nil)) {
				t.Errorf("%s of %d trials is %v", name, n, score.Of(nil))
			}
			if i := DefaultResampling(nil).Interval(score); i.Known() {
				t.Errorf("%s of %d trials has the interval %v", name, n, i)
			}
		}
	}
}

// shifted returns counts and one more, or 1 where nothing was counted: rates that are
// never 0.
func shifted(counts *dataset.Array) *dataset.Array {
	more := &dataset.Array{Trials: counts.Trials, Bins: counts.Bins, Features: counts.Features}
	for _, k := range counts.Data {
		if k != k {
			k = 0
		}
		more.Data = append(more.Data, k+1)
	}
	return more
}
