package synth

import (
	"math"
	"sort"

	"github.com/autolfads/autolfads/rng"
)

// Reaches, in s and mm: how long one takes, how long at most the hand rests before it,
// half the side of the square that targets are in, and how near the next one may be.
const (
	shortestReach, longestReach = .4, .7
	longestRest                 = .15
	halfSquare                  = 50.
	nearestTarget               = 20.
)

// oscillationHz is how often a second the direction of a reach turns while it lasts.
const oscillationHz = 2.

// point is a place, a velocity or a direction in the plane.
type point [2]float64

// reach is one movement to a target. Times are in s.
type reach struct {
	shown, moves, ends float64 // the target shows; the hand begins to move; it is there
	from, to           point   // mm
	direction          point   // from there to there, of length 1
}

// drawReaches draws one reach after the other, the first from the square's middle, until
// they last so many seconds.
func drawReaches(key rng.Key, seconds float64) []reach {
	src := rng.NewSource(key)
	var all []reach
	for now, at := 0., (point{}); now < seconds; {
		r := reach{shown: now, from: at}
		r.moves = now + float64(longestRest*src.Float64())
		r.ends = r.moves + shortestReach + float64((longestReach-shortestReach)*src.Float64())
		r.aim(src)
		all = append(all, r)
		now, at = r.ends, r.to
	}
	return all
}

// aim draws a target anywhere in the square, and another if the hand is nearly there.
func (r *reach) aim(src *rng.Source) {
	for {
		for i := range r.to {
			r.to[i] = float64(2*halfSquare*src.Float64()) - halfSquare
		}
		x, y := r.to[0]-r.from[0], r.to[1]-r.from[1]
		if distance := math.Sqrt(float64(x*x) + float64(y*y)); distance >= nearestTarget {
			r.direction = point{x / distance, y / distance}
			return
		}
	}
}

// hand is what a reach is at a moment.
type hand struct {
	position, velocity point // mm, mm/s
	target, direction  point // mm; of length 1
	turning            point // the direction turned, of a length that comes and goes with the reach
}

// at returns the hand at a moment; before the reach it rests.
func (r *reach) at(moment float64) hand {
	h := hand{target: r.to, direction: r.direction}
	lasts := r.ends - r.moves
	s := min(max((moment-r.moves)/lasts, 0), 1)
	along, speed := minimumJerk(s)
	for i := range h.position {
		whole := r.to[i] - r.from[i]
		h.position[i] = r.from[i] + float64(whole*along)
		h.velocity[i] = whole * speed / lasts
	}
	h.turning = r.turned(s)
	return h
}

// minimumJerk is the share of the way that a movement from rest to rest of the least jerk
// has made after a share s of its time, and its change with s (Flash and Hogan 1985).
func minimumJerk(s float64) (along, speed float64) {
	rest := 1 - s
	along = float64(s * s * s * (10 + float64(s*(float64(6*s)-15))))
	return along, float64(30 * s * s * rest * rest)
}

// turned is the direction of the reach, turned steadily after a share s of its time: its
// length is 0 at both ends and 1 in the middle.
func (r *reach) turned(s float64) point {
	sin, cos := sineOfTurn(float64(oscillationHz * s * (r.ends - r.moves)))
	_, whole := sineOfTurn(s)
	length := (1 - whole) / 2
	x, y := r.direction[0], r.direction[1]
	return point{
		float64(length * (float64(cos*x) - float64(sin*y))),
		float64(length * (float64(sin*x) + float64(cos*y))),
	}
}

// handAt returns the hand at a moment of reaches that follow each other.
func handAt(all []reach, moment float64) hand {
	i := sort.Search(len(all), func(i int) bool { return all[i].ends > moment })
	return all[min(i, len(all)-1)].at(moment)
}
