package decode

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/autolfads/autolfads/maths"
)

// How near to the minimum a fit ends: about the root of the mean square by which
// log rates are off.
const (
	exactly = 1e-8
	roughly = 1e-5 // for scores of a grid of penalties
	// tolerable is what a fit that took too many steps may be off.
	tolerable = 1e-4
	mostSteps = 2000
)

// poissonFit is the regression of all outputs with one penalty.
type poissonFit struct {
	*poissonProblem
	l2      float64
	courses []*course // of the outputs that have counts
}

// course is the way of one output to its minimum.
type course struct {
	*poissonOutput
	*descent
	frame
	decay  float64   // l2/m
	asked  []float64 // weights at the descent's point, [inputs]
	best   []float64 // and at its best
	sum    float64   // of exp(x'w) over the output's rows, at the best
	wait   int       // steps until it looks at the curvature where it is
	buffer []float64
}

// patience is after how many steps a course looks at the curvature: about as
// many cost as much as the look.
const patience = 30

// fit goes down from start, or from weights of 0, until all outputs are within
// tolerance.
func (p *poissonProblem) fit(w *work, l2 float64, start *poissonFit, tolerance float64) (*poissonFit, error) {
	f := &poissonFit{poissonProblem: p, l2: l2}
	for o := range p.outputs {
		if p.outputs[o].counts > 0 {
			f.courses = append(f.courses, p.newCourse(&p.outputs[o], l2))
		}
	}
	if start != nil {
		for i, c := range f.courses {
			c.startAt(start.courses[i].best)
		}
	}
	active := append([]*course(nil), f.courses...)
	for step := 0; len(active) > 0 && step < mostSteps; step++ {
		if err := p.step(w, active); err != nil {
			return nil, err
		}
		active = remaining(active, tolerance)
		if err := p.look(w, active); err != nil {
			return nil, err
		}
		w.tell(1000*(len(f.courses)-len(active))/len(f.courses), 1000)
	}
	return f, nil
}

func (p *poissonProblem) newCourse(o *poissonOutput, l2 float64) *course {
	c := &course{poissonOutput: o, decay: l2 * o.rows / o.counts, wait: patience}
	c.frame = p.newCommon(c.decay)
	c.asked, c.best, c.buffer = make([]float64, p.p), make([]float64, p.p), make([]float64, p.p)
	c.descent = newDescent(make([]float64, p.p))
	return c
}

// startAt begins anew at weights, in the frame there is.
func (c *course) startAt(weights []float64) {
	start := make([]float64, len(weights))
	c.coordinates(start, weights)
	c.descent = newDescent(start)
}

// step evaluates all at their points.
func (p *poissonProblem) step(w *work, active []*course) error {
	err := w.parallel(len(active), func(_, i int) { active[i].weights(active[i].asked, active[i].point) })
	if err != nil {
		return err
	}
	sums, err := p.sums(w, active)
	if err != nil {
		return err
	}
	return w.parallel(len(active), func(_, i int) { p.tell(active[i], sums[i]) })
}

// look takes the courses that have waited long enough to the frame where they
// are.
func (p *poissonProblem) look(w *work, active []*course) error {
	var due []*course
	for _, c := range active {
		if c.wait--; c.wait == 0 {
			due = append(due, c)
		}
	}
	var spaces [most]*looking
	return w.parallel(len(due), func(worker, i int) {
		if spaces[worker] == nil {
			spaces[worker] = newLooking(whole(p.p + 1))
		}
		c := due[i]
		c.wait = patience
		if f, ok := p.curvature(c, spaces[worker], func() bool { return w.ctx.Err() != nil }); ok {
			c.frame = f
			c.startAt(c.best)
		}
	})
}

// tell gives a course the objective at its point, of sums of exp(x'w) x, and of
// exp(x'w).
func (p *poissonProblem) tell(c *course, sums []float64) {
	sum := sums[p.p]
	value := maths.Log(sum / c.rows)
	gradient := c.buffer
	for i, w := range c.asked {
		value += float64(w * (float64(c.decay*w)/2 - c.cross[i]))
		gradient[i] = sums[i]/sum - c.cross[i] + float64(c.decay*w)
	}
	if !finite(value) {
		value = math.Inf(1)
	}
	c.frame.gradient(gradient)
	if c.told(value, gradient) {
		c.sum = sum
		copy(c.best, c.asked)
	}
}

// off is about the root of the mean square by which log rates differ from those
// of the minimum.
func (c *course) off() float64 {
	if !c.started {
		return math.Inf(1)
	}
	return math.Sqrt(dot(c.descent.gradient, c.descent.gradient))
}

func remaining(active []*course, tolerance float64) []*course {
	kept := active[:0]
	for _, c := range active {
		if c.off() > tolerance && !c.stuck() {
			kept = append(kept, c)
		}
	}
	return kept
}

// check reports an output that is still far from its minimum.
func (f *poissonFit) check() error {
	for _, c := range f.courses {
		if off := c.off(); !(off <= tolerable) {
			return fmt.Errorf("decode: Poisson regression of output %d with the penalty %g: log rates are still off by %.2g after %d steps; take a larger penalty, or inputs of similar size", c.index, f.l2, off, mostSteps)
		}
	}
	return nil
}

// model returns the fit for inputs that are not centred. The intercept of an
// output that was never recorded is NaN.
func (f *poissonFit) model() *Poisson {
	m := &Poisson{Weights: mat.NewDense(f.p, len(f.outputs), nil), L2: f.l2}
	for _, o := range f.outputs {
		m.Intercept = append(m.Intercept, maths.Log(.5/o.rows))
		if o.rows == 0 {
			m.Intercept[o.index] = math.NaN()
		}
	}
	for _, c := range f.courses {
		b := maths.Log(c.counts / c.sum)
		for i, v := range c.best {
			m.Weights.Set(i, c.index, v)
			b -= float64(v * f.meanX[i])
		}
		m.Intercept[c.index] = b
	}
	return m
}

func finite(v float64) bool { return v-v == 0 }
