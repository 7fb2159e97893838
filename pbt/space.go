package pbt

import (
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"slices"

	"github.com/autolfads/autolfads/internal/rng"
)

// Hyper holds hyper-parameters by configuration key.
type Hyper map[string]float64

// LearningRate is the key of the one hyper-parameter that the search itself
// must know: it is halved when a whole population has diverged.
const LearningRate = "train.learning_rate"

// Scale says how a first value is drawn from a range.
type Scale string

// The scales of first draws.
const (
	Log     Scale = "log"     // its logarithm is uniform: for values known only to an order of magnitude
	Uniform Scale = "uniform" // it is uniform itself: for rates of dropout
)

// Parameter is one searched hyper-parameter.
type Parameter struct {
	Low     float64  `yaml:"low"`            // range of first draws
	High    float64  `yaml:"high"`           //
	Scale   Scale    `yaml:"scale"`          // of first draws
	Explore float64  `yaml:"explore"`        // w: a perturbation changes the value by .2 w to 100 w percent
	Limits  bool     `yaml:"limits"`         // perturbed values stay inside the range
	Init    *float64 `yaml:"init,omitempty"` // every member of a population starts here instead of a draw
}

// Space is what is searched: hyper-parameters by configuration key.
type Space map[string]Parameter

// DefaultSpace returns the search space of the AutoLFADS paper.
func DefaultSpace() Space {
	start := func(v float64) *float64 { return &v }
	return Space{
		LearningRate:                     {Low: 1e-5, High: 5e-3, Scale: Log, Explore: .3, Limits: true, Init: start(4e-3)},
		"train.dropout_rate":             {Low: 0, High: .6, Scale: Uniform, Explore: .3, Limits: true},
		"train.coordinated_dropout_rate": {Low: .01, High: .7, Scale: Uniform, Explore: .3, Limits: true, Init: start(.5)},
		"train.l2_generator_scale":       {Low: 1e-4, High: 1, Scale: Log, Explore: .8},
		"train.l2_controller_scale":      {Low: 1e-4, High: 1, Scale: Log, Explore: .8},
		"train.kl_ic_scale":              {Low: 1e-6, High: 1e-3, Scale: Log, Explore: .8},
		"train.kl_input_scale":           {Low: 1e-6, High: 1e-4, Scale: Log, Explore: .8},
	}
}

// Keys returns the searched keys in order.
func (s Space) Keys() []string { return slices.Sorted(maps.Keys(s)) }

// Start returns the first hyper-parameters of the member in slot: its init, or
// a draw from the range. Each key has its own random stream, so that adding one
// leaves the others as they were.
func (s Space) Start(seed uint64, slot, generation int) Hyper {
	h := s.Sample(seed, slot, generation)
	for key, p := range s {
		if p.Init != nil {
			h[key] = *p.Init
		}
	}
	return h
}

// Sample is Start with every value drawn: what random search uses.
func (s Space) Sample(seed uint64, slot, generation int) Hyper {
	h := make(Hyper, len(s))
	for key, p := range s {
		h[key] = p.draw(stream(rng.Draw, seed, slot, generation, key))
	}
	return h
}

func (p Parameter) draw(src *rng.Source) float64 {
	if p.Scale == Uniform {
		return p.Low + float64(src.Float64()*(p.High-p.Low))
	}
	low, high := rng.Log(p.Low), rng.Log(p.High)
	// Rounding may leave the range by an ulp.
	return min(max(rng.Exp(low+float64(src.Float64()*(high-low))), p.Low), p.High)
}

// Perturb returns h with every searched value changed: what a member does with
// the hyper-parameters it copied after the given generation.
func (s Space) Perturb(h Hyper, seed uint64, slot, generation int) Hyper {
	out := maps.Clone(h)
	for key, p := range s {
		out[key] = p.perturb(h[key], stream(rng.Explore, seed, slot, generation, key))
	}
	return out
}

// maxRedraws ends the search for a perturbed value inside the limits.
const maxRedraws = 100

// perturb multiplies by exp(+-U(ln(1 + .002 w), ln(1 + w))), the sign at
// random: steps up and down are alike in log space, so there is no drift.
func (p Parameter) perturb(value float64, src *rng.Source) float64 {
	least, most := rng.Log(1+float64(.002*p.Explore)), rng.Log(1+p.Explore)
	v := value
	for range maxRedraws {
		step := least + float64(src.Float64()*(most-least))
		if src.IntN(2) == 0 {
			step = -step
		}
		v = value * rng.Exp(step)
		if !p.Limits || (p.Low <= v && v <= p.High) {
			return v
		}
	}
	return min(max(v, p.Low), p.High)
}

// stream is the random stream of one key's draw for one slot and generation.
func stream(purpose rng.Purpose, seed uint64, slot, generation int, key string) *rng.Source {
	name := fnv.New64a()
	name.Write([]byte(key))
	return rng.NewSource(rng.Derive(seed, purpose, uint64(slot), uint64(generation), name.Sum64()))
}

// Validate reports the first entry that cannot be searched.
func (s Space) Validate() error {
	for _, key := range s.Keys() {
		if fault := s[key].fault(); fault != "" {
			return fmt.Errorf("pbt.space: %s: %s", key, fault)
		}
	}
	return nil
}

func (p Parameter) fault() string {
	for _, v := range []float64{p.Low, p.High, p.Explore} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Sprintf("%v is not a finite number", v)
		}
	}
	switch {
	case p.Scale != Log && p.Scale != Uniform:
		return fmt.Sprintf("scale is %q; give %q or %q", p.Scale, Log, Uniform)
	case p.Low > p.High:
		return fmt.Sprintf("low %v is above high %v", p.Low, p.High)
	case p.Low < 0:
		return fmt.Sprintf("low is %v; perturbation multiplies, so values must not be negative", p.Low)
	case p.Scale == Log && p.Low < math.SmallestNonzeroFloat64*(1<<52):
		return fmt.Sprintf("low is %v; a log scale needs a positive one", p.Low)
	case p.Explore <= 0:
		return fmt.Sprintf("explore is %v; give the largest relative change, for example 0.3", p.Explore)
	case p.Init == nil:
		return ""
	case !(*p.Init > 0) || math.IsInf(*p.Init, 0):
		return fmt.Sprintf("init is %v; perturbation multiplies, so it must be positive", *p.Init)
	case p.Limits && (*p.Init < p.Low || *p.Init > p.High):
		return fmt.Sprintf("init %v is outside %v to %v; widen the range", *p.Init, p.Low, p.High)
	}
	return ""
}
