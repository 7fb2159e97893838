// Package evaluate scores a model's rates and factors against everything that
// a dataset knows: held-out neurons, forward bins, behaviour, true rates, true
// latent states; and scores Gaussian smoothing of the same spikes beside it.
//
// All scores are of validation trials. Decoders are fitted on training trials,
// and the smoothing kernel is chosen on them.
package evaluate
