package synth_test

import (
	"fmt"

	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/synth"
)

func ExampleLorenz() {
	o := synth.DefaultLorenz()
	o.Seed, o.Conditions, o.TrialsPerCondition = 1, 4, 10
	d, err := synth.Lorenz(o)
	if err != nil {
		fmt.Println(err)
		return
	}
	oracle := metric.PoissonNLL(d.Valid.Truth, d.Valid.Recon, metric.Stirling)
	fmt.Printf("train: %v\nvalid: %v\nno model should beat %.3f nats per bin\n", d.Train.Recon, d.Valid.Recon, oracle.Mean())
	// Output:
	// train: 32 trials x 100 bins x 30
	// valid: 8 trials x 100 bins x 30
	// no model should beat 0.165 nats per bin
}
