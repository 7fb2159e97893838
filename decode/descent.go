package decode

import "math"

// descent minimises a smooth convex function whose curvature at the start is
// about 1 in every direction: L-BFGS (Nocedal 1980) with steps cut back until
// they lead down. It asks for the function at a point and is told: many can be
// evaluated together.
type descent struct {
	x, gradient []float64 // the best point so far
	value       float64
	direction   []float64
	slope, step float64
	point       []float64 // where it asks for the function
	pairs       []pair    // past steps, the newest last
	started     bool
}

// pair is a past step and what it changed the gradient by.
type pair struct {
	step, change []float64
	product      float64
}

// remembered is how many past steps are used.
const remembered = 20

func newDescent(start []float64) *descent {
	n := len(start)
	return &descent{x: start, point: append([]float64(nil), start...), gradient: make([]float64, n), direction: make([]float64, n)}
}

// told takes the function and its gradient at point, and moves there if that is
// better.
func (d *descent) told(value float64, gradient []float64) (moved bool) {
	if d.started {
		if slope := dot(gradient, d.direction); !d.better(value, slope) {
			d.step *= shorter(d.slope, slope)
			d.aim()
			return false
		}
		d.remember(gradient)
	}
	d.started = true
	d.arrive(value, gradient)
	return true
}

// better reports whether the function fell as the slope at the start promises,
// or, where rounding hides that, the slope itself fell.
func (d *descent) better(value, slope float64) bool {
	if !(value <= d.value+float64(1e-4*d.step*d.slope)) {
		return value <= d.value+float64(1e-12*(1+math.Abs(d.value))) && math.Abs(slope) <= .9*math.Abs(d.slope)
	}
	return true
}

// shorter returns the factor by which a step that led too far is cut: where the
// slope would be 0 if it were a straight line.
func shorter(before, after float64) float64 {
	if f := before / (before - after); f >= .1 {
		return min(f, .5)
	}
	return .1
}

func (d *descent) arrive(value float64, gradient []float64) {
	copy(d.x, d.point)
	copy(d.gradient, gradient)
	d.value = value
	d.turn()
	d.step = 1
	d.aim()
}

func (d *descent) aim() {
	copy(d.point, d.x)
	subtract(d.point, d.direction, -d.step)
}

// remember stores the step from x to point.
func (d *descent) remember(gradient []float64) {
	if len(d.pairs) == remembered {
		oldest := d.pairs[0]
		d.pairs = append(d.pairs[:0], d.pairs[1:]...)
		d.pairs = append(d.pairs, oldest)
	} else {
		d.pairs = append(d.pairs, pair{step: make([]float64, len(d.x)), change: make([]float64, len(d.x))})
	}
	p := &d.pairs[len(d.pairs)-1]
	for i := range d.x {
		p.step[i], p.change[i] = d.point[i]-d.x[i], gradient[i]-d.gradient[i]
	}
	p.product = dot(p.step, p.change)
	if !(p.product > 1e-14*dot(p.step, p.step)) { // rounding alone
		d.pairs = d.pairs[:len(d.pairs)-1]
	}
}

// turn sets the direction: minus the gradient, times the inverse of the
// curvature that past steps met.
func (d *descent) turn() {
	v := d.direction
	for i, g := range d.gradient {
		v[i] = -g
	}
	var shares [remembered]float64
	for i := len(d.pairs) - 1; i >= 0; i-- {
		p := &d.pairs[i]
		shares[i] = dot(p.step, v) / p.product
		subtract(v, p.change, shares[i])
	}
	for i := range d.pairs {
		p := &d.pairs[i]
		subtract(v, p.step, dot(p.change, v)/p.product-shares[i])
	}
	d.slope = dot(d.gradient, v)
}

// stuck reports whether steps have become too short to change anything.
func (d *descent) stuck() bool { return d.started && !(d.step > 1e-12 && d.slope < 0) }

func dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += float64(v * b[i])
	}
	return sum
}
