package pbt

import (
	"fmt"
	"maps"
	"math"
)

// Population is population-based training.
type Population struct {
	Config  Config
	Seed    uint64
	RampEnd int // epoch at which the KL and L2 ramps end: scores before it are not comparable
	// LearningRate is the configured one, the start of the halving after a
	// divergence where the space does not search it.
	LearningRate float64
}

// maxFailures is how often a whole population may diverge.
const maxFailures = 3

// Next implements [Search].
func (p Population) Next(h History) Decision {
	searched := h.Searched()
	switch end := p.end(searched); {
	case end.Status == Finished && p.finishEpochs() > 0 && len(searched) == len(h):
		return Decision{Units: p.finish(h)}
	case end.Status != Continue:
		return end
	}
	last := h.LastFinite()
	if last < 0 {
		return Decision{Units: p.fresh(len(h))}
	}
	exploit, err := exploits.Get(p.Config.Exploit)
	if err != nil {
		return Decision{Status: Failed, Reason: err.Error()}
	}
	return Decision{Units: p.evolve(h, last, exploit)}
}

// end says whether the search is over, before a finish.
func (p Population) end(h History) Decision {
	switch {
	case h.failures() >= maxFailures:
		return Decision{Status: Failed, Reason: fmt.Sprintf(
			"every member diverged in %d generations: lower train.learning_rate, or look at the data", maxFailures)}
	case len(h) >= p.Config.MaxGenerations && h.LastFinite() < 0:
		return Decision{Status: Failed, Reason: "every member diverged: lower train.learning_rate, or look at the data"}
	case len(h) >= p.Config.MaxGenerations:
		return Decision{Status: Finished, Reason: fmt.Sprintf(
			"reached pbt.max_generations, %d", p.Config.MaxGenerations)}
	}
	if reason := p.Config.ended(h); reason != "" {
		return Decision{Status: Finished, Reason: reason}
	}
	return Decision{}
}

// MostEpochs implements [Search].
func (p Population) MostEpochs() int {
	searched := p.firstEpochs() + (p.Config.MaxGenerations-1)*p.epochs()
	return p.Config.Members*searched + p.finishers()*p.finishEpochs()
}

func (p Population) firstEpochs() int {
	if n := p.Config.FirstGenerationEpochs.known(0); n > 0 {
		return n
	}
	return p.RampEnd + p.epochs()
}

// epochs are those of a later generation; while they are automatic, the paper's.
func (p Population) epochs() int { return p.Config.EpochsPerGeneration.known(paperEpochs) }

// finishEpochs are those of a finish; while they are automatic, a generation's.
func (p Population) finishEpochs() int { return p.Config.FinishEpochs.known(p.epochs()) }

// fresh starts every member anew, with half the learning rate for each time
// that all of them diverged before.
func (p Population) fresh(failures int) []Start {
	units := make([]Start, p.Config.Members)
	for member := range units {
		hyper := p.Config.Space.Start(p.Seed, member, failures)
		if failures > 0 {
			rate, searched := hyper[LearningRate]
			if !searched {
				rate = p.LearningRate
			}
			hyper[LearningRate] = math.Ldexp(rate, -failures)
		}
		units[member] = Start{Member: member, Hyper: hyper, Epochs: p.firstEpochs(), KeepBest: p.Config.BestEpoch}
	}
	return units
}

// evolve has members exploit the snapshot of generation last: the one
// just completed, or an earlier one if no member has been finite since. Its
// random numbers are those of the generation just completed, so that a restart
// does not repeat what failed.
func (p Population) evolve(h History, last int, exploit Exploit) []Start {
	now := len(h) - 1
	snapshot := h[last]
	units := make([]Start, len(snapshot))
	for member, parent := range exploit.Parents(p.Seed, now, snapshot) {
		u := Start{
			Member:   member,
			From:     &Place{last, parent},
			Copied:   parent != member || last != now,
			Hyper:    maps.Clone(snapshot[parent].Hyper),
			Epochs:   p.epochs(),
			KeepBest: p.Config.BestEpoch,
		}
		if parent != member {
			u.Hyper = p.Config.Space.Perturb(u.Hyper, p.Seed, member, now)
		}
		units[member] = u
	}
	return units
}
