// Package train trains one model: a member of a population, or a model on its
// own. It knows nothing of the population.
//
// An epoch goes once over the training trials in random order, in batches, each
// an optimiser step, then scores the model on the validation trials:
//
//	x = reconstruction loss of one posterior sample a trial, no dropout, no augmentation
//	score = .3 score + .7 x, starting at the first x
//
// Where train.average_half_life is set, x is the loss of a running average of the
// weights over the optimiser steps (average.go): what noise of the last steps stirs,
// the average does not follow.
//
// The KL and L2 penalties rise linearly over the first epochs (ramps), so that
// the model first learns to reconstruct (Sussillo et al. 2016). Adam (Kingma
// and Ba 2015) with the global gradient norm clipped.
//
// A member may finish its life by [Member.Anneal]: the learning rate falls to a
// hundredth over the last epochs, so that the steps' noise dies out.
//
// Every random number is a function of the seed, the member's number, its
// generation, the epoch and the batch, so training can stop after any epoch
// and go on later with the same result.
package train
