package augmenttest

import (
	"math"
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

// dataLater moves what a block reconstructs a bin later.
func dataLater(b *augment.Block) {
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
		"says what it changes": {augment.Changes{}, dataLater},
		"a trial stands alone": {data, func(b *augment.Block) { b.Data[0]++ }},
		"draws by key":         {data, func(b *augment.Block) { calls++; b.Key(rng.Named("test"), 0); b.Data[0] = float32(calls) }},
		"stays finite":         {data, func(b *augment.Block) { b.Input[len(b.Input)-1] = float32(math.Inf(1)) }},
		"allocates nothing":    {data, func(b *augment.Block) { b.Series = make([]float32, len(b.Series)+calls) }},
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
