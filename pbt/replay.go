package pbt

import "fmt"

// Segment is a part of a line of models: a generation of one member.
type Segment struct {
	Epochs int   `yaml:"epochs"`
	Hyper  Hyper `yaml:"hyper,flow"`       // in force from its first step
	Anneal bool  `yaml:"anneal,omitempty"` // the learning rate falls over its epochs
}

// Replay trains models by one schedule, all side by side and each from fresh
// parameters of its own: a segment a generation. Nothing is copied and nothing perturbed.
// A model that diverges is left out from then on.
type Replay struct {
	Members int `yaml:"members"`
	// AllTrials says that scores are of trials that were trained on. They do not tell
	// which model is better: the first one that did not diverge is taken.
	AllTrials bool      `yaml:"all_trials"`
	Segments  []Segment `yaml:"segments"`
}

// Next implements [Search].
func (r Replay) Next(h History) Decision {
	g := len(h)
	if g > 0 && h.LastFinite() < g-1 {
		return Decision{Status: Failed, Reason: "every model diverged by a schedule that did not diverge in its search: give another seed"}
	}
	if g == len(r.Segments) {
		return Decision{Status: Finished, Reason: fmt.Sprintf("the schedule of %d segments is trained", g)}
	}
	var units []Start
	for member := range r.Members {
		u := Start{Member: member, Hyper: r.Segments[g].Hyper, Epochs: r.Segments[g].Epochs, Anneal: r.Segments[g].Anneal}
		if g > 0 {
			if o := h.at(Place{g - 1, member}); o == nil || !o.Finite() {
				continue
			}
			u.From = &Place{g - 1, member}
		}
		units = append(units, u)
	}
	return Decision{Units: units}
}

// MostEpochs implements [Search].
func (r Replay) MostEpochs() int {
	epochs := 0
	for _, s := range r.Segments {
		epochs += s.Epochs
	}
	return r.Members * epochs
}

// Choose implements [Chooser]: a model is meant at the end of its schedule, so it is one
// of the last completed generation.
func (r Replay) Choose(h History) (Place, bool) {
	last := h.LastFinite()
	if last < 0 {
		return Place{}, false
	}
	if !r.AllTrials {
		at, ok := History{h[last]}.Best()
		return Place{last, at.Member}, ok
	}
	for _, o := range h[last] {
		if o.Finite() {
			return Place{last, o.Member}, true
		}
	}
	return Place{}, false
}

// Check reports a schedule that cannot be trained.
func (r Replay) Check() error {
	if r.Members < 1 || r.Members > MaxMembers {
		return fmt.Errorf("a replay of %d models: give 1 to %d", r.Members, MaxMembers)
	}
	if len(r.Segments) == 0 || len(r.Segments) > MaxGenerations {
		return fmt.Errorf("a schedule of %d segments: it must have 1 to %d", len(r.Segments), MaxGenerations)
	}
	for i, s := range r.Segments {
		if s.Epochs < 1 || s.Epochs > MaxEpochs {
			return fmt.Errorf("segment %d of the schedule has %d epochs: it must have 1 to %d", i, s.Epochs, MaxEpochs)
		}
	}
	return nil
}
