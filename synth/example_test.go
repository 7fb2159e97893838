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

func ExampleReaching() {
	o := synth.DefaultReaching()
	o.Seed, o.Seconds = 1, 20
	r, err := synth.Reaching(o)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d units, %d reaches\n", r.Units.Len(), r.Trials().Rows)
	for _, s := range r.Streams[:4] {
		fmt.Printf("%s: %d x %d %s\n", s.Name, s.Len(), s.Features, s.Unit)
	}
	// Output:
	// 80 units, 33 reaches
	// position: 4020 x 2 mm
	// velocity: 4020 x 2 mm/s
	// target: 4020 x 2 mm
	// true_rates: 4000 x 80 spikes/s
}

func ExampleTiming() {
	o := synth.DefaultTiming()
	o.Seed = 1
	d, err := synth.Timing(o)
	if err != nil {
		fmt.Println(err)
		return
	}
	trial := d.Train.Behavior.Bin(0, 0)
	fmt.Printf("train: %v\n", d.Train.Recon)
	fmt.Printf("the first is of condition %q\n", d.Conditions[d.Train.Condition[0]])
	fmt.Printf("%v ms measured, %.0f ms produced from bin %v on\n", trial[2], trial[3], trial[4])
	// Output:
	// train: 160 trials x 150 bins x 50
	// the first is of condition "short, hand, 480 ms"
	// 480 ms measured, 473 ms produced from bin 102 on
}
