// Package gpfa is Gaussian-process factor analysis (Yu et al. 2009, Journal of
// Neurophysiology 102:614), the standard of what a linear model without
// dynamics finds in spikes of single trials.
//
// The neurons' square-rooted counts y [q], in bins of usually 20 ms, are loadings
// of a few latents x [p], which change smoothly:
//
//	y_t = C x_t + d + e_t                e_t ~ N(0, diag(r))
//	x_i ~ GP(0, k_i)
//	k_i(s, t) = (1 - noise) exp(-(s - t)^2 / 2 tau_i^2) + noise [s = t]
//
// [Fit] starts from factor analysis and timescales tau of five bins, and
// maximises the likelihood of C, d, r and tau by expectation maximisation; noise
// is fixed. [Model.Infer] returns the posterior means of x, [Model.Interpolate] these at
// moments between bins and beyond the last, which the process predicts.
// [Choose] finds how many latents there are, by cross-validation.
//
// The log likelihood is that of all that was observed, with all constants, in
// nats:
//
//	log N(y; d, C K C' + R) summed over trials
//
// where y are all bins of a trial. It is computed from the posterior:
// 2 log p = -bins (q log 2 pi + log |R|) - log |K| - log |K^-1 + C'R^-1 C|
// - (y - d)'R^-1 (y - d) + b' S b, with b = C'R^-1 (y - d) and S the posterior
// covariance.
//
// What is decided here:
//   - Trials may differ in length. Those of one length share their inverses.
//   - Bins in which any neuron was not observed are not fitted: a trial with such
//     bins is cut into the stretches between them, each a trial of its own.
//     Inference uses all that was observed, element by element.
//   - A neuron that is constant in what is fitted, so also a silent one, is not
//     modelled: it has no loadings, the noise 0, and no part in the likelihood.
//   - No noise variance is below a hundredth of its neuron's variance, against
//     Heywood cases (Martin and McDonald 1975).
//   - Timescales are maximised by Fisher's scoring, several steps an iteration.
//
// It is fast since a stationary process looks the same backwards: sums of bins
// that mirror each other about the middle of a trial, and differences, are
// independent, and so the two halves of all latents and bins are inverted alone
// (parity). All is float64 on all cores, with the same bits on any number of
// them.
//
// Checked against elephant (Denker et al.), which is run by the tests: the first
// E-step to 1e-8, likelihood, timescales and latents after convergence.
package gpfa
