package augmenttest

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/augment"
	"github.com/autolfads/autolfads/nn"
	"github.com/autolfads/autolfads/rng"
)

// faulty is an augmentation made for a test.
type faulty struct {
	changes augment.Changes
	apply   func(b *augment.Block)
}

func (f faulty) Changes() augment.Changes { return f.changes }
func (f faulty) Apply(b *augment.Block)   { f.apply(b) }

// later moves what a block reads a bin later.
func later(b *augment.Block) {
	n := b.HeldIn * b.Width
	copy(b.Input[n:], b.Input[:(b.Bins-1)*n])
	clear(b.Input[:n])
}

// dataLater moves what a block reconstructs a bin later, with what of it is observed.
func dataLater(b *augment.Block) {
	dataAlone(b)
	if b.Observed != nil {
		n := b.Neurons * nn.MaskBytes(b.Width)
		copy(b.Observed[n:], b.Observed[:(b.ReconBins-1)*n])
	}
}

// dataAlone leaves what is observed where it is.
func dataAlone(b *augment.Block) {
	n := b.Neurons * b.Width
	copy(b.Data[n:], b.Data[:(b.ReconBins-1)*n])
	clear(b.Data[:n])
}

var data = augment.Changes{Data: true}

// Each check finds the fault that is planted for it, and none in coordinated
// dropout or in a shift that moves all.
func TestChecksFindPlantedFaults(t *testing.T) {
	calls := 0
	for check, f := range map[string]faulty{
		"changes something":     {data, func(*augment.Block) {}},
		"says what it changes":  {augment.Changes{}, dataLater},
		"a trial stands alone":  {data, func(b *augment.Block) { b.Data[0]++ }},
		"draws by key":          {data, func(b *augment.Block) { calls++; b.Key(rng.Named("test"), 0); b.Data[0] = float32(calls) }},
		"stays finite":          {data, func(b *augment.Block) { b.Input[len(b.Input)-1] = float32(math.Inf(1)) }},
		"allocates nothing":     {data, func(b *augment.Block) { b.Series = make([]float32, len(b.Series)+calls) }},
		"keeps what is missing": {data, dataAlone},
		"leaves what is hidden": {data, func(b *augment.Block) {
			nn.SetKept(b.Pass, 0, b.Width, true)
		}},
	} {
		if err := checks[check]([]augment.Augmentation{f}); err == nil {
			t.Errorf("%s: it does not find the fault that is planted for it", check)
		}
	}
	dropout := augment.CoordinatedDropout{Rate: .4}
	shift := faulty{data, func(b *augment.Block) { later(b); dataLater(b) }}
	for name, list := range map[string][]augment.Augmentation{"coordinated dropout": {dropout}, "with a shift before it": {shift, dropout}} {
		for check, err := range checks {
			if err := err(list); err != nil {
				t.Errorf("%s, %s: %v", name, check, err)
			}
		}
		if err := Copies(list); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// pass lets gradient pass where a function of an element to be reconstructed, and of
// what is read of its neuron the bin before, says so.
func pass(b *augment.Block, where func(y, before float32) bool) {
	for bin := range b.Bins {
		for n := range b.HeldIn {
			for lane := range b.Trials {
				if j := b.DataAt(bin, n, lane); !where(b.Data[j], b.Input[b.InputAt(max(bin-1, 0), n, lane)]) {
					nn.SetKept(b.Pass, j, b.Width, false)
				}
			}
		}
	}
}

// What can be copied is found, however it comes about.
func TestCopiesFindsPlantedFaults(t *testing.T) {
	dropout := augment.CoordinatedDropout{Rate: .4}
	for name, list := range map[string][]augment.Augmentation{
		"no dropout":                    {},
		"a rate of passing":             {augment.CoordinatedDropout{Rate: .4, PassRate: .2}},
		"a shift after dropout":         {dropout, faulty{data, func(b *augment.Block) { later(b); dataLater(b) }}},
		"a shift of what is read alone": {faulty{augment.Changes{}, later}, dropout},
		"a shift that repeats the end": {faulty{data, func(b *augment.Block) {
			n, m := b.HeldIn*b.Width, b.Neurons*b.Width
			copy(b.Input[n:], b.Input[:(b.Bins-1)*n])
			copy(b.Data[m:], b.Data[:(b.ReconBins-1)*m])
		}}, dropout},
		"a leak in one epoch of ten": {faulty{augment.Changes{}, func(b *augment.Block) {
			if b.Key(rng.Named("test"), 0).Float64(0, 0) < .1 {
				later(b)
			}
		}}, dropout},
		"a mask that hides what changed": {faulty{augment.Changes{}, func(b *augment.Block) { later(b); pass(b, func(y, _ float32) bool { return y == 0 }) }}, dropout},
		"a mask that shows what changed": {faulty{augment.Changes{}, func(b *augment.Block) { later(b); pass(b, func(y, _ float32) bool { return y > 0 }) }}, dropout},
		// The target does not depend on what is read; whether it is asked for does.
		"a mask of what agrees with what is read": {dropout, faulty{augment.Changes{}, func(b *augment.Block) {
			pass(b, func(y, before float32) bool { return y == before })
		}}},
		"nothing is read": {faulty{augment.Changes{}, func(b *augment.Block) { clear(b.Input) }}, dropout},
		"nothing counts":  {faulty{augment.Changes{}, func(b *augment.Block) { clear(b.Pass) }}, dropout},
		"a sum over neurons": {faulty{augment.Changes{}, func(b *augment.Block) {
			for i := range b.Bins * b.HeldIn * b.Width {
				if i/b.Width%b.HeldIn == 0 {
					b.Input[i] += b.Input[i+b.Width]
				}
			}
		}}, dropout},
	} {
		if Copies(list) == nil {
			t.Errorf("%s: what can be copied is not found", name)
		}
	}
}

// Spikes that are moved each by itself, what is read and what is reconstructed alike,
// cannot be copied, though of two in one bin one may be read and the other asked for.
func TestCopiesTakesSpikesApart(t *testing.T) {
	apart := faulty{data, func(b *augment.Block) {
		for lane := range b.Trials {
			key := b.Key(rng.Named("test"), lane)
			spread(b.Input, b.Bins, b.HeldIn, b.Width, lane, key)
			spread(b.Data, b.ReconBins, b.Neurons, b.Width, lane, key)
		}
	}}
	if err := Copies([]augment.Augmentation{apart, augment.CoordinatedDropout{Rate: .4}}); err != nil {
		t.Error(err)
	}
}

// spread moves each second spike of a bin to the next, or out of the trial, if its key
// says so.
func spread(x []float32, bins, neurons, width, lane int, key rng.Key) {
	for n := range neurons {
		for bin := bins - 1; bin >= 0; bin-- {
			at := (bin*neurons+n)*width + lane
			for spike := int(x[at]) - 1; spike >= 0; spike-- {
				if key.Float64(bin, n+100*spike) > .5 {
					continue
				}
				x[at]--
				if bin+1 < bins {
					x[at+neurons*width]++
				}
			}
		}
	}
}

// The suite goes through every strength, and every other augmentation beside.
func TestSubjectsFindPlantedFaults(t *testing.T) {
	fine := func(float64) (augment.Augmentation, error) {
		return faulty{data, func(b *augment.Block) { later(b); dataLater(b); b.Series[0] = 1 }}, nil
	}
	augment.Register("test_first", fine)
	augment.Register("test_strong", func(strength float64) (augment.Augmentation, error) {
		return faulty{data, func(b *augment.Block) {
			later(b)
			if strength < 2 {
				dataLater(b)
			}
		}}, nil
	})
	augment.Register("test_scratch", func(strength float64) (augment.Augmentation, error) {
		if strength != .2 {
			return nil, errors.New("give 0.2")
		}
		return faulty{data, func(b *augment.Block) {
			later(b)
			if b.Series[0] == 0 { // it takes scratch for its own
				dataLater(b)
			}
		}}, nil
	})
	for name, want := range map[string]string{
		"test_strong":  "strength 2 with coordinated dropout",
		"test_scratch": "beside test_first",
	} {
		if got := failing(t, name); !slices.Contains(got, want) || slices.Contains(got, "strength 0.2") {
			t.Errorf("%s fails in %q, want %q", name, got, want)
		}
	}
	augment.Register("test_picky", func(float64) (augment.Augmentation, error) { return nil, errors.New("give whole years") })
	if _, err := subjects("test_picky"); err == nil || !strings.Contains(err.Error(), "test_picky takes none of the strengths [1 0.5 0.2 2]: train.augment.test_picky is 2: give whole years") {
		t.Errorf("an augmentation that takes none of the strengths: %v", err)
	}
}

// failing returns the names of what fails.
func failing(t *testing.T, name string) (names []string) {
	all, err := subjects(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		for _, check := range s.checks() {
			if check(s.list) != nil {
				names = append(names, s.name)
				break
			}
		}
	}
	return names
}
