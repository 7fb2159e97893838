package pbt

import (
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

// Hyper holds hyper-parameters by configuration key.
type Hyper map[string]float64

// String lists them in order: "train.dropout_rate=0.3, train.learning_rate=0.004".
func (h Hyper) String() string {
	var parts []string
	for _, key := range slices.Sorted(maps.Keys(h)) {
		parts = append(parts, fmt.Sprintf("%s=%v", key, h[key]))
	}
	return strings.Join(parts, ", ")
}

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

	domain Domain
}

// Defaults are those of a key that is new in the space: most are known to an
// order of magnitude, and small steps inside the range harm none.
func (p *Parameter) Defaults() { *p = Parameter{Scale: Log, Explore: .3, Limits: true} }

// Domain says which values a setting can have at all.
type Domain struct {
	Whole    bool                 // whole numbers alone
	Possible func(v float64) bool // whether a model can train with it; nil: with any
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

// Within returns the space with what each key's setting can be: draws and
// perturbed values keep to it.
func (s Space) Within(domain func(key string) Domain) Space {
	out := maps.Clone(s)
	for key, p := range out {
		p.domain = domain(key)
		out[key] = p
	}
	return out
}

// Keys returns the searched keys in order.
func (s Space) Keys() []string { return slices.Sorted(maps.Keys(s)) }

// Start returns the first hyper-parameters of a member: its init, or
// a draw from the range. Each key has its own random stream, so that adding one
// leaves the others as they were.
func (s Space) Start(seed uint64, member, generation int) Hyper {
	h := s.Sample(seed, member, generation)
	for key, p := range s {
		if p.Init != nil {
			h[key] = *p.Init
		}
	}
	return h
}

// Sample is Start with every value drawn: what random search uses.
func (s Space) Sample(seed uint64, member, generation int) Hyper {
	h := make(Hyper, len(s))
	for key, p := range s {
		h[key] = p.draw(stream(rng.Draw, seed, member, generation, key))
	}
	return h
}

func (p Parameter) draw(src *rng.Source) float64 {
	if p.domain.Whole {
		return p.drawWhole(src)
	}
	if p.Scale == Uniform {
		return p.Low + float64(src.Float64()*(p.High-p.Low))
	}
	low, high := maths.Log(p.Low), maths.Log(p.High)
	// Rounding may leave the range by an ulp.
	return min(max(maths.Exp(low+float64(src.Float64()*(high-low))), p.Low), p.High)
}

// drawWhole draws between low and one above high and rounds down, so that both
// ends are as likely as their neighbours.
func (p Parameter) drawWhole(src *rng.Source) float64 {
	wide := p
	wide.High, wide.domain.Whole = p.High+1, false
	return min(math.Floor(wide.draw(src)), p.High)
}

// Perturb returns h with every searched value changed: what a member does with
// the hyper-parameters it copied after the given generation.
func (s Space) Perturb(h Hyper, seed uint64, member, generation int) Hyper {
	out := maps.Clone(h)
	for key, p := range s {
		out[key] = p.perturb(h[key], stream(rng.Explore, seed, member, generation, key))
	}
	return out
}

// maxRedraws ends the search for a perturbed value inside the limits.
const maxRedraws = 100

// perturb multiplies by exp(+-U(ln(1 + .002 w), ln(1 + w))), the sign at
// random: steps up and down are alike in log space, so there is no drift. A
// value outside the limits, or with which no model can train, is drawn again.
func (p Parameter) perturb(value float64, src *rng.Source) float64 {
	least, most := maths.Log(1+float64(.002*p.Explore)), maths.Log(1+p.Explore)
	v := value
	for range maxRedraws {
		step := least + float64(src.Float64()*(most-least))
		if src.IntN(2) == 0 {
			step = -step
		}
		if v = p.moved(value, step); p.allows(v) {
			return v
		}
	}
	if p.Limits {
		return min(max(v, p.Low), p.High)
	}
	return value
}

// moved is the value after a step in log space. A whole number moves by one at
// least, or small ones would stand still.
func (p Parameter) moved(value, step float64) float64 {
	v := value * maths.Exp(step)
	if !p.domain.Whole {
		return v
	}
	if v = math.Round(v); v == value {
		v += math.Copysign(1, step)
	}
	return v
}

func (p Parameter) allows(v float64) bool {
	if p.Limits && !(p.Low <= v && v <= p.High) {
		return false
	}
	return p.domain.Possible == nil || p.domain.Possible(v)
}

// stream is the random stream of one key's draw for one member and generation.
func stream(purpose rng.Purpose, seed uint64, member, generation int, key string) *rng.Source {
	name := fnv.New64a()
	name.Write([]byte(key))
	return rng.NewSource(rng.Derive(seed, purpose, uint64(member), uint64(generation), name.Sum64()))
}

// Check reports the first entry that cannot be searched.
func (s Space) Check() error {
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
	case p.domain.Whole && !p.whole():
		return "it is a whole number: give whole numbers for low, high and init"
	case p.Scale != Log && p.Scale != Uniform:
		return fmt.Sprintf("scale is %q; give %q or %q", p.Scale, Log, Uniform)
	case p.Low > p.High:
		return fmt.Sprintf("low %v is above high %v", p.Low, p.High)
	case p.Low < 0:
		return fmt.Sprintf("low is %v; perturbation multiplies, so values must not be negative", p.Low)
	case p.Scale == Log && p.Low < math.SmallestNonzeroFloat64*(1<<52):
		return fmt.Sprintf("low is %v; a log scale needs a positive one, or give scale: uniform", p.Low)
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

// whole reports whether the ends and the start are whole numbers that a float64
// can count.
func (p Parameter) whole() bool {
	for _, v := range []float64{p.Low, p.High, p.start()} {
		if v != math.Trunc(v) || math.Abs(v) >= 1<<53 {
			return false
		}
	}
	return true
}

// start is where a population starts, low if that is drawn.
func (p Parameter) start() float64 {
	if p.Init != nil {
		return *p.Init
	}
	return p.Low
}
