// Package metric scores inferred rates against spikes, against true rates, and
// against condition averages.
//
// Rates and spikes are [trials, bins, neurons] arrays of one shape. Rates are
// in expected counts per bin, never logarithms. A bin whose spike count is NaN
// was not recorded and is left out of every score.
//
// # Likelihood
//
// A neuron that fires k spikes in a bin of expected count r has the Poisson
// negative log likelihood
//
//	NLL(k, r) = r - k ln r + ln k!
//
// ln k! depends on no rate and cancels in every comparison. Training leaves it
// out for k < 2 and takes Stirling's k ln k - k + ln(2 pi k)/2 otherwise
// ([Stirling]); [Exact] takes lgamma(k+1).
//
// # Bits per spike
//
// How much better than a constant rate the model predicts spikes, per spike
// (Pei et al. 2021, "Neural Latents Benchmark '21"):
//
//	bps = (NLL(null) - NLL(model)) / (spikes ln 2)
//
// where the null model gives each neuron its mean rate over the scored bins.
// [CoBPS] scores the neurons the encoders never saw (co-smoothing), [FpBPS] the
// bins after the last one they saw (forward prediction).
//
// # Speed
//
// In timing tasks, [Speeds] measures how fast the state moves in each trial and
// [SpeedCorrelation] how well that predicts the interval produced.
//
// # Identity overfitting
//
// Where true rates are known, their likelihood (the oracle's) is the best that
// a model can reach without copying noise. A validation likelihood that beats
// it means that the model passes spikes through to its output: identity
// overfitting (Keshtkaran et al. 2022, figure 1). [JudgeOverfitting] says so.
//
// # R2
//
// [R2] is 1 - residuals / variation of each output. An output that never varies
// has none: scikit-learn's r2_score would say 1 or 0 and mean nothing by it.
package metric
