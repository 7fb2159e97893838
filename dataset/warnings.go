package dataset

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Beyond these, numbers are possible but hardly meant.
const (
	mostRateHz   = 500 // mean rate of a neuron
	outlier      = 10  // times the largest count that is there not only now and then
	leastBinMs   = .1
	mostBinMs    = 1e4
	mostExternal = 1e3 // inputs are best of the size of 1
)

// Warnings tells what of a dataset is possible but hardly meant, in sentences:
// a model can be made, and may not be of what it seems. The same dataset has
// the same warnings at any time.
func (d *Dataset) Warnings(e Expected) []string {
	w := slices.Clone(d.notes)
	w = append(w, d.binWidthWarnings()...)
	if e.Counts() {
		w = append(w, d.countWarnings()...)
	}
	w = append(w, d.missingWarnings()...)
	if !d.alone { // what concerns training and scores
		if e.Counts() {
			w = append(w, d.silentWarnings()...)
		} else {
			w = append(w, d.numberWarnings(e)...)
		}
		w = append(w, d.leaks()...)
		w = append(w, d.oneSided()...)
	}
	for _, s := range d.splits() {
		w = append(w, s.valueWarnings()...)
	}
	if n := d.Numbering(); n.Trouble {
		w = append(w, n.Note)
	}
	return w
}

func (d *Dataset) binWidthWarnings() []string {
	ms := float64(d.BinWidth) / float64(time.Millisecond)
	switch {
	case ms > 0 && ms < leastBinMs:
		return []string{fmt.Sprintf("bins are %v wide: if %s is in seconds, it should be %g", d.BinWidth, attrBinWidth, 1000*ms)}
	case ms > mostBinMs:
		return []string{fmt.Sprintf("bins are %v wide: if %s is in microseconds, it should be %g", d.BinWidth, attrBinWidth, ms/1000)}
	}
	return nil
}

// countWarnings looks at the spikes of training and validation trials.
func (d *Dataset) countWarnings() []string {
	all := newStatistics(d.splits()[0].counts().Features)
	var w []string
	for _, s := range d.splits() {
		if s.counts().Features != len(all.spikes) {
			continue // a test split of held-in neurons
		}
		before := all.max
		all.add(s.counts())
		if all.max > before {
			all.where = s.name
		}
	}
	w = append(w, d.rateWarnings(all)...)
	w = append(w, d.outlierWarnings(all)...)
	if all.divisor > 1 && all.nonzero >= leastMultiples {
		w = append(w, d.scaledWarning(all.divisor))
	}
	return w
}

// leastMultiples of a number are no chance: half of all counts are odd, or
// nearly.
const leastMultiples = 20

func (d *Dataset) scaledWarning(divisor uint32) string {
	text := fmt.Sprintf("every count is a multiple of %d: they look scaled", divisor)
	if perSecond := math.Round(1 / d.BinWidth.Seconds()); d.BinWidth > 0 && perSecond == float64(divisor) {
		text += fmt.Sprintf(", to spikes per second (a bin of %v is 1/%d s)", d.BinWidth, divisor)
	}
	return text + fmt.Sprintf("; divide them by %d", divisor)
}

func (d *Dataset) rateWarnings(all *statistics) []string {
	if d.BinWidth == 0 {
		return nil
	}
	fast, fastest, most := 0, 0, 0.
	for n, spikes := range all.spikes {
		hz := spikes / float64(max(all.bins[n], 1)) / d.BinWidth.Seconds()
		if hz > mostRateHz {
			fast++
		}
		if hz > most {
			fastest, most = n, hz
		}
	}
	if fast == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d of %d neurons fire at more than %d Hz on average (neuron %d: %.0f Hz): are these counts of spikes, or fill values of what was not observed (make those NaN), and are bins %v wide?",
		fast, len(all.spikes), mostRateHz, d.Place(fastest), most, d.BinWidth)}
}

func (d *Dataset) outlierWarnings(all *statistics) []string {
	usual, ok := all.usual()
	if !ok || float64(all.max) <= outlier*max(float64(usual), 5) {
		return nil
	}
	_, key := d.keys().keysOf(all.where)
	var a *Array
	for _, s := range d.splits() {
		if s.name == all.where {
			a = s.counts()
		}
	}
	trial, bin, neuron := a.place(all.at)
	return []string{fmt.Sprintf("%s: trial %d, bin %d, neuron %d is %g, and hardly any other count is above %d: an artefact?",
		key, trial, bin, d.Place(neuron), all.max, usual)}
}

// silentWarnings names neurons that were observed in training trials without a
// spike: a model learns of them that they are silent.
func (d *Dataset) silentWarnings() []string {
	observed := d.Train.counts().Observed()
	train, valid := sums(d.Train.counts(), 2), sums(d.Valid.counts(), 2)
	var never, later []int
	fires := false // any, in validation trials
	for n := range train {
		fires = fires || valid[n] != 0
		switch {
		case train[n] != 0 || observed[n] == 0:
		case valid[n] == 0:
			never = append(never, d.Place(n))
		default:
			later = append(later, d.Place(n))
		}
	}
	var w []string
	if !fires {
		w = append(w, "no neuron fires in any validation trial: scores mean nothing")
	}
	if len(never) > 0 {
		w = append(w, fmt.Sprintf("%s: never a spike; better leave them out", neurons(never, len(train))))
	}
	if len(later) > 0 {
		w = append(w, fmt.Sprintf("%s: spikes in validation trials, none in training trials", neurons(later, len(train))))
	}
	return w
}

// neurons names some neurons.
func neurons(n []int, of int) string { return someOf(n, of, "neurons") }

// someOf says how many some of all are, and lists the first few.
func someOf(n []int, of int, what string) string {
	return fmt.Sprintf("%d of %d %s (%s)", len(n), of, what, few(n))
}

// few lists the first few numbers.
func few(n []int) string {
	const most = 8
	names := make([]string, 0, most)
	for _, i := range n[:min(len(n), most)] {
		names = append(names, fmt.Sprint(i))
	}
	list := strings.Join(names, ", ")
	if len(n) > most {
		list += ", ..."
	}
	return list
}

// leaks finds validation trials that are training trials, too. A trial with
// few spikes may be another's equal by chance.
func (d *Dataset) leaks() []string {
	seen := map[uint64]int{}
	for i := range d.Train.Trials() {
		if t := d.Train.counts().Trial(i); distinctive(t) {
			seen[hashOf(t)] = i
		}
	}
	leaked, example := 0, ""
	for i := range d.Valid.Trials() {
		t := d.Valid.counts().Trial(i)
		j, twice := seen[hashOf(t)]
		if !twice || !alike(t, d.Train.counts().Trial(j)) {
			continue
		}
		if leaked == 0 {
			example = fmt.Sprintf("trial %d is training trial %d", i, j)
		}
		leaked++
	}
	if leaked == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d of %d validation trials are training trials (%s): scores are those of trials that the model was trained on",
		leaked, d.Valid.Trials(), example)}
}

// distinctive reports whether a trial has so many spikes that no other is
// likely to be its equal.
func distinctive(trial []float32) bool {
	const least = 10
	n := 0
	for _, v := range trial {
		if v != 0 && !IsMissing(v) {
			if n++; n == least {
				return true
			}
		}
	}
	return false
}

func hashOf(trial []float32) (h uint64) {
	for _, v := range trial {
		h = mix(h, v)
	}
	return h
}

// valueWarnings looks at what goes with the spikes.
func (s *namedSplit) valueWarnings() []string {
	var w []string
	for _, p := range []struct {
		suffix string
		a      *Array
		least  float64
	}{
		{suffixTruth, s.Truth, 0},
		{suffixLatents, s.Latents, math.Inf(-1)},
		{suffixBehavior, s.Behavior, math.Inf(-1)},
	} {
		if p.a == nil {
			continue
		}
		strange := 0
		for _, v := range p.a.Data {
			if v-v != 0 || float64(v) < p.least {
				strange++
			}
		}
		if strange > 0 {
			what := "NaN or infinite"
			if p.least == 0 {
				what = "NaN, infinite or negative"
			}
			w = append(w, fmt.Sprintf("%s%s: %d of %d values are %s: scores leave them out, or are left out", s.name, p.suffix, strange, len(p.a.Data), what))
		}
	}
	if s.External != nil {
		if most := largest(s.External); most > mostExternal {
			w = append(w, fmt.Sprintf("%s%s reaches %g: training goes better with inputs of the size of 1; scale them", s.name, suffixExternal, most))
		}
	}
	return w
}

func largest(a *Array) float64 {
	most := 0.
	for _, v := range a.Data {
		most = max(most, math.Abs(float64(v)))
	}
	return most
}
