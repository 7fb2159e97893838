package lfads_test

import (
	"context"
	"fmt"
	"log"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/rng"
)

// A small model takes steps down the gradient on a batch in which one neuron
// after the other fires.
func Example() {
	const trials, bins, neurons = 8, 12, 4
	spikes := dataset.NewArray(trials, bins, neurons)
	for trial := range trials {
		for bin := range bins {
			spikes.Bin(trial, bin)[(trial+bin/3)%neurons] = 2
		}
	}

	config := lfads.DefaultConfig()
	config.GeneratorDim, config.Factors, config.InitialConditionDim, config.ICEncoderDim = 16, 4, 4, 8
	config.CIEncoderDim, config.ControllerDim, config.InferredInputs = 8, 8, 1
	model, err := lfads.New(config, lfads.Shape{HeldIn: neurons, Neurons: neurons, Bins: bins, ReconBins: bins})
	if err != nil {
		log.Fatal(err)
	}
	model.Initialise(1, 0)
	model.StartReadout(spikes)

	data := model.NewData(&dataset.Split{Encod: spikes, Recon: spikes})
	batch := lfads.Batch{Data: data, Trials: []int{0, 1, 2, 3, 4, 5, 6, 7}}
	objective := &lfads.Objective{LossScale: 1, KLRamp: 1, KLICScale: 1e-4, KLInputScale: 1e-4}
	engine, gradient := lfads.NewCPU(model, 1), make([]float32, len(model.Params))
	for step := range uint64(201) {
		pass := &lfads.Pass{Draws: lfads.Draws{Seed: 1, Pass: rng.Training, IDs: [4]uint64{3: step}}}
		loss := engine.Gradient(gradient, batch, objective, pass)
		if step%100 == 0 {
			fmt.Printf("step %3d: %.2f nats per element\n", step, loss.Recon)
		}
		for i, g := range gradient {
			model.Params[i] -= g
		}
		model.Prepare()
	}

	posterior, err := engine.Posterior(context.Background(), data, lfads.Sampling{Samples: 10, Seed: 1}, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("rates:", posterior.Rates)
	// Output:
	// step   0: 1.08 nats per element
	// step 100: 0.47 nats per element
	// step 200: 0.41 nats per element
	// rates: 8 trials x 12 bins x 4
}
