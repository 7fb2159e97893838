package naive_test

import (
	"fmt"

	"github.com/autolfads/autolfads/internal/naive"
	"github.com/autolfads/autolfads/rng"
)

// The derivative of the sum of tanh(x wᵀ) with respect to w.
func ExampleBackward() {
	x := naive.NewVar(&naive.Matrix{Rows: 1, Cols: 2, Data: []float64{1, -2}})
	w := naive.NewVar(&naive.Matrix{Rows: 1, Cols: 2, Data: []float64{0.5, 0.25}})
	naive.Backward(naive.Sum(naive.Tanh(naive.MatMulT(x, w))))
	fmt.Println(w.Grad.Data)
	// Output: [1 -2]
}

// A few optimiser steps of a tiny model on one batch.
func ExampleEvaluate() {
	config := &naive.Config{
		Neurons: 4, ReconNeurons: 4, Bins: 6, ReconBins: 6,
		GeneratorDim: 5, Factors: 2, InitialConditionDim: 3, ICEncoderDim: 4,
		CellClip: 5, ICPosteriorMinVariance: 1e-4,
		Variational: true, ICPrior: naive.Normal, Likelihood: naive.Poisson,
		LossScale: 1e4, KLICScale: 1e-5, KLRampEpochs: 80, L2RampEpochs: 80,
		LearningRate: .01, AdamBeta1: .9, AdamBeta2: .999, AdamEpsilon: 1e-8, GradientClip: 200,
	}
	source := rng.NewSource(rng.Derive(1, rng.Synthesis))
	params, batch := config.RandomParams(source), config.RandomInputs(source, 8)
	optimiser := naive.NewAdamW(config)
	for step := range 31 {
		result := naive.Evaluate(config, params, batch)
		if step%10 == 0 {
			fmt.Printf("step %2d: %.3f nats per element\n", step, result.Losses.Recon)
		}
		optimiser.Step(params, result.Grads)
	}
	// Output:
	// step  0: 2.719 nats per element
	// step 10: 1.586 nats per element
	// step 20: 1.533 nats per element
	// step 30: 1.496 nats per element
}
