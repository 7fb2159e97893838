// Package lfads is the model: latent factor analysis via dynamical systems
// (Sussillo et al. 2016, Pandarinath et al. 2018), a sequential variational
// auto-encoder of binned spikes.
//
// # What it computes
//
// A trial x is read by a bidirectional GRU, whose last states give the
// posterior of an initial condition; with a controller a second one gives a
// state for every bin. From a sample of the initial condition a generator runs:
//
//	g_0 = linear(initial condition)
//	c_t = GRU([ci_t, f_{t-1}], c_{t-1}),   u_t ~ N(linear(c_t))      controller, inferred inputs
//	g_t = GRU([u_t, external_t], g_{t-1}), f_t = V g_t               generator, factors
//	log rate_t = linear(f_t)
//
// The loss is the negative log likelihood of the data under the rates (a mean
// over elements) and the divergences of both posteriors from their priors (sums
// over dimensions): [Objective] says how they are weighted. A model that is not
// variational ([Config].Variational) takes the means of both posteriors for their
// samples and has no divergences; their deviations are computed, and nothing trains
// them.
//
// # What was not observed
//
// A NaN in the spikes says that an element was not observed (missing.go). It is read
// as 0, it has no loss and no gradient, and the mean over elements is one over those
// that were observed: a batch's loss is a mean over what there is of it, and batches
// weigh by that ([Loss]). What augmentations hide of an observed element has no loss
// either, but stays in the denominator.
//
// # How it is laid out
//
// Each part of the model is a file (initial_condition.go with initial_prior.go, controller_encoder.go,
// controller.go, generator.go, readout.go): its layers, what it leaves on the tape,
// its gradients, forward, and beside it backward. decoder.go runs the parts that
// depend on each other bin after bin. A part names its layers and gradients in one
// list each (add, own); parameters, initialisation, packing and the sum of
// gradients follow from these. Sizes are told once, by the constructors: MemoryOf
// runs them on an arena that only counts.
//
// # How it computes
//
// An [Engine] cuts a batch into blocks of up to 32 trials (batch.go). All
// activations of a block are on a tape (tape.go), [bins][features][trial in the
// block]; a block goes forward and back on one thread, and its gradients are
// kept apart until all blocks are done, to be added in their order. So the
// number of threads changes no bit.
//
// What the tape need not hold is computed again on the way back, a few bins at a
// time: a block's tape does not fit the cache. For the same reason masks are
// bits (dropout.go). Products with spikes are sums over those that are there
// (input.go). For posterior averages the encoder's part of the controller's
// input is projected once for all samples (controller.go), which then go through
// the decoder in step (sampler.go).
//
// Inferred rates of a [Posterior] are averages of rates, not of log rates.
package lfads
