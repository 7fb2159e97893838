package lfads

import "github.com/autolfads/autolfads/nn"

// The controller reads dropout[ci_t, f_{t-1}]. The encoder's part ci_t is known
// before the decoder runs, so in inference its product, the larger one, is
// computed once for all samples. In training it is computed when its bin comes,
// while what it is added to is in the cache.
//
// The forward encoder's states come CILag bins late and the backward encoder's
// as much early, so that the controller never sees the bin that it explains;
// beyond the ends they are 0.

// projectControllerInput computes early [3 Controller][w], the product of the
// controller's encoder input, dropped out, in a bin.
func (m *Model) projectControllerInput(t *tape, bin int, early []float32) {
	n := m.Config.CIEncoderDim * t.w
	x := at(t.controllerInput, bin, m.controller.In*t.w)
	if t.pass.DropoutRate > 0 {
		t.dropController.Mask(m.controllerKeep(t, bin, 0), bin, m.controller.In, t.w)
	}
	forward, backward := m.ciStates(t, bin)
	t.drop(x[:n], forward, m.controllerKeep(t, bin, 0))
	t.drop(x[n:2*n], backward, m.controllerKeep(t, bin, m.Config.CIEncoderDim))
	m.controller.ProjectEarly(early, x[:2*n], t.w)
}

// ciStates returns the CI encoder's states that the controller reads in a bin;
// nil: none.
func (m *Model) ciStates(t *tape, bin int) (forward, backward []float32) {
	f, b := m.ciPlaces(bin)
	if f >= 0 {
		forward = m.ciForward.After(t.ciForward, f, t.w)
	}
	if b >= 0 {
		backward = m.ciBackward.After(t.ciBackward, b, t.w)
	}
	return forward, backward
}

// controllerKeep returns the mask of the controller's input in a bin, from a
// feature on.
func (m *Model) controllerKeep(t *tape, bin, feature int) []uint8 {
	return t.maskAt(t.controllerMask, bin, m.controller.In)[feature*nn.MaskBytes(t.w):]
}

// controllerFactors returns the factors' part of one bin of x, which is laid
// out as the controller's input.
func (m *Model) controllerFactors(t *tape, x []float32, bin int) []float32 {
	return at(x, bin, m.controller.In*t.w)[m.controller.Early*t.w:]
}

// projectControllerInputBackward computes the gradients at the CI encoder's
// states that the controller read in a bin, from act, its gates as its own way
// back left them.
func (m *Model) projectControllerInputBackward(t *tape, bin int, act []float32) {
	forward, backward := m.ciPlaces(bin)
	if forward < 0 && backward < 0 {
		return
	}
	n := m.Config.CIEncoderDim * t.w
	d := t.dControllerInput[:2*n]
	m.controller.EarlyBackward(d, act, t.w)
	if forward >= 0 {
		t.drop(at(t.dciForward, forward, n), d[:n], m.controllerKeep(t, bin, 0))
	}
	if backward >= 0 {
		t.drop(at(t.dciBackward, backward, n), d[n:], m.controllerKeep(t, bin, m.Config.CIEncoderDim))
	}
}

// clearUnreadStates zeroes the gradients at the CI encoder's states that no bin
// of the controller reads.
func (m *Model) clearUnreadStates(t *tape) {
	n := m.Config.CIEncoderDim * t.w
	clearOutside(t.dciForward, n, 0, m.ciBins()-m.Config.CILag)
	clearOutside(t.dciBackward, n, m.Config.CILag, m.ciBins())
}

// clearOutside zeroes the stretches of n numbers of x before number from and
// from number to on.
func clearOutside(x []float32, n, from, to int) {
	clear(x[:min(from*n, len(x))])
	clear(x[max(to*n, 0):])
}

// ciPlaces returns the CI encoder's bins that the controller reads in a bin of
// the trial; -1: none.
func (m *Model) ciPlaces(bin int) (forward, backward int) {
	i := bin - m.Config.ICSegmentBins
	if i < 0 || i >= m.ciBins() {
		return -1, -1
	}
	forward, backward = i-m.Config.CILag, i+m.Config.CILag
	if forward < 0 {
		forward = -1
	}
	if backward >= m.ciBins() {
		backward = -1
	}
	return forward, backward
}
