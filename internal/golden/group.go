package golden

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// Array is a block of numbers in row-major order. A scalar has no shape.
type Array struct {
	Shape []int
	Data  []float64
}

// Group is a group of a file: its arrays and attributes by name.
type Group struct {
	name    string
	Arrays  map[string]Array
	numbers map[string][]float64
	strings map[string]string
}

// Array returns an array of the group. That there is none is the test's fault:
// it panics.
func (g *Group) Array(name string) Array { return must(g, g.Arrays, name) }

// Names returns the names of the group's arrays in order.
func (g *Group) Names() []string { return slices.Sorted(maps.Keys(g.Arrays)) }

// Floats returns a numeric attribute of the group.
func (g *Group) Floats(attr string) []float64 { return must(g, g.numbers, attr) }

// Float returns a numeric attribute that is one number.
func (g *Group) Float(attr string) float64 { return g.Floats(attr)[0] }

// Int returns a numeric attribute that is one whole number.
func (g *Group) Int(attr string) int { return int(g.Float(attr)) }

// Text returns a string attribute.
func (g *Group) Text(attr string) string { return must(g, g.strings, attr) }

// Has reports whether the group has a numeric attribute.
func (g *Group) Has(attr string) bool { return g.numbers[attr] != nil }

func must[T any](g *Group, from map[string]T, name string) T {
	v, ok := from[name]
	if !ok {
		panic(fmt.Sprintf("golden: group %q has no %q", g.name, name))
	}
	return v
}

// MaxError returns the largest |got - want| relative to the largest |want|, or
// absolute where all of want is zero. A different number of elements and NaN
// in got give +Inf.
func MaxError(got, want []float64) float64 {
	if len(got) != len(want) {
		return math.Inf(1)
	}
	var largest, scale float64
	for i, w := range want {
		d := math.Abs(got[i] - w)
		if math.IsNaN(d) {
			return math.Inf(1)
		}
		largest, scale = max(largest, d), max(scale, math.Abs(w))
	}
	if scale == 0 {
		return largest
	}
	return largest / scale
}
