package dsp

import "math"

// Resampler says what an evenly sampled signal is at moments that are some samples
// apart, from one to the next: where its values go to.
//
// Moments far apart are values of the signal under a low-pass filter, that of LowPass
// for whole factors up to 25, so that nothing faster comes out as something slow. Moments as far apart as samples
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
	factor float64
	filter *lowPass
	taps   []float64
	part   float64     // of a sample that the taps' middle lies behind a sample
	raw    [][]float64 // a signal each
	filled [][]float64 // few samples that are not known are bridged
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
		r.filter, r.taps = newLowPass(factor, half), make([]float64, 2*half+1)
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
	return r.filter.half + r.bridged() + 2
}

// bridged is the most samples in a row that are bridged: those of one value.
func (r *Resampler) bridged() int { return max(leastBridged, int(math.Ceil(r.factor))) }

// Load takes signals of one length, which must not change until the next: all of
// them, or Reach samples more to either side than are asked for.
func (r *Resampler) Load(signals [][]float64) {
	r.raw = signals
	if r.rule != ruleFilter {
		return
	}
	for len(r.filled) < len(signals) {
		r.filled = append(r.filled, nil)
	}
	for k, x := range signals {
		r.filled[k] = append(r.filled[k][:0], x...)
		bridge(r.filled[k], r.bridged())
	}
}

// At puts into out what each signal is at a moment, in samples from its first one; NaN
// before it and behind the last one.
func (r *Resampler) At(moment float64, out []float64) {
	for k, x := range r.raw {
		out[k] = math.NaN()
		if moment >= 0 && moment <= float64(len(x)-1) {
			out[k] = r.at(k, moment)
		}
	}
}

// at returns signal k at a moment within it.
func (r *Resampler) at(k int, moment float64) float64 {
	x, at := r.raw[k], int(moment)
	part := moment - float64(at)
	switch r.rule {
	case ruleOwn:
		return known(x[int(math.Ceil(moment))])
	case ruleHold:
		return known(x[at])
	}
	if !isKnown(x[at]) || part > 0 && !isKnown(x[at+1]) {
		return math.NaN()
	}
	if r.rule == ruleFilter {
		return r.filtered(r.filled[k], at, part)
	}
	if part == 0 {
		return x[at]
	}
	return float64((1-part)*x[at]) + float64(part*x[at+1])
}

// filtered returns a signal under the filter about a moment that lies a part of a
// sample behind one.
func (r *Resampler) filtered(x []float64, at int, part float64) float64 {
	if part != r.part {
		r.filter.about(part, r.taps)
		r.part = part
	}
	from := at - r.filter.half
	if to := from + len(r.taps); from >= 0 && to <= len(x) {
		if v := Dot(r.taps, x[from:to]); isKnown(v) {
			return v
		}
	}
	first, last := stretch(x, at, r.filter.half+1)
	whole := mirrored(x[first : last+1])
	sum := 0.
	for i, tap := range r.taps {
		sum += float64(tap * whole.at(from+i-first))
	}
	return sum
}

// stretch returns the first and the last sample of what is known without a gap about
// a sample, at most so far from it.
func stretch(x []float64, at, far int) (first, last int) {
	first, last = at, at
	for first > max(0, at-far) && isKnown(x[first-1]) {
		first--
	}
	for last < min(len(x)-1, at+far) && isKnown(x[last+1]) {
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
