package metric_test

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// One neuron fires in every second bin. A model that knows it gains a bit per
// spike over the mean rate.
func ExampleBitsPerSpike() {
	spikes := dataset.NewArray(1, 4, 1)
	copy(spikes.Data, []float32{1, 0, 1, 0})
	rates := dataset.NewArray(1, 4, 1)
	copy(rates.Data, []float32{.9, .1, .9, .1})

	b := metric.BitsPerSpike(rates, spikes)
	fmt.Printf("%.2f bits per spike, %.0f spikes\n", b.PerSpike, b.Spikes)
	// Output: 0.85 bits per spike, 2 spikes
}

// Two models of the same spikes: one knows how excitable each trial is, the other
// only the mean. Their intervals overlap; the difference is certain all the same.
func ExampleResampling() {
	const trials = 40
	spikes, knows, mean := dataset.NewArray(trials, 2, 1), dataset.NewArray(trials, 2, 1), dataset.NewArray(trials, 2, 1)
	for trial := range trials {
		rate := .5 + float32(trial%4)/2
		copy(spikes.Trial(trial), []float32{float32(trial % 4), float32(trial % 3 / 2)})
		copy(knows.Trial(trial), []float32{rate, .3})
		copy(mean.Trial(trial), []float32{1.25, .3})
	}

	r := metric.DefaultResampling(nil)
	a, b := metric.BitsByTrial(knows, spikes), metric.BitsByTrial(mean, spikes)
	fmt.Printf("%.2f bits per spike, 95 %% in %.2f\n", a.Of(nil), r.Interval(a))
	fmt.Printf("%.2f bits per spike, 95 %% in %.2f\n", b.Of(nil), r.Interval(b))
	fmt.Printf("the difference is in %.2f\n", r.Difference(a, b))
	// Output:
	// 0.61 bits per spike, 95 % in {0.43 0.83}
	// 0.30 bits per spike, 95 % in {0.15 0.45}
	// the difference is in {0.22 0.43}
}
