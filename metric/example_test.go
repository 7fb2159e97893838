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
