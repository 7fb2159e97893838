package synth

import (
	"math"

	"github.com/autolfads/autolfads/rng"
)

// joints is their number; each is a damped pendulum that muscles drive.
const joints = 3

// The pendulums' constants. A muscle's force follows its envelope by a low-pass
// filter of the first order, as that of the muscle's chemistry.
const (
	forceSeconds = .04
	damping      = .5   // ratio to critical
	pull         = 6000 // deg/s^2 of all muscles at an envelope of 1, were they one
)

// swings are the joints' own frequencies in Hz.
var swings = [joints]float64{1.2, 1.7, 2.4}

// limb is what muscles move.
type limb struct {
	pulls                         [joints][]float64 // deg/s^2 for a force of 1, by muscle
	force                         []float64         // by muscle
	angle, velocity, acceleration [joints]float64   // deg, deg/s, deg/s^2
}

// newLimb draws how muscles pull. Muscle i is of joint i mod 3, which its muscles
// bend and stretch by turns; it pulls a little at the others.
func newLimb(seed uint64, muscles int) *limb {
	l := &limb{force: make([]float64, muscles)}
	key := rng.Derive(seed, rng.Synthesis, emgPulls)
	unit := pull / math.Sqrt(float64(muscles))
	for j := range l.pulls {
		l.pulls[j] = make([]float64, muscles)
		for i := range l.pulls[j] {
			switch {
			case i%joints != j:
				l.pulls[j][i] = unit * .3 * (float64(2*key.Float64(i, j)) - 1)
			case i/joints%2 == 0:
				l.pulls[j][i] = unit
			default:
				l.pulls[j][i] = -unit
			}
		}
	}
	return l
}

// rest takes the limb back to where it hangs still.
func (l *limb) rest() {
	clear(l.force)
	l.angle, l.velocity, l.acceleration = [joints]float64{}, [joints]float64{}, [joints]float64{}
}

// move takes the limb dt seconds on, under these envelopes: first velocities,
// then angles with the new velocities (semi-implicit Euler), so that
// accelerations are exactly the second differences of angles.
func (l *limb) move(envelopes []float64, dt float64) {
	for i, e := range envelopes {
		l.force[i] += float64((e - l.force[i]) * (dt / forceSeconds))
	}
	for j := range l.angle {
		own := 2 * math.Pi * swings[j]
		a := -float64(2*damping*own*l.velocity[j]) - float64(own*own*l.angle[j])
		for i, f := range l.force {
			a += float64(l.pulls[j][i] * f)
		}
		l.acceleration[j] = a
		l.velocity[j] += float64(a * dt)
		l.angle[j] += float64(l.velocity[j] * dt)
	}
}
