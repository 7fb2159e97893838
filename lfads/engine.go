package lfads

import "context"

// Engine computes what training and inference need of a model: all else in this
// module is the same whatever it runs on. One serves one caller at a time, and sees
// the model's parameters as they were at the last [Model.Prepare].
//
// The suite in enginetest says what an engine owes.
type Engine interface {
	// Gradient computes the loss of a batch and its gradient with respect to all
	// parameters, into grad (as long as Model.Params). Where data are NaN there is
	// nothing to read and no loss: see [Loss] for what that makes the mean.
	Gradient(grad []float32, b Batch, o *Objective, p *Pass) Loss
	// Evaluate computes the loss of a batch.
	Evaluate(b Batch, o *Objective, p *Pass) Loss
	// Posterior averages posterior samples of every trial of d. The random numbers
	// depend on the seed, the split, the trial and the sample alone. each, which may be
	// nil, is called when some trials are done, with the number done so far. If ctx
	// ends, Posterior stops soon, with its error.
	Posterior(ctx context.Context, d *Data, s Sampling, each func(trials int)) (*Posterior, error)
	// Bits names the class of engines that give the same bits as this one: a run
	// goes on only within it.
	Bits() string
}

// EngineMaker makes the engine of a model.
type EngineMaker func(*Model) Engine

// Threads makes engines that run on so many threads of this machine's cores.
func Threads(n int) EngineMaker { return func(m *Model) Engine { return NewCPU(m, n) } }
