package pbt

// Search says what to train next. Next is a pure function of the history.
type Search interface {
	// Next returns the units of the generation after the completed ones.
	Next(History) Decision
	// MostEpochs is an upper bound on the epochs of all members together.
	MostEpochs() int
}

// Decision is what a Search says: units to train, or that it is over.
type Decision struct {
	Units  []Start // in the order of members; empty when Status is not Continue
	Status Status
	Reason string // one sentence, when Status is not Continue
}

// Finish reports whether the units are a finish, after which the search is over.
func (d Decision) Finish() bool { return len(d.Units) > 0 && d.Units[0].Anneal }

// Status says whether a search goes on.
type Status int

// A search goes on, is over with a best member, or is over without one.
const (
	Continue Status = iota
	Finished
	Failed
)

// Start is how a member begins a generation.
type Start struct {
	Member int
	From   *Place // whose checkpoint it goes on from; nil: fresh parameters
	Copied bool   // it takes another place than its own in the last generation
	Hyper  Hyper  // in force from the very next step
	Epochs int    // to train in this generation, at most
	Single bool   // learning-rate schedule and early stopping on; its best epoch counts, not its last
	// KeepBest says that of its epochs after the ramps the best counts, not the last: to
	// this it goes back. It has no schedule, and trains all its epochs.
	KeepBest bool
	Anneal   bool // the learning rate falls over the unit's epochs: a finish
}

// Chooser is a [Search] whose final model is not the one of the lowest score.
type Chooser interface {
	// Choose returns whose model it would be after the completed generations. It
	// reports false if there is none.
	Choose(History) (Place, bool)
}

// Choose returns whose model a search has come to: of the lowest score, unless the
// search is a [Chooser].
func Choose(s Search, h History) (Place, bool) {
	if c, ok := s.(Chooser); ok {
		return c.Choose(h)
	}
	return h.Best()
}
