// Package naive is LFADS written for reading: float64, one formula a line, no
// thought of speed. Tests use it as the definition of what the fast float32
// engine must compute; nothing else may import it.
//
// # How gradients come about
//
// The engine writes every backward pass by hand. Here none is: each operation
// (ops.go) states its value and its derivative side by side, every result
// remembers what it was made of, and Backward walks from the loss back to the
// parameters by the chain rule (reverse-mode automatic differentiation). The
// two ways share no line, so that they can judge each other.
//
// # Shapes
//
// B trials in the batch, T bins read, T' >= T bins reconstructed, N neurons
// read (held-in), M >= N neurons reconstructed, held-in first. A Matrix is one
// bin of the batch, [B, features]; a Sequence is one Matrix per bin. Parameters
// carry the names and layouts of the golden numbers (internal/golden): weights
// are [out, in], so that a linear layer is x Wᵀ + b.
//
// # The model
//
// LFADS is a variational auto-encoder whose decoder is a dynamical system
// (Pandarinath et al. 2018, "Inferring single-trial neural population dynamics
// using sequential auto-encoders"; Keshtkaran et al. 2022 for AutoLFADS).
//
//	x_t            = data_t (missing: 0), with coordinated dropout, then dropout
//	e              = bidirectional GRU over x, the final states of both directions
//	mean, logvar   = linear(dropout(e));  std = sqrt(exp(logvar) + floor)
//	ic             = mean + std * noise              initial condition
//	g_0            = linear(ic),  f_0 = Ŵ dropout(g_0)
//	ci             = bidirectional GRU over x, each direction delayed by the lag
//	c_t            = GRU(dropout[ci_t, f_{t-1}], c_{t-1})         controller
//	mean, logvar   = linear(c_t);  std = exp(logvar / 2)
//	u_t            = mean + std * noise              inferred input
//	g_t            = GRU([u_t, dropout(external_t)], g_{t-1})     generator
//	f_t            = Ŵ dropout(g_t)                  factors; rows of Ŵ have length 1
//	readout_t      = linear(f_t)                     parameters of the likelihood
//
// With an IC segment of S bins, the initial-condition encoder reads bins
// [0, S) and the controller-input encoder bins [S, T); otherwise both read all.
// A model that is not variational has no noise: samples are posterior means.
//
// # The loss
//
//	total = loss scale * (recon + l2Ramp L2 + klRamp (sIC KL_IC + sInput KL_input))
//
// recon is the mean negative log likelihood of an element (or, as an option,
// the sum over bins and neurons, averaged over trials) that is observed. The
// divergences are SUMS over dimensions (those of one sample over bins too), averaged
// over trials: that is why useful divergence scales are as small as 1e-7 to 1e-4. See
// likelihood.go, prior.go and loss.go for each.
//
// # Randomness
//
// There is none in here: noise, coordinated dropout masks and dropout masks
// are given in Inputs, so that two implementations can be fed the same.
package naive
