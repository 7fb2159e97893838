// Package decode predicts behaviour from rates, and true states from factors,
// by linear regression.
//
// Every bin of every trial is one row. With rates X [rows, neurons] and
// behaviour Y [rows, outputs], both centred on their means, the weights are
//
//	W = (X'X + alpha I)^-1 X'Y
//
// and the intercept, which is not penalised, puts the means back. [Ridge]
// chooses alpha as the Neural Latents Benchmark does (Pei et al. 2021): the best
// R2, averaged over outputs and over five contiguous folds, of nine alphas from
// 1e-4 to 1 ([Alphas]); the first wins a tie. [LeastSquares] is alpha = 0, for
// true latent states from factors: directions in which X does not vary get no
// weight, so more factors than states do no harm.
//
// Products are summed once for each fold; the equations of the rows outside a
// fold are the other folds' sums, centred on their own mean, and each alpha is a
// Cholesky factorisation. With more inputs than rows, W = X'A with as many
// unknowns A as rows. Both are float64, on all cores, with the same bits on any
// number of them.
//
// # Counts
//
// [PoissonRegression] predicts spikes of neurons from inputs such as factors or
// rates of others: with weights w and an intercept b of each neuron, found at
// the least of
//
//	mean over rows of (rate - count ln rate) + L2/2 |w|^2,   rate = exp(x'w + b)
//
// b is eliminated; the rest goes down by L-BFGS in coordinates where the
// curvature is about 1 (that of constant rates is the inputs' covariance for all
// neurons), and neurons for which this is slow by that of their own rates.
//
// Fit on training rates, score on validation rates: no lag is applied here,
// behaviour comes lagged with the dataset.
package decode
