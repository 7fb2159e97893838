package decode_test

import (
	"context"
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/decode"
)

// Velocity is twice the first rate minus the second.
func ExampleRidge() {
	rates, velocity := dataset.NewArray(4, 10, 2), dataset.NewArray(4, 10, 1)
	for i := range 40 {
		a, b := float32(i%7), float32(i%3)
		rates.Data[2*i], rates.Data[2*i+1] = a, b
		velocity.Data[i] = 2*a - b
	}
	fit, err := decode.Ridge(context.Background(), rates, velocity, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	score, err := fit.Score(rates, velocity)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("R2 %.3f, alpha %g\n", score.Mean, fit.Alpha)
	// Output: R2 1.000, alpha 0.0001
}
