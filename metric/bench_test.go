package metric

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// BenchmarkFullSize scores a tensor of the size of the Neural Latents Benchmark's
// largest: 2,000 trials x 140 bins x 182 neurons of 27 conditions, 204 MB of rates.
// B/op is all that is allocated for a score and 1,000 draws, beside the arrays.
//
// On two cores of an AMD EPYC the seconds of processor time were .7 for bits with
// an interval, 1.7 for R2 with one, 1.7 for R2 of logarithms, and 12 for the R2 of
// PSTHs with one, which allocates most: 140 MB. All others stay below 30 MB.
func BenchmarkFullSize(b *testing.B) {
	const trials, bins, neurons, conditions = 2000, 140, 182, 27
	from := rand.New(rand.NewPCG(1, 1))
	rates, spikes := dataset.NewArray(trials, bins, neurons), dataset.NewArray(trials, bins, neurons)
	for i := range rates.Data {
		rates.Data[i] = .02 + .1*from.Float32()
		if from.Float32() < rates.Data[i] {
			spikes.Data[i] = 1
		}
	}
	condition, produced := make([]int64, trials), make([]float64, trials)
	for i := range condition {
		condition[i], produced[i] = int64(i%conditions), from.Float64()
	}
	r := DefaultResampling(condition)
	psth := func(b *testing.B) *dataset.Array {
		psth, _, err := SmoothedPSTH(PSTHKernel, 5*time.Millisecond, Labelled{spikes, condition})
		if err != nil {
			b.Fatal(err)
		}
		return psth
	}
	byPSTH := func(b *testing.B) ByTrial {
		s, err := PSTHByTrial(rates, condition, nil, psth(b))
		if err != nil {
			b.Fatal(err)
		}
		return s
	}
	for _, c := range []struct {
		name string
		run  func(b *testing.B)
	}{
		{"bits", func(*testing.B) { BitsPerSpike(rates, spikes) }},
		{"bits with interval", func(*testing.B) { r.Interval(BitsByTrial(rates, spikes)) }},
		{"interval of the median neuron", func(*testing.B) { r.Interval(BitsByTrial(rates, spikes).Median()) }},
		{"R2 with interval", func(*testing.B) { r.Interval(R2ByTrial(spikes, rates)) }},
		{"R2 of logarithms", func(*testing.B) { LogR2ByTrial(rates, rates).Of(nil) }},
		{"PSTHs", func(b *testing.B) { psth(b) }},
		{"PSTH R2", func(b *testing.B) { byPSTH(b).Of(nil) }},
		{"PSTH R2 with interval", func(b *testing.B) { r.Interval(byPSTH(b)) }},
		{"speed with interval", func(*testing.B) { r.Interval(SpeedByTrial(Speeds(rates, nil), produced, condition)) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.run(b)
			}
		})
	}
}
