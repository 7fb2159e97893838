package pbt

import "fmt"

// Fixed is one model with the configured values, trained to its early stop.
type Fixed struct {
	MaxEpochs int
}

// Next implements [Search].
func (f Fixed) Next(h History) Decision {
	if len(h) > 0 {
		return singleEnd(h, "the model is trained")
	}
	return Decision{Units: []Start{{Hyper: Hyper{}, Epochs: f.MaxEpochs, Single: true}}}
}

// MostEpochs implements [Search].
func (f Fixed) MostEpochs() int { return f.MaxEpochs }

// Random trains models whose hyper-parameters are drawn once from the space,
// each to its early stop: the baseline that a population is compared with.
type Random struct {
	Space     Space
	Seed      uint64
	MaxEpochs int // of one model
	Members   int // how many models, if EpochsBudget is 0
	// EpochsBudget, if positive, is the number of epochs that all models
	// together may train. Models that stop early leave room for more, so they
	// come in rounds (generations), each with as many as are sure to fit.
	EpochsBudget int
	FinalDraws   int // by which the best are scored anew; 0: they are not
}

// Next implements [Search].
func (r Random) Next(h History) Decision {
	if h.LastFinite() < 0 && len(h) >= maxFailures {
		return singleEnd(h, "") // draw after draw diverges: it is not the draws
	}
	first, spent := 0, 0
	for _, outcomes := range h {
		first += len(outcomes)
		for _, o := range outcomes {
			spent += max(o.Epochs, 1) // the epoch in which a model diverged is not in Epochs
		}
	}
	n := r.Members - first
	if r.EpochsBudget > 0 {
		n = (r.EpochsBudget - spent) / r.MaxEpochs
	}
	if n <= 0 {
		return singleEnd(h, fmt.Sprintf("%d models are trained", first))
	}
	units := make([]Start, n)
	for i := range units {
		member := first + i
		units[i] = Start{Member: member, Hyper: r.Space.Sample(r.Seed, member, 0), Epochs: r.MaxEpochs, Single: true}
	}
	return Decision{Units: units}
}

// MostEpochs implements [Search].
func (r Random) MostEpochs() int {
	if r.EpochsBudget > 0 {
		return r.EpochsBudget
	}
	return r.Members * r.MaxEpochs
}

// Check reports settings under which no model would be trained.
func (r Random) Check() error {
	switch {
	case r.MaxEpochs < 1:
		return fmt.Errorf("train.max_epochs is %d; give 1 or more", r.MaxEpochs)
	case r.EpochsBudget > 0 && r.EpochsBudget < r.MaxEpochs:
		return fmt.Errorf("random.epochs_budget, %d, is less than train.max_epochs, %d, which one model may need: raise the budget, or lower train.max_epochs",
			r.EpochsBudget, r.MaxEpochs)
	case r.EpochsBudget/r.MaxEpochs > MaxMembers:
		return fmt.Errorf("random.epochs_budget, %d, is enough for %d models of train.max_epochs, %d: give at most %d",
			r.EpochsBudget, r.EpochsBudget/r.MaxEpochs, r.MaxEpochs, MaxMembers*r.MaxEpochs)
	case r.EpochsBudget < 0:
		return fmt.Errorf("random.epochs_budget is %d: give the epochs of all models together, or 0 for as many models as pbt.members says", r.EpochsBudget)
	}
	return r.Space.Check()
}

func singleEnd(h History, reason string) Decision {
	if h.LastFinite() < 0 {
		return Decision{Status: Failed, Reason: "training diverged: lower train.learning_rate, or look at the data"}
	}
	return Decision{Status: Finished, Reason: reason}
}
