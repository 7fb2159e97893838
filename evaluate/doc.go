// Package evaluate says what rates and factors are worth: how well they explain all
// that a dataset knows: its spikes, above all those that nobody read (held-out neurons,
// forward bins), behaviour, averages of conditions, true rates and states.
//
//	report, err := evaluate.Scores(ctx, d, model, rivals, options)
//	for _, sentence := range report.Words(d) { ... }
//
// # One score, asked of everyone
//
// A [Candidate] is a model, or any other method, by what it says of training and
// validation trials. A score is a question that is asked of all candidates alike: of
// the model, of each rival, and of Gaussian smoothing of the same spikes, if
// [Options.Smoothing] asks for it. The answer is a score by trial (metric.ByTrial),
// of which come
//
//	its value        of all validation trials
//	its interval     of 1,000 draws of them, within conditions
//	the difference   of the model's less a rival's, over the same draws
//
// so that a difference may be certain where two intervals overlap. What is not in an
// interval is what would vary with training: nothing is fitted again.
//
// All scores are of validation trials. Whatever is fitted or chosen for them, decoders
// and their penalties, kernels of smoothing and of PSTHs, is learned from training
// trials.
//
// # Which scores there are
//
// A dataset, the likelihood and the candidates decide it: only counts have bits per
// spike, only a likelihood that its mean determines can be had of rates that came from
// elsewhere, behaviour needs training trials' rates. A score that cannot be had is
// skipped with a sentence ([Report.Skipped]) and takes no other along; a rival without
// it has a note in its place.
//
// # What smoothing is
//
// The best that it can be for each question. Of behaviour, true rates and PSTHs, spikes
// are smoothed by the kernel that answers the question best in training. Bits per spike
// of neurons that are read would reward copying, so each bin is predicted from the
// other bins of its neuron. What is not read is predicted by regression
// (baseline.Smoothing).
//
// # Who may be believed
//
// Where true rates are known, their likelihood is the best that a model can have
// ([Oracle]): one that beats it copies spikes, unless the true rates are not the
// truth, which [Doubt] looks for. [Report.Words] says so, and the rest, in sentences.
package evaluate
