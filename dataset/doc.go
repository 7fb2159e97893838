// Package dataset holds binned spikes: trials x bins x neurons, their splits,
// and what is known beside them (behaviour, conditions, true rates).
//
// # Held in, held out, forward
//
// A model reads the spikes of the held-in neurons over the bins of a trial
// (Split.Encod) and reconstructs rates of all neurons over the bins and the
// forward bins behind them (Split.Recon). Where nothing is held out, the two are
// the same. How well the rates predict neurons and bins that were not read is
// the fairest measure of a model (Pei et al. 2021, Neural Latents Benchmark).
//
// Neurons set aside (Split.SetAside) no model sees at all. What its factors tell of them
// after a few trials is few-shot co-smoothing (aside.go, drawn.go).
//
// # Files
//
// Load reads files of named arrays (package tree: HDF5, NumPy, MATLAB) of these
// layouts, told apart by their keys, where * is train, valid or test:
//
//	lfads-torch     *_encod_data   *_recon_data
//	autolfads-tf2   *_data         (both); LFADS of TensorFlow 1, run-manager, too
//
// They may also have *_ext_input (external inputs), *_truth (true rates), *_lowd
// (true latent states), *_behavior, *_condition or *_conditions, *_cond_idx (trials
// by condition), *_decode_mask, *_inds (the trials' places in the recording), and
// bin_width_ms, or dt in seconds.
//
// Tensors of the Neural Latents Benchmark (benchmark.go), at the top of the file or
// in a group, keep held-out neurons and forward bins in arrays of their own:
//
//	train_spikes_heldin   train_spikes_heldout   ..._forward   eval_spikes_heldin
//
// One array of all trials (plain.go), such as spikes, may have lists of neurons,
// behaviour, conditions and ids beside it. Where no trials are called those that
// validate, trials are divided by a share and a seed (Division).
//
// # Continuous recordings
//
// Trials may be windows of a continuous recording that overlap (Dataset.Chop,
// Split.Starts): Chop.Starts places them in the stretches between gaps, Dataset.Merge
// puts what there is of each window together again, with weights where two overlap.
//
// # True rates
//
// True rates are kept in counts per bin: the file's values divided by its
// conversion_factor, or times the bin width in seconds if the caller says that
// they are in Hz. Without either their unit is unknown, and Truth stays nil.
package dataset
