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
// # Files
//
// Load reads HDF5 files of two layouts, told apart by their keys, where * is
// train, valid or test:
//
//	lfads-torch     *_encod_data   *_recon_data
//	autolfads-tf2   *_data         (both)
//
// Both may also have *_ext_input (external inputs), *_truth (true rates),
// *_lowd (true latent states), *_behavior, *_condition or *_conditions, *_inds
// (the trials' places in the recording) and the attribute bin_width_ms.
//
// True rates are kept in counts per bin: the file's values divided by its
// conversion_factor, or times the bin width in seconds if the caller says that
// they are in Hz. Without either their unit is unknown, and Truth stays nil.
package dataset
