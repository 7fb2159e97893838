package synth

import (
	"fmt"

	"github.com/autolfads/autolfads/rng"
)

// interval is a condition: what interval, in ms, is measured, of which prior, and what
// produces it.
type interval struct {
	sample, priorMean float64 // ms
	short, eye        bool
}

// intervals are all conditions: of the short prior with the hand, then with the eye, and
// so of the long one.
func intervals() (all []interval) {
	for _, prior := range []struct {
		first, step, mean float64
		short             bool
	}{{480, 80, 640, true}, {800, 100, 1000, false}} {
		for _, eye := range []bool{false, true} {
			for i := range 5 {
				all = append(all, interval{prior.first + float64(float64(i)*prior.step), prior.mean, prior.short, eye})
			}
		}
	}
	return all
}

// words name a condition.
func (c *interval) words() string {
	prior, effector := "long", "hand"
	if c.short {
		prior = "short"
	}
	if c.eye {
		effector = "eye"
	}
	return fmt.Sprintf("%s, %s, %.0f ms", prior, effector, c.sample)
}

// usual is the interval, in ms, that is produced on average: it is drawn to the prior's
// mean.
func (c *interval) usual() float64 { return float64(.9*c.sample) + float64(.1*c.priorMean) }

// Variability: of produced intervals, a share of the measured one (Weber's law), and of
// the speed of the state, a share of what the produced interval needs.
const (
	weberFraction = .1
	speedNoise    = .05
)

// timingTrial is one trial of a condition.
type timingTrial struct {
	*interval
	produced float64 // ms from set to go
	speed    float64 // of the state, in paths per ms
}

// drawTiming draws a trial. An interval that would not fit in front of go is drawn again:
// one in 200 of the longest, and hardly any other.
func drawTiming(c *interval, key rng.Key) timingTrial {
	src := rng.NewSource(key)
	t := timingTrial{interval: c}
	for t.produced < shortestProduced || t.produced > longestProduced {
		t.produced = c.usual() + float64(weberFraction*c.sample*src.Normal())
	}
	t.speed = (1 + float64(speedNoise*src.Normal())) / t.produced
	return t
}

// Produced intervals, in ms, that a trial has room for, with a bin at least before set.
const (
	windowMs         = timingBins * float64(timingBin) / 1e6
	shortestProduced = 50.
	longestProduced  = windowMs - 10
)

// usualTrial is one without noise.
func usualTrial(c *interval) timingTrial { return timingTrial{c, c.usual(), 1 / c.usual()} }

// set is the bin in which the second of the two signals comes, from which the interval is
// produced.
func (t *timingTrial) set() int { return int((windowMs - t.produced) / (float64(timingBin) / 1e6)) }

// timingStates is the number of states: four of the path, the time measured, prior and
// effector.
const timingStates = 7

// The path is a curve on a torus, of the same speed everywhere: half a turn of one
// circle, a whole of another of half its radius.
const (
	wideRadius, narrowRadius = 1.5, .75
	wideTurns, narrowTurns   = .5, 1.
)

// unitMs is the unit of the time measured, which is 0 at the prior's mean, in ms.
const unitMs = 400.

// state is that of the trial, so many ms before go.
func (t *timingTrial) state(beforeGo float64) (s [timingStates]float64) {
	sinceSet := t.produced - beforeGo
	along := float64(max(sinceSet, 0) * t.speed)
	wideSin, wideCos := sineOfTurn(float64(wideTurns * along))
	narrowSin, narrowCos := sineOfTurn(float64(narrowTurns * along))
	measured := min(max(sinceSet+t.sample, 0), t.sample)
	return [timingStates]float64{
		wideRadius * wideCos, wideRadius * wideSin, narrowRadius * narrowCos, narrowRadius * narrowSin,
		(measured - t.priorMean) / unitMs, sign(t.short), sign(t.eye),
	}
}

// sign is 1 for true and -1 for false.
func sign(is bool) float64 {
	if is {
		return 1
	}
	return -1
}
