package augmenttest

import (
	"errors"
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/augment"
)

// Copies checks that with coordinated dropout in the list (of pass rate 0) the
// network cannot learn to copy: no spike that the encoders read is asked for where
// gradient passes.
//
// It adds one spike at a time to the recording, keeps the draws, and looks what
// changes. If some of the input does, the encoders see the spike. Then the gradient
// must ask for the same as before: the same elements of the data must count in it,
// with the same values. Were one of another value, its target would be a function of
// what the network sees. Were it in the gradient with the spike alone, or without it
// alone, the choice of what is asked would be: a network that is asked only where the
// answer is what it read learns to give what it read. So elements are compared that
// count in either of the two runs.
//
// What it is about is one spike, since an augmentation may treat spikes of one bin
// each by itself: that one of two is read and the other is asked for tells nothing.
//
// A check that looks at nothing proves nothing: it is an error, too, if no spike is
// ever read, or nothing that can be read ever counts in the gradient.
func Copies(list []augment.Augmentation) error {
	const trials, width = 5, 8
	r := newRecording(trials)
	read, counted := false, false
	for epoch := range uint64(epochs) {
		before := apply(list, r.block(0, trials, width, epoch))
		counted = counted || countsRead(before)
		for trial := range trials {
			for i := range r[trial] {
				r[trial][i]++
				after := apply(list, r.block(0, trials, width, epoch))
				r[trial][i]--
				if slices.Equal(before.Input, after.Input) {
					continue
				}
				read = true
				if how := asks(before, after); how != "" {
					return fmt.Errorf("a spike of trial %d, bin %d, neuron %d is read, and %s: the network can copy it", trial, i/neurons, i%neurons, how)
				}
			}
		}
	}
	return nothing(read, counted)
}

// nothing returns an error if there was nothing to see.
func nothing(read, counted bool) error {
	switch {
	case !read:
		return errors.New("no spike is ever read: there is nothing to learn from, and nothing to check")
	case !counted:
		return errors.New("nothing that can be read ever counts in the gradient: there is nothing to learn, and nothing to check")
	}
	return nil
}

// countsRead says whether an element that encoders may read counts in the gradient.
func countsRead(b *augment.Block) bool {
	for bin := range b.Bins {
		for n := range b.HeldIn {
			for lane := range b.Trials {
				if counts(b, b.DataAt(bin, n, lane)) {
					return true
				}
			}
		}
	}
	return false
}

// asks says in what the gradients of two blocks ask for different things.
func asks(before, after *augment.Block) string {
	for j := range before.Data {
		was, is := counts(before, j), counts(after, j)
		switch {
		case j%before.Width >= before.Trials:
		case was != is:
			return "decides where gradient passes"
		case is && before.Data[j] != after.Data[j]:
			return "is reconstructed where gradient passes"
		}
	}
	return ""
}
