package page

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// How much of a run is kept for its page, in numbers of 8 bits: a page is opened at once, and
// sent by mail.
const (
	mostTrials     = 48
	leastTrials    = 8      // before neurons are left out
	mostBins       = 40_000 // of all trials together
	mostOfRates    = 200_000
	mostOfFactors  = 60_000
	mostOfMeans    = 100_000
	mostOfSpace    = 200_000 // components of mostBins
	mostOfBehavior = 200_000
	mostConditions = 64
	mostOutputs    = 16 // of behaviour
	leastOutputs   = 2  // before there is no plane
	components     = 5
	leastOfSpace   = 3 // components, before means by condition are left out: a picture has three
)

// Ended is a run that ends, as far as its page shows it.
type Ended struct {
	Data   *dataset.Dataset // of the run
	Judged *dataset.Dataset // whose Valid are the trials that the model is judged by; nil: it has seen all

	Counts  bool           // the data are spike counts
	Rates   *dataset.Array // of the trials that are judged, in the data's numbers: of counts, per bin
	Factors *dataset.Array // of the same; nil: none
	Inputs  *dataset.Array // inferred inputs, means of the posterior; nil: none
	Decoded *dataset.Array // behaviour as decoded from the rates; nil: not known

	PSTHKernel time.Duration // by which PSTHs of the data are smoothed; 0: not known
}

// sampler makes a sample.
type sampler struct {
	*Ended
	d       *dataset.Dataset // Judged
	trials  []int            // shown, ascending
	neurons []int            // shown, in the order of the data file
	bins    int              // shown, from the first on
	unit    string
	rows    *rows
}

// sample makes the sample of a run; nil if no trials are left that the model has not seen. It
// stops soon when ctx ends, with its error.
func (e *Ended) sample(ctx context.Context) (*Sample, error) {
	if e.Judged == nil || e.Rates == nil || e.Rates.Trials == 0 {
		return nil, nil
	}
	s := &sampler{Ended: e, d: e.Judged, unit: e.unit()}
	s.rows = newRows(s.d)
	s.choose()
	d := s.d
	out := &Sample{
		Split: d.Judged(), Note: s.note(), BinMs: float64(d.BinWidth) / float64(time.Millisecond), Bins: s.bins, Read: min(s.bins, d.Valid.Encod.Bins),
		Unit: s.unit, Counts: e.Counts, Conditions: s.rows.conditions, Directed: s.rows.directed,
		Trials: s.shown(), Neurons: s.names(),
		Rates: pack(s.cut(e.Rates)), FactorsOf: features(e.Factors), Factors: s.first(e.Factors), Inputs: s.first(e.Inputs),
	}
	out.Spikes = s.spikes()
	if d.Valid.Truth != nil {
		out.Truth = pack(s.cut(d.Valid.Truth))
	}
	for _, step := range []func(*Sample) error{s.space, s.means, s.behavior} {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := step(out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// unit is that of rates as they are shown.
func (e *Ended) unit() string {
	switch {
	case e.Counts && e.Data.BinWidth > 0:
		return "spikes/s"
	case e.Counts:
		return "spikes/bin"
	case e.scale() != nil:
		return e.scale().Unit
	}
	return "the data's numbers"
}

// scale is that of the data; nil, for their numbers as they are, where it is in another order
// than they.
func (e *Ended) scale() *dataset.Scale {
	if e.Counts || e.Data.Order != nil {
		return nil
	}
	return e.Data.Scale
}

// choose chooses what is shown: as many trials as have room with all neurons, but not too few,
// unless they are long.
func (s *sampler) choose() {
	all := s.Rates
	s.bins = min(all.Bins, mostBins)
	room := max(1, mostOfRates/s.bins) // rows of one neuron
	trials := min(all.Trials, mostTrials, max(leastTrials, room/max(1, all.Features)), mostBins/s.bins)
	s.trials = s.rows.stratified(trials)
	order := spread(all.Features, all.Features)
	slices.SortFunc(order, func(a, b int) int { return s.d.InFile(a) - s.d.InFile(b) })
	s.neurons = picked(order, spread(all.Features, max(1, room/len(s.trials))))
}

// note says what is shown of how much.
func (s *sampler) note() string {
	all := s.Rates
	text := "Shown: " + amount(len(s.trials), all.Trials, s.d.Judged()+" trials")
	if len(s.trials) < all.Trials {
		text += s.rows.alike(len(s.trials))
	}
	text += "; " + amount(len(s.neurons), all.Features, s.features())
	if s.bins < all.Bins {
		text += fmt.Sprintf("; the first %d of %d bins", s.bins, all.Bins)
	}
	if n := s.rows.of; n > len(s.rows.conditions) {
		text += fmt.Sprintf("; %d of %d conditions", len(s.rows.conditions), n)
	}
	return text + ". Numbers are rounded to 8 bits; the run's outputs have all trials, neurons and digits."
}

// features is what those of the data are called.
func (e *Ended) features() string {
	if e.Counts {
		return "neurons"
	}
	return "channels"
}

// amount says how many of how many things, which are called by their plural.
func amount(n, of int, things string) string {
	switch {
	case of == 1:
		return "1 " + strings.TrimSuffix(things, "s")
	case n == of:
		return fmt.Sprintf("all %d %s", n, things)
	}
	return fmt.Sprintf("%d of %d %s", n, of, things)
}

// cut takes what is shown of [trials, bins, neurons], in the unit of the page.
func (s *sampler) cut(a *dataset.Array) *dataset.Array {
	return s.inUnit(a.Pick(s.trials).FirstBins(s.bins).Columns(s.neurons), s.neurons)
}

// inUnit brings numbers of some neurons to the unit of the page. It changes a.
func (s *sampler) inUnit(a *dataset.Array, neurons []int) *dataset.Array {
	scale, factor := s.scale(), 1.
	if s.Counts && s.d.BinWidth > 0 {
		factor = 1 / s.d.BinWidth.Seconds()
	}
	for i, v := range a.Data {
		at := float64(v) * factor
		if scale != nil {
			n := neurons[i%a.Features]
			at = at * scale.Factor[n]
			if scale.Offset != nil {
				at += scale.Offset[n]
			}
		}
		a.Data[i] = float32(at)
	}
	return a
}

// spikes are what was measured: counts as they are, signals in their unit.
func (s *sampler) spikes() *Array {
	if !s.Counts {
		return pack(s.cut(s.d.Valid.Recon))
	}
	return packCounts(s.d.Valid.Recon.Pick(s.trials).FirstBins(s.bins).Columns(s.neurons))
}

// first takes the first features of what is no neuron's, as many as have room; nil of nil.
func (s *sampler) first(a *dataset.Array) *Array {
	if a == nil || a.Features == 0 {
		return nil
	}
	bins := min(a.Bins, s.bins)
	n := min(a.Features, max(1, mostOfFactors/(len(s.trials)*bins)))
	return pack(a.Pick(s.trials).Part(0, bins, 0, n))
}

func features(a *dataset.Array) int {
	if a == nil {
		return 0
	}
	return a.Features
}
