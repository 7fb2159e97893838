package report

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/autolfads/autolfads/dataset"
)

// Colouring says which colour of a circle of hues each trial, or condition, has; of
// conditions that have an order, which from dark to light.
type Colouring struct {
	Angles   []float64 // in radians; NaN: none, grey
	Directed bool      // the angles are directions of movement; else they only tell conditions apart
	Names    []string  // of the conditions, from the angle 0 on in equal steps; none: not conditions
	Ordered  bool      // conditions are drawn from dark to light, in the order of Names, and have no Angles
}

// colour is that of a trial, or condition.
func (c *Colouring) colour(i int) color.RGBA {
	if c.Ordered {
		return c.named(i)
	}
	return direction(c.Angles[i])
}

// lightest is the light end of conditions in their order: a thin line of a lighter shade is
// hard to see on paper.
const lightest = .3

// named is the colour of a condition in the key.
func (c *Colouring) named(i int) color.RGBA {
	if c.Ordered {
		return shade(1 - (1-lightest)*float64(i)/math.Max(1, float64(len(c.Names)-1)))
	}
	return direction(evenly(i, len(c.Names)))
}

// namedColours is how many conditions are named with their colours.
const namedColours = 6

// drawKey says at the page's top right what the colours are.
func (c *Colouring) drawKey(page draw.Canvas) {
	switch {
	case c.Directed:
		drawWheel(page, "direction of movement")
	case c.Ordered && len(c.Names) > namedColours: // ends and middle tell of all between
		last := len(c.Names) - 1
		c.drawNames(page, []int{0, last / 2, last})
	case len(c.Names) > namedColours:
		drawWheel(page, fmt.Sprintf("%d conditions, in their order from the right on", len(c.Names)))
	case len(c.Names) > 1:
		all := make([]int, len(c.Names))
		for i := range all {
			all[i] = i
		}
		c.drawNames(page, all)
	}
}

// drawNames names some conditions beside their colours, from left to right.
func (c *Colouring) drawNames(page draw.Canvas, which []int) {
	p := panel{Canvas: page}
	at := vg.Point{X: page.Max.X - margin, Y: page.Max.Y - margin - titleSize}
	for _, i := range slices.Backward(which) {
		at = legendEntry(&p, at, shortened(c.Names[i], 14), c.named(i))
	}
}

// evenly is the angle of one of n conditions.
func evenly(i, n int) float64 { return 2 * math.Pi * float64(i) / float64(n) }

// ColouringOf colours the trials of a split by the direction in which their condition
// moves, or they do, if some behaviour is of a plane, else by their condition.
func ColouringOf(d *dataset.Dataset, s *dataset.Split) Colouring {
	all := conditionsOf(d, s)
	of := all.colouring()
	c := Colouring{Angles: make([]float64, s.Trials()), Directed: of.Directed, Names: of.Names}
	for i := range c.Angles {
		c.Angles[i] = of.Angles[all.row[0][i]]
	}
	if plane := planarOf(d, s); plane != nil && all.numbers == nil {
		c.Directed = true
		movements := plane.of(s.Behavior)
		for i := range c.Angles {
			c.Angles[i] = angleOf(plane.velocity, blockOf(movements, i))
		}
	}
	return c
}

// conditions are those of some splits.
type conditions struct {
	names   []string
	numbers []int64 // ascending; nil: no trial has one, all are of one group
	angles  []float64
	row     [][]int // of each trial of each split, which condition it is of
}

// conditionsOf groups the trials of splits.
func conditionsOf(d *dataset.Dataset, splits ...*dataset.Split) *conditions {
	c := &conditions{}
	for _, s := range splits {
		c.numbers = append(c.numbers, s.Condition...)
	}
	slices.Sort(c.numbers)
	c.numbers = slices.Compact(c.numbers)
	for _, n := range c.numbers {
		c.names = append(c.names, d.ConditionName(n))
	}
	if c.numbers == nil {
		c.names = []string{"all trials"}
	}
	for _, s := range splits {
		rows := make([]int, s.Trials())
		for i, n := range s.Condition {
			rows[i], _ = slices.BinarySearch(c.numbers, n)
		}
		c.row = append(c.row, rows)
	}
	c.findAngles(d, splits)
	return c
}

// findAngles finds where conditions move on average, if some behaviour is of a plane.
func (c *conditions) findAngles(d *dataset.Dataset, splits []*dataset.Split) {
	var all []labelled
	var plane *planar
	for i, s := range splits {
		if plane = planarOf(d, s); plane == nil {
			return
		}
		all = append(all, labelled{plane.of(s.Behavior), c.row[i]})
	}
	m := meansOf(len(c.names), all...)
	for i := range m.Trials {
		c.angles = append(c.angles, angleOf(plane.velocity, blockOf(m, i)))
	}
}

// colouring colours the conditions.
func (c *conditions) colouring() Colouring {
	of := Colouring{Angles: c.angles, Directed: c.angles != nil, Names: c.names}
	if c.angles == nil {
		for i := range c.names {
			of.Angles = append(of.Angles, evenly(i, len(c.names)))
		}
	}
	return of
}

// angleOf is the direction of a movement: that of the sum of its velocities, else that of
// where it is on average, seen from where it begins. NaN where it does not move.
func angleOf(velocity bool, b *block) float64 {
	var sum [2]float64
	for i := range sum {
		var origin float64
		for bin, known := 0, false; bin < b.bins; bin++ {
			v := b.at(bin, i)
			if v != v {
				continue
			}
			if !known && !velocity {
				origin = v
			}
			known = true
			sum[i] += v - origin
		}
	}
	if sum == [2]float64{} {
		return math.NaN()
	}
	return math.Atan2(sum[1], sum[0])
}

// blockOf is a trial of an array.
func blockOf(a *dataset.Array, trial int) *block {
	return newBlock("values", a.Bins, a.Features, a.Trial(trial), 1)
}

// ConditionColours returns the conditions of the trials that train and of those that are
// judged, in ascending order, and their colours and names; none, where the latter have none.
func ConditionColours(d *dataset.Dataset) (numbers []int64, c Colouring) {
	var of []*dataset.Split
	for _, s := range []*dataset.Split{d.Train, d.Valid} {
		if s != nil && s.Condition != nil {
			of = append(of, s)
		}
	}
	if d.Valid == nil || d.Valid.Condition == nil {
		return nil, c
	}
	all := conditionsOf(d, of...)
	return all.numbers, all.colouring()
}

// PlaneOf returns which two outputs of a split's behaviour are coordinates of a plane, and
// whether their names or unit say that they are velocities; nil: none are.
func PlaneOf(d *dataset.Dataset, s *dataset.Split) (columns []int, velocity bool) {
	p := planarOf(d, s)
	if p == nil {
		return nil, false
	}
	return p.columns, p.velocity
}
