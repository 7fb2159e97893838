// Package golden loads the numbers that the model is judged by.
//
// They were made by running a reference implementation of LFADS in float64 on
// small random models, with inputs, weights and noise that are all exactly
// representable in float32: any implementation loads them without rounding,
// and the results are right to about 1e-15. The files in testdata hold
// those numbers and the configurations they belong to, nothing else.
//
// # Cases
//
//	A_nocon_poisson          no controller; held-out neurons, forward bins
//	B_con_ar1_poisson        controller, AR(1) prior, L2 on all recurrent matrices
//	B2_con_mvn_poisson       as B with a normal prior over inferred inputs
//	C_con_ext_icseg_poisson  as B with external inputs, an IC segment, weight decay
//	C2_nocon_ext_gaussian    external inputs without a controller, Gaussian
//	D_gaussian               Gaussian, reconstruction summed, loss scale 1
//	D2_gamma                 Gamma
//	D3_mse_nonvariational    squared error; posterior means in place of samples, no priors
//	F_cd, F2_cd_pass         coordinated dropout; with a pass rate
//	G_sbtt, G2_sbtt_cd       missing data (NaN); with coordinated dropout after it
//	H_lag2_clip              lag of 2 bins, a clip that cuts 28 % of the states
//
// Each case holds its configuration, initial parameters, inputs with all noise
// and masks, and one or two Runs: with that noise, and with every noise zero.
// units.h5 holds single pieces: a cell, a layer, a likelihood, a prior.
//
// # Layouts
//
// B trials, T bins read, T' bins reconstructed; arrays are row-major.
//
//	Params   by name: weights [out, in]; GRU blocks of rows in the order update,
//	         reset, candidate; h0 of an encoder [2, 1, H]; attribute trainable
//	Inputs   encod_data [B, T, N], recon_data [B, T', M], ext_input [B, T, E],
//	         noise_ic [B, dims], noise_co [B, T', U], noise_kl_co [B, T', U] (a
//	         second draw, inside the AR(1) divergence), cd_mask (1: read) and
//	         cd_pass_mask [B, T, N], encoder_input_after_aug [B, T, N]
//	Outputs  enc_input, ic_enc_hn [2, B, H], ci_enc_out (before the lag), ci
//	         (after lag and padding), ic_mean, ic_std, ic_samp, gen_init,
//	         gen_states, con_states, co_means, co_stds, gen_inputs, factors,
//	         output_params [B, T', M, parameters], output_means
//	Losses   recon_elementwise [B, T', M]; attributes total, recon, l2, l2_ramp,
//	         kl_ramp, kl_ic_unscaled, kl_co_unscaled, total_steps_1_2_3, ...
//	Grads    d total / d parameter before clipping; attribute
//	         global_norm_steps_1_2_3
//	After1, After3  parameters after 1 and 3 optimiser steps on the same batch
//
// bias_hh is listed among the parameters, is always zero and never trained.
package golden
