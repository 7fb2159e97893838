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

func ExampleEMG() {
	o := synth.DefaultEMG()
	o.Seed, o.Trials = 1, 50
	d, err := synth.EMG(o)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("train: %v\nvalid: %v\n", d.Train.Recon, d.Valid.Recon)
	fmt.Printf("no %s model should beat %.3f nats per bin\n", d.OracleLikelihood, d.Oracle)
	// Output:
	// train: 40 trials x 100 bins x 12
	// valid: 10 trials x 100 bins x 12
	// no gamma model should beat -0.728 nats per bin
}

func ExampleCalcium() {
	o := synth.DefaultCalcium()
	o.Seed, o.Conditions, o.Neurons = 1, 4, 10
	d, err := synth.Calcium(o)
	if err != nil {
		fmt.Println(err)
		return
	}
	silent := 0
	for _, event := range d.Train.Recon.Data {
		if event == 0 {
			silent++
		}
	}
	fmt.Printf("train: %v of %v\n", d.Train.Recon, d.BinWidth)
	fmt.Printf("%d %% of frames have no event\n", 100*silent/len(d.Train.Recon.Data))
	// Output:
	// train: 16 trials x 120 bins x 10 of 33.333333ms
	// 88 % of frames have no event
}
