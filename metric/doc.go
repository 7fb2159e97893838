// Package metric scores inferred rates against spikes, against true rates, and
// against condition averages, and says how certain a score is.
//
// Rates and spikes are [trials, bins, neurons] arrays of one shape. Rates are
// in expected counts per bin, never logarithms. A bin whose spike count is NaN
// was not recorded and is left out of every score. Numbers that allow no score,
// such as a negative rate or no spike at all, give NaN; arrays of different shapes
// are the caller's mistake, and panic.
//
// # Likelihood
//
// A neuron that fires k spikes in a bin of expected count r has the Poisson
// negative log likelihood, in nats,
//
//	NLL(k, r) = r - k ln r + ln k!
//
// ln k! depends on no rate and cancels in every comparison. Training leaves it
// out for k < 2 and takes Stirling's k ln k - k + ln(2 pi k)/2 otherwise
// ([Stirling]); [Exact] takes lgamma(k+1). A rate of 0 would make any spike
// impossible: it is taken as [MinRate], and [Likelihood] counts how often.
//
// [MeanNLL] is the mean over elements of any likelihood that a mean determines:
// for data that are not counts, which have no bits per spike.
//
// # Bits per spike
//
// How much better than a constant rate the model predicts spikes, per spike
// (Pei et al. 2021, "Neural Latents Benchmark '21"):
//
//	bps = (NLL(null) - NLL(model)) / (spikes ln 2)
//
// where the null model gives each neuron its mean rate over the scored bins: 0 is
// no better than that, and below 0 is worse. A neuron without spikes in the scored
// bins adds the rate term alone: what the model expected of it, in vain.
// [BitsPerSpike] scores all neurons and bins, [CoBPS] the neurons that the encoders
// never saw (co-smoothing), [FpBPS] the bins after the last one that they saw
// (forward prediction).
//
// The population's score weighs neurons by their spikes. [TrialBits.PerNeuron] is
// that of each neuron by itself, and [QuartilesOf] says how they spread: a model may
// do well because a few neurons fire much.
//
// # R2
//
// [R2] is 1 - residuals / variation of each output, pooled over trials and bins: 1 is
// exact, 0 no better than the output's mean. Elements whose truth is not finite are
// left out. An output that never varies has none: scikit-learn's r2_score would say 1
// or 0 and mean nothing by it. Of several outputs there are three averages: of those
// that vary, of those weighted by variance, and scikit-learn's ([Score]).
//
// With known truth it is taken of rates ([R2ByTrial], weighted: neurons that hardly
// fire would rule the plain average) and of their logarithms ([LogR2ByTrial], in
// which all neurons matter alike). Behaviour is scored by package decode.
//
// # PSTHs
//
// The peri-stimulus time histogram of a condition is the mean over its trials
// ([PSTH]). [PSTHR2] scores the condition means of rates against those of data, for
// each neuron over the bins of all conditions. It asks whether rates have the right
// average, and nothing of single trials. Data PSTHs are smoothed as the benchmark
// does ([SmoothedPSTH], which says in what it differs).
//
// # Speed
//
// In timing tasks, [Speeds] measures how fast the state moves in each trial, the
// mean of |r(t+1) - r(t)| from set to go, and [SpeedCorrelation] how well that
// predicts the interval produced: Pearson's r within each condition, averaged (Pei et
// al. 2021, after Sohn et al. 2019). A circuit that keeps time moves faster when it
// ends sooner, so good rates give a negative number.
//
// # Intervals
//
// A score is of the trials that happen to be there. [Resampling] draws as many trials
// with replacement, 1,000 times, within each condition, and takes the middle 95 % of
// the scores: the percentile interval of the bootstrap (Efron and Tibshirani 1993).
// Two models are compared by the difference of their scores on the same draws
// ([Resampling.Difference]): most of what varies between trials is common to both
// and cancels, so that a difference may be certain where the two intervals overlap.
// Decoders and rates are not made anew: what varies with training is not in it.
//
// Drawn trials repeat themselves, so condition means of them are noisier than those of
// as many different trials and lie further from any PSTH: scored as they are, all
// draws may be worse than the score. [TrialPSTH.Of] takes the noise off that is
// expected of them: the variance of single trials, times sum w^2 / (sum w)^2 - 1/m for
// m trials of weights w. For the like reason bits per spike of a draw are measured from
// the mean rates of all trials, which fit the draw no better than they fit new trials.
//
// Every score that is a [ByTrial] keeps sums of each trial, so that a draw costs a
// sum of sums:
//
//	bits per spike       [BitsByTrial], [CoBitsByTrial], [FpBitsByTrial]: trials x neurons
//	median neuron        [TrialBits.Median]: trials x neurons
//	R2, of logarithms    [R2ByTrial], [LogR2ByTrial]: trials x outputs
//	PSTH R2              [PSTHByTrial]: pairs of trials of a condition x neurons, or all bins
//	speed                [SpeedByTrial]: trials
//	likelihood           [MeanNLLByTrial]: trials
//
// What is drawn depends on the seed and the draw alone (package rng): the same bits
// on any number of cores.
//
// # Identity overfitting
//
// Where true rates are known, their likelihood (the oracle's) is the best that
// a model can reach without copying noise. A validation likelihood that beats
// it means that the model passes spikes through to its output: identity
// overfitting (Keshtkaran et al. 2022, figure 1). [JudgeOverfitting] says so.
package metric
