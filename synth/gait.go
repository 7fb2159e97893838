package synth

import (
	"math"

	"github.com/autolfads/autolfads/maths"
	"github.com/autolfads/autolfads/rng"
)

// A trial's cadence is uniform between these, in steps/s, and swings within the
// trial by as much as sway to either side, slowly: swayHz a second.
const (
	slowest, fastest = 1.35, 2.05
	sway             = .15
	swayHz           = .4
)

// Standard deviations of the logarithms of a step's vigour, which all muscles
// share, and of each muscle's own.
const (
	vigourSD = .25
	muscleSD = .1
)

// strideStates is the number of states that describe a stride.
const strideStates = 4

// stride is where in its rhythm a trial is.
type stride struct {
	sin, cos float64 // of the phase
	cadence  float64 // steps/s
	step     int     // since the trial's rhythm began
	blend    float64 // how far the next step's vigour has replaced this one's, 0 to 1
	vigour   float64 // 1 is usual
}

// gait is the rhythm of one trial.
type gait struct {
	key                     rng.Key
	phase, cadence, swaying float64
}

// newGait draws a trial's first phase, cadence and the phase of its sway.
func newGait(key rng.Key) *gait {
	src := rng.NewSource(key)
	return &gait{
		key:     key,
		phase:   src.Float64(),
		cadence: slowest + float64((fastest-slowest)*src.Float64()),
		swaying: src.Float64(),
	}
}

// next returns the stride of the next dt seconds.
func (g *gait) next(dt float64) stride {
	var s stride
	swing, _ := sineOfTurn(g.swaying)
	s.cadence = g.cadence + float64(sway*swing)
	s.sin, s.cos = sineOfTurn(g.phase)
	step := math.Floor(g.phase)
	_, half := sineOfTurn((g.phase - step) / 2)
	s.step, s.blend = int(step), (1-half)/2
	s.vigour = g.modulation(&s, 0, vigourSD)
	g.phase += float64(s.cadence * dt)
	g.swaying += float64(swayHz * dt)
	return s
}

// modulation is a log-normal number of each step, going over smoothly from one
// step to the next. Feature 0 is vigour, the others are muscles.
func (g *gait) modulation(s *stride, feature int, sd float64) float64 {
	before, after := float64(g.key.Normal(s.step, feature)), float64(g.key.Normal(s.step+1, feature))
	return maths.Exp(float64(sd * (before + float64(s.blend*(after-before)))))
}
