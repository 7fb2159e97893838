package augment_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/internal/kernel"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

const (
	bins, reconBins = 40, 43
	heldIn, neurons = 21, 25
)

// key is a trial's: the lane's number is the trial's.
func key(purpose rng.Purpose, lane int) rng.Key { return rng.Derive(3, purpose, uint64(lane)) }

// newBlock returns a block of trials whose input is all ones.
func newBlock(w, trials int) *augment.Block {
	return &augment.Block{
		Width: w, Trials: trials, Bins: bins, HeldIn: heldIn, ReconBins: reconBins, Neurons: neurons,
		Input: slices.Repeat([]float32{1}, bins*heldIn*w),
		Pass:  slices.Repeat([]uint8{0xff}, reconBins*neurons*nn.MaskBytes(w)),
		Key:   key, Masks: [2]augment.Masks{augment.NewMasks(nil, neurons, w), augment.NewMasks(nil, neurons, w)},
	}
}

// apply returns a block of trials after coordinated dropout.
func apply(c augment.CoordinatedDropout, w, trials int) *augment.Block {
	b := newBlock(w, trials)
	c.Apply(b)
	return b
}

// What does not pass gradient before coordinated dropout does not pass after it,
// and all else as it would.
func TestWhatDoesNotPassBefore(t *testing.T) {
	for _, c := range []augment.CoordinatedDropout{{Rate: .5}, {Rate: .5, PassRate: .5}, {Rate: .5, PassRate: 1}} {
		b, want := newBlock(16, 16), apply(c, 16, 16)
		for i := range b.Pass {
			b.Pass[i] = uint8(i * 37)
			want.Pass[i] &= b.Pass[i]
		}
		c.Apply(b)
		if !slices.Equal(b.Pass, want.Pass) || !slices.Equal(b.Input, want.Input) {
			t.Errorf("%+v: what passes is not what passes on its own, of what passed before", c)
		}
	}
}

// count visits every element that the encoders read and returns how many there
// are and how many of them are what.
func count(b *augment.Block, what func(input float32, passes bool) bool) (of, all float64) {
	for bin := range b.Bins {
		for n := range b.HeldIn {
			for trial := range b.Trials {
				all++
				if what(b.Input[(bin*b.HeldIn+n)*b.Width+trial], nn.Kept(b.Pass, (bin*b.Neurons+n)*b.Width+trial, b.Width)) {
					of++
				}
			}
		}
	}
	return of, all
}

// wantShare allows five standard deviations of a share of n draws.
func wantShare(t *testing.T, what string, of, all, want float64) {
	t.Helper()
	if share := of / all; !(math.Abs(share-want) <= 5*math.Sqrt(want*(1-want)/all)) {
		t.Errorf("a share of %v of %v elements %s, want %v", share, all, what, want)
	}
}

// A share Rate of the input is zeroed, the rest scaled; the gradient passes
// exactly where it was zeroed, and for a share PassRate of the rest.
func TestCoordinatedDropout(t *testing.T) {
	for _, level := range kernel.Levels() {
		defer kernel.Use(level)()
		for _, c := range []augment.CoordinatedDropout{{Rate: .3}, {Rate: .5}, {Rate: .9}, {Rate: .3, PassRate: .25}, {Rate: .5, PassRate: 1}} {
			for _, w := range []int{1, 8, 16, 32} {
				t.Run(fmt.Sprintf("%v/%+v, width %d", level, c, w), func(t *testing.T) { testShares(t, c, w) })
			}
		}
	}
}

func testShares(t *testing.T, c augment.CoordinatedDropout, w int) {
	b := apply(c, w, max(1, w-3))
	scale := float32(1 / (1 - c.Rate))
	zeroed, all := count(b, func(x float32, _ bool) bool { return x == 0 })
	wantShare(t, "are zeroed", zeroed, all, c.Rate)
	if n, _ := count(b, func(x float32, _ bool) bool { return x != 0 && x != scale }); n != 0 {
		t.Errorf("%v elements are neither 0 nor %v", n, scale)
	}
	if n, _ := count(b, func(x float32, passes bool) bool { return x == 0 && !passes }); n != 0 {
		t.Errorf("%v zeroed elements do not pass gradient", n)
	}
	passing, _ := count(b, func(x float32, passes bool) bool { return x != 0 && passes })
	wantShare(t, "that were read pass gradient", passing, all-zeroed, c.PassRate)
	wantOthersPass(t, b)
}

// wantOthersPass checks held-out neurons and forward bins: they are not read,
// and always pass gradient.
func wantOthersPass(t *testing.T, b *augment.Block) {
	t.Helper()
	for bin := range b.ReconBins {
		for n := range b.Neurons {
			if bin < b.Bins && n < b.HeldIn {
				continue
			}
			bytes := nn.MaskBytes(b.Width)
			row := b.Pass[(bin*b.Neurons+n)*bytes:][:bytes]
			if !slices.Equal(row, slices.Repeat([]uint8{0xff}, bytes)) {
				t.Fatalf("bin %d, neuron %d, which is not read: gradient mask %v", bin, n, row)
			}
		}
	}
}

// A rate of 0 changes nothing.
func TestCoordinatedDropoutOff(t *testing.T) {
	b := apply(augment.CoordinatedDropout{PassRate: .5}, 8, 8)
	if n, all := count(b, func(x float32, passes bool) bool { return x == 1 && passes }); n != all {
		t.Errorf("%v of %v elements changed", all-n, all)
	}
	wantOthersPass(t, b)
}

// A trial has the same masks in a block of any width, and other trials others.
func TestMasksBelongToTrials(t *testing.T) {
	c := augment.CoordinatedDropout{Rate: .5, PassRate: .3}
	narrow, wide := apply(c, 8, 8), apply(c, 32, 32)
	input := func(b *augment.Block, lane int) []float32 {
		var out []float32
		for i := lane; i < len(b.Input); i += b.Width {
			out = append(out, b.Input[i])
		}
		return out
	}
	passes := func(b *augment.Block, lane int) []bool {
		var out []bool
		for i := lane; i < reconBins*neurons*b.Width; i += b.Width {
			out = append(out, nn.Kept(b.Pass, i, b.Width))
		}
		return out
	}
	for trial := range 8 {
		if !slices.Equal(input(narrow, trial), input(wide, trial)) || !slices.Equal(passes(narrow, trial), passes(wide, trial)) {
			t.Errorf("trial %d has other masks in a wider block", trial)
		}
		if trial > 0 && slices.Equal(input(wide, trial), input(wide, 0)) {
			t.Errorf("trials 0 and %d have the same mask", trial)
		}
	}
}
