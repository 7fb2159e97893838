package factors_test

import (
	"context"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/evaluate/factors"
)

// A neuron fires with the sine of one factor: two trials suffice to learn that.
func ExampleFewShot_Score() {
	trials := func(n int) decode.Counted {
		c := decode.Counted{Inputs: dataset.NewArray(n, 40, 1), Counts: dataset.NewArray(n, 40, 1)}
		for i := range c.Inputs.Data {
			c.Inputs.Data[i] = float32(math.Sin(float64(i) / 5))
			if c.Inputs.Data[i] > .5 {
				c.Counts.Data[i] = 1
			}
		}
		return c
	}
	few := factors.FewShot{Trials: []int{2, 8}, Draws: 5, Seed: 1}
	shots, err := few.Score(context.Background(), trials(6), trials(4), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d trials: %.1f bits per spike, over %d draws\n", shots[0].Trials, shots[0].Mean, len(shots[0].Bits))
	fmt.Println(shots[1].Skipped)
	// Output:
	// 2 trials: 1.3 bits per spike, over 5 draws
	// k = 8 was not tried: there are 6 training trials, and the penalty is chosen on others than those drawn
}

// Two models share a factor; the second has one of its own.
func ExampleCross() {
	trials := func(n, features int) *dataset.Array {
		a := dataset.NewArray(n, 40, features)
		for i := range a.Data {
			bin, feature := i/features, i%features
			a.Data[i] = float32(math.Sin(float64(bin) / float64(5-3*feature)))
		}
		return a
	}
	c, err := factors.Cross(context.Background(), []factors.Model{
		{Name: "one", Train: trials(6, 1), Valid: trials(4, 1)},
		{Name: "two", Train: trials(6, 2), Valid: trials(4, 2)},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, name := range c.Names {
		fmt.Printf("%s is decoded with an R2 of %.1f\n", name, c.Figures[i])
	}
	// Output:
	// one is decoded with an R2 of 1.0
	// two is decoded with an R2 of 0.5
}
