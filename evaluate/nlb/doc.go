// Package nlb scores rates as the Neural Latents Benchmark does (Pei et al. 2021),
// whose server has closed: the same numbers as nlb_tools.evaluation gives.
//
//	targets, err := nlb.OpenTargets("eval_data_test.h5", "mc_maze", 5)
//	scores, err := nlb.Score(ctx, submission, targets, nil)
//	fmt.Print(nlb.Table(scores, "my model"))
//
// # What is scored
//
// A [Submission] is rates in expected counts per bin of the trials that train and of
// those that are evaluated. [Targets] are what they are compared with: spikes held out,
// behaviour, PSTHs and spikes of forward bins, under the benchmark's keys in a group
// called by the data set, with _20 behind it where bins are 20 ms wide. The file that
// `autolfads prepare --preset nlb/NAME` writes has its own; the benchmark's are in
// eval_data_test.h5 of nlb_tools.
//
// # The metrics
//
//	co-bps     bits per spike of the neurons held out, in the bins that are read
//	behaviour  R2 of hand velocity from rates by ridge regression, averaged over x and y,
//	           one regression for each mask of trials, fitted on training trials;
//	           of dmfc_rsg the correlation of neural speed with the interval produced
//	PSTH R2    R2 of rates averaged by condition against PSTHs, averaged over neurons
//	fp-bps     bits per spike of all neurons in the bins behind
//
// An output or neuron that does not vary counts here as it does in scikit-learn: as 1
// if it is predicted exactly, else as 0. Package metric leaves it out of its means, so
// that scores may differ between the two.
//
// # What figures are worth
//
// [Published] are figures of the test split. Those of validation trials are of other
// trials and are no rank among them; those of the test split must not be used for choosing.
package nlb
