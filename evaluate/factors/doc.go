// Package factors judges a model by its factors, where its rates cannot: two models
// of equal co-smoothing may differ in what else their factors do (Dabholkar and
// Barak 2024, "When predict can also explain: few-shot prediction to select better
// neural latents"). Neither score needs behaviour or known states.
//
// # Few-shot co-smoothing
//
// Neurons are set aside that training never saw, neither read nor reconstructed.
// From k training trials, a Poisson regression learns to predict their counts from
// the model's factors z,
//
//	rate = exp(z'w + b)
//
// and is scored on validation trials in bits per spike ([FewShot.Score]). With
// many trials, weights find what they need among factors that do much else
// (extraneous dynamics); with few they cannot, so the model whose factors do less
// beside scores higher. It is told for several k, as mean and standard deviation
// over draws of the trials; two models are scored with the same draws.
//
// Of 97 factors, 40 neurons and 106 trials of 100 bins (Maze-Large) this takes 12 s
// of one core.
//
// # Cross-decoding
//
// [Cross] decodes the factors v of each model from the factors u of each other, by
// ridge fitted on training trials, and scores validation trials,
//
//	R2 (u to v) = 1 - sum |v - (W u + b)|^2 / sum |v - mean of v|^2
//
// over all of v's factors together, so that the axes in which a model happens to
// express them do not matter. A model's figure is the median over the others of how
// well its own factors are decoded from theirs: what all models have found can be
// decoded from any, and what one of them has beside, from none. [Crossing.Resample]
// says how far figures would move for other trials, with the decoders as they are.
//
// Factors that hardly do anything are decoded well, too. Only between models whose
// co-smoothing is about equal does the figure tell which to believe. Each pair of
// models with 100 factors takes .13 s of one core for 106 trials of 100 bins.
package factors
