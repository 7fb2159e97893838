package metric

import "fmt"

// JudgeOverfitting compares a model's negative log likelihood per
// element on trials that are called so (validation, test) with that of the true rates on the same spikes, both from
// [PoissonNLL] with the same constant term. No model of rates is expected to
// beat the truth: one that does reproduces the spikes themselves. It returns
// whether that is so and a sentence to print.
func JudgeOverfitting(trials string, valid, oracle float64) (overfit bool, sentence string) {
	if valid != valid || oracle != oracle {
		return false, "Identity overfitting cannot be judged: a likelihood is not a number."
	}
	if valid < oracle {
		return true, fmt.Sprintf("Identity overfitting: the %s negative log likelihood %.5f is below the %.5f of the true rates, "+
			"so the model copies spikes to its output; raise coordinated dropout or lower the model's capacity.", trials, valid, oracle)
	}
	return false, fmt.Sprintf("No identity overfitting: the %s negative log likelihood %.5f does not fall below the %.5f of the true rates.",
		trials, valid, oracle)
}
