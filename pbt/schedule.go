package pbt

// Steps returns how many optimiser steps an epoch of so many trials has, the last of
// which may have a smaller batch.
func Steps(trials, batch int) int { return (trials + batch - 1) / batch }

// InStepsOf returns a schedule for other data: each segment ends after as many
// optimiser steps as there were by its end, rounded to a whole epoch (half up) of what
// the sum says, so that roundings do not add up. was and is say how many steps an epoch of a
// segment had, and has. A segment that is left no epoch is left out; one epoch remains.
func InStepsOf(segments []Segment, was, is func(Hyper) int) []Segment {
	var scaled []Segment
	due, done := 0, 0
	for i, s := range segments {
		due += s.Epochs * was(s.Hyper)
		each := is(s.Hyper)
		s.Epochs = max(0, (2*(due-done)+each)/(2*each))
		if i == len(segments)-1 && len(scaled) == 0 {
			s.Epochs = max(1, s.Epochs)
		}
		if s.Epochs > 0 {
			scaled = append(scaled, s)
			done += s.Epochs * each
		}
	}
	return scaled
}
