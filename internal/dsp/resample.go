package dsp

import "math"

// Resampler says what an evenly sampled signal is at moments that are some samples
// apart, from one to the next: where its values go to.
//
// Moments far apart are values of the signal under a low-pass filter (FillLowPass),
// so that nothing faster comes out as something slow. Moments as far apart as samples
// have the sample that lies less than one behind them, as it is. Moments closer than
// samples, or hardly farther apart, have what a straight line between both samples
// beside them has.
//
// NaN and infinities are samples that are not known. A moment on one, or beside one
// where it lies between two, has no value: NaN. For its neighbours, a few in a row
// are bridged by a straight line; more part the signal into stretches. Beyond its
// ends a stretch goes on as its own image turned about its last point, so that what
// rises steadily is filtered to itself up to the ends.
type Resampler struct {
	rule   rule
	taps   []float64
	part   float64 // of a sample that the taps' middle lies behind a sample
	factor float64
	raw    []float64
	filled []float64 // few samples that are not known are bridged
}

// rule is how a value is made.
type rule int

const (
	ruleFilter rule = iota
	ruleOwn         // the sample at the moment, or the next behind it
	ruleLine
	ruleHold // the sample at the moment, or the last before it
)

const (
	hardlyFaster = 1.1 // samples a moment that are not worth a filter
	sameStep     = 1e-6
	leastLobes   = 10 // of the sinc to either side
	leastBridged = 3  // samples
)

// NewResampler returns a resampler for moments that are factor samples apart.
func NewResampler(factor float64) *Resampler {
	r := &Resampler{factor: factor, part: math.NaN()}
	switch {
	case math.Abs(factor-1) <= sameStep:
		r.rule = ruleOwn
	case factor < hardlyFaster:
		r.rule = ruleLine
	default:
		half := max(HalfWidth, int(math.Ceil(leastLobes*factor)))
		r.taps = make([]float64, 2*half+1)
	}
	return r
}

// NewHolder returns a resampler that takes the last sample at or before a moment, as
// it is: for what changes in steps.
func NewHolder() *Resampler { return &Resampler{rule: ruleHold} }

// Filters reports whether there is a low-pass filter, and how many taps it has.
func (r *Resampler) Filters() (taps int, ok bool) { return len(r.taps), r.rule == ruleFilter }

// Lines reports whether values lie on lines between samples.
func (r *Resampler) Lines() bool { return r.rule == ruleLine }

// Reach returns how many samples before and behind a moment its value can depend on.
func (r *Resampler) Reach() int {
	if r.rule != ruleFilter {
		return 1
	}
	return len(r.taps)/2 + r.bridged() + 2
}

// bridged is the most samples in a row that are bridged: those of one value.
func (r *Resampler) bridged() int { return max(leastBridged, int(math.Ceil(r.factor))) }

// Load takes a signal, which must not change until the next: all of it, or Reach
// samples more to either side than are asked for.
func (r *Resampler) Load(x []float64) {
	r.raw = x
	if r.rule == ruleFilter {
		r.filled = append(r.filled[:0], x...)
		bridge(r.filled, r.bridged())
	}
}

// At returns the signal at a moment, in samples from its first one; NaN before it and
// behind the last one.
func (r *Resampler) At(moment float64) float64 {
	if !(moment >= 0 && moment <= float64(len(r.raw)-1)) {
		return math.NaN()
	}
	at := int(moment)
	part := moment - float64(at)
	switch r.rule {
	case ruleOwn:
		return known(r.raw[int(math.Ceil(moment))])
	case ruleHold:
		return known(r.raw[at])
	}
	if !isKnown(r.raw[at]) || part > 0 && !isKnown(r.raw[at+1]) {
		return math.NaN()
	}
	if r.rule == ruleFilter {
		return r.filtered(at, part)
	}
	if part == 0 {
		return r.raw[at]
	}
	return float64((1-part)*r.raw[at]) + float64(part*r.raw[at+1])
}

// filtered returns the signal under the filter about a moment that lies a part of a
// sample behind one.
func (r *Resampler) filtered(at int, part float64) float64 {
	if part != r.part {
		FillLowPass(r.taps, r.factor, part)
		r.part = part
	}
	from := at - len(r.taps)/2
	if to := from + len(r.taps); from >= 0 && to <= len(r.filled) {
		if v := Dot(r.taps, r.filled[from:to]); isKnown(v) {
			return v
		}
	}
	first, last := r.stretch(at)
	whole := mirrored(r.filled[first : last+1])
	sum := 0.
	for i, tap := range r.taps {
		sum += float64(tap * whole.at(from+i-first))
	}
	return sum
}

// stretch returns the first and the last sample of what is known without a gap about
// a sample, as far as taps reach.
func (r *Resampler) stretch(at int) (first, last int) {
	half := len(r.taps)/2 + 1
	first, last = at, at
	for first > max(0, at-half) && isKnown(r.filled[first-1]) {
		first--
	}
	for last < min(len(r.filled)-1, at+half) && isKnown(r.filled[last+1]) {
		last++
	}
	return first, last
}

// mirrored is a signal that goes on beyond both ends as its own image turned about
// its last point: x(-i) = 2 x(0) - x(i).
type mirrored []float64

func (m mirrored) at(i int) float64 {
	last := len(m) - 1
	if i >= 0 && i <= last {
		return m[i]
	}
	if last == 0 {
		return m[0]
	}
	turns := int(math.Floor(float64(i) / float64(2*last)))
	shift := 2 * float64(turns) * (m[last] - m[0])
	if i -= turns * 2 * last; i > last {
		return 2*m[last] - m[2*last-i] + shift
	}
	return m[i] + shift
}

// bridge puts a straight line in place of at most some samples in a row that are not
// known, between two that are; NaN stands for the rest.
func bridge(x []float64, most int) {
	last := -1 // that is known
	for i := 0; i <= len(x); i++ {
		if i < len(x) && !isKnown(x[i]) {
			continue
		}
		if gap := i - last - 1; gap > 0 {
			between(x, last, i, gap <= most)
		}
		last = i
	}
}

// between fills what lies between two samples, which may lie beyond the ends: with a
// straight line if it can and shall, else with NaN.
func between(x []float64, a, b int, line bool) {
	if line = line && a >= 0 && b < len(x); !line {
		for i := a + 1; i < b; i++ {
			x[i] = math.NaN()
		}
		return
	}
	for i := a + 1; i < b; i++ {
		part := float64(i-a) / float64(b-a)
		x[i] = float64((1-part)*x[a]) + float64(part*x[b])
	}
}

func isKnown(v float64) bool { return v-v == 0 }

// known returns a value, NaN for an infinite one.
func known(v float64) float64 {
	if !isKnown(v) {
		return math.NaN()
	}
	return v
}
