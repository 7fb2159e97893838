package synth

import (
	"math"

	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

// muscle turns strides into the envelope of its activity: a baseline, and one or
// two bumps at phases of its own.
type muscle struct {
	number     int
	base, gain float64
	bumps      []bump
}

// bump is a von Mises function of the phase, height at its centre.
type bump struct{ sin, cos, concentration, height float64 }

// newMuscle draws muscle i: a gain of .5 to 1.5, a baseline of 4 to 10 % of it,
// a bump of height 1 and, in every other muscle, one of .3 to .8 about half a
// step later. Centres of all muscles cover the step evenly, by the golden ratio.
// Concentrations of 3 to 9 are standard deviations of 55 to 30 ms at 1.7 steps/s.
func newMuscle(seed uint64, i int) muscle {
	src := rng.NewSource(rng.Derive(seed, rng.Synthesis, emgMuscles, uint64(i)))
	between := func(low, high float64) float64 { return low + float64((high-low)*src.Float64()) }
	const golden = 2 - math.Phi
	centre := float64(golden*float64(i)) + between(-.05, .05)
	m := muscle{number: i, gain: between(.5, 1.5)}
	m.base = m.gain * between(.04, .1)
	m.bumps = append(m.bumps, newBump(centre, between(3, 9), 1))
	if i%2 == 1 {
		m.bumps = append(m.bumps, newBump(centre+between(.4, .6), between(3, 9), between(.3, .8)))
	}
	return m
}

func newBump(centre, concentration, height float64) bump {
	sin, cos := sineOfTurn(centre)
	return bump{sin, cos, concentration, height}
}

// envelope is the expected activity of the muscle in a bin.
func (m *muscle) envelope(g *gait, s *stride) float64 {
	sum := 0.
	for _, b := range m.bumps {
		near := float64(s.cos*b.cos) + float64(s.sin*b.sin) // cosine of the phase from the centre
		sum += float64(b.height * maths.Exp(float64(b.concentration*(near-1))))
	}
	return m.base + float64(m.gain*sum*s.vigour*g.modulation(s, 1+m.number, muscleSD))
}
