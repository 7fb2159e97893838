package baselinetest

import (
	"math"
	"time"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/rng"
)

// layout is what a session has.
type layout struct {
	name                             string
	train, conditions                int // trials to learn from; what they are of
	heldIn, heldOut, read, forward   int
	missing, neverObserved, noSpikes bool // bins of some trials; a neuron; another neuron
}

// layouts are sessions of all kinds that a method has to take.
var layouts = []layout{
	{name: "all neurons read", train: 20, conditions: 4, heldIn: 8, read: 25},
	{name: "held-out neurons", train: 20, conditions: 4, heldIn: 6, heldOut: 3, read: 25},
	{name: "forward bins", train: 20, conditions: 4, heldIn: 7, read: 20, forward: 9},
	{name: "held-out neurons, forward bins, bins missing", train: 20, conditions: 4, heldIn: 6, heldOut: 3, read: 20, forward: 6, missing: true},
	{name: "neurons never observed, or silent", train: 20, conditions: 4, heldIn: 6, heldOut: 4, read: 20, forward: 3, neverObserved: true, noSpikes: true},
	{name: "few trials", train: 3, conditions: 2, heldIn: 5, heldOut: 2, read: 25},
	{name: "one trial, one condition", train: 1, conditions: 1, heldIn: 5, heldOut: 1, read: 25},
}

// session makes spikes of the layout, in bins of 20 ms. Trials of a condition share
// the phase of a slow oscillation, and each has an amplitude of its own.
func (l layout) session() *dataset.Dataset {
	return &dataset.Dataset{Name: l.name, BinWidth: 20 * time.Millisecond, Train: l.split(1, l.train), Valid: l.split(2, 6), Test: l.split(3, 4)}
}

func (l layout) split(part uint64, trials int) *dataset.Split {
	src := rng.NewSource(rng.Derive(11, rng.Synthesis, part))
	counts := dataset.NewArray(trials, l.read+l.forward, l.heldIn+l.heldOut)
	s := &dataset.Split{Recon: counts, Condition: make([]int64, trials)}
	for trial := range trials {
		s.Condition[trial] = int64(trial % l.conditions)
		phase, amplitude := float64(s.Condition[trial]), .6+.6*src.Float64()
		for bin := range counts.Bins {
			row := counts.Bin(trial, bin)
			for n := range row {
				rate := .5 * math.Exp(amplitude*math.Sin(phase+float64(bin)/5+float64(n%3)))
				row[n] = l.datum(trial, bin, n, count(src, rate))
			}
		}
	}
	s.Encod = dataset.NewArray(trials, l.read, l.heldIn)
	for trial := range trials {
		for bin := range l.read {
			copy(s.Encod.Bin(trial, bin), counts.Bin(trial, bin))
		}
	}
	return s
}

// datum is what a file would have of a count: NaN where it was not observed.
func (l layout) datum(trial, bin, neuron int, count float32) float32 {
	last := l.heldIn + l.heldOut - 1
	switch {
	case l.missing && (trial%5 == 1 && bin < 6 || trial%5 == 2 && neuron == 0 || trial == 3),
		l.neverObserved && neuron == last:
		return float32(math.NaN())
	case l.noSpikes && (neuron == 0 || neuron == last-1):
		return 0
	}
	return count
}

// count draws from a Poisson distribution.
func count(src *rng.Source, rate float64) (n float32) {
	for p := src.Float64(); p > math.Exp(-rate); n++ {
		p *= src.Float64()
	}
	return n
}
