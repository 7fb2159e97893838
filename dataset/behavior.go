package dataset

import (
	"fmt"
	"math"
	"slices"
)

// farOff is how many times its spread a behaviour may lie off zero. Farther, the
// 24 bits of single precision begin to round what varies: at 1e4 an R2 is off by
// 3e-6, at 1e6 by 1e-3.
const farOff = 100

// behavior reads what goes with the spikes for decoding. A column that lies far
// from zero, such as a time in Unix seconds, is taken from the middle of what
// it is in the first split, before it becomes single precision; no score
// depends on where a column begins.
func (l *loader) behavior(key string) *Array {
	a := l.array(key)
	if a == nil {
		return nil
	}
	first := l.origins == nil
	if first {
		l.origins = make([]float64, a.Features)
	}
	if first && !a.farOff() || !first && !slices.ContainsFunc(l.origins, func(v float64) bool { return v != 0 }) {
		return a
	}
	d := l.open(key)
	values, err := d.Float64s()
	if err != nil {
		return a
	}
	shape := d.Shape()
	column := func(i int) int {
		if len(shape) == 2 {
			return 0
		}
		for axis := 2; axis > l.axes[2]; axis-- {
			i /= shape[axis]
		}
		return i % shape[l.axes[2]]
	}
	if first {
		l.findOrigins(key, values, a.Features, column)
	}
	if len(l.origins) != a.Features {
		return a // the check of the arrays refuses it
	}
	near := make([]float32, len(values))
	for i, v := range values {
		near[i] = float32(v - l.origins[column(i)])
	}
	moved := l.axes.arrange(near, shape)
	l.flat[moved] = l.flat[a]
	return moved
}

// farOff reports whether some column lies far from zero, as far as its numbers
// in single precision tell.
func (a *Array) farOff() bool {
	least, most := limits(a.Features, len(a.Data), func(i int) (int, float64) { return i % a.Features, float64(a.Data[i]) })
	for c := range least {
		if math.Max(-least[c], most[c]) > farOff*(most[c]-least[c]) {
			return true
		}
	}
	return false
}

// findOrigins takes the middle of each column that lies far off and varies, 0
// for others, and says so.
func (l *loader) findOrigins(key string, values []float64, features int, column func(i int) int) {
	least, most := limits(features, len(values), func(i int) (int, float64) { return column(i), values[i] })
	for c := range l.origins {
		spread := most[c] - least[c]
		if spread > 0 && math.Max(-least[c], most[c]) > farOff*spread {
			l.origins[c] = least[c] + spread/2
			l.notes = append(l.notes, fmt.Sprintf("%s: output %d is about %.6g everywhere and varies by %.3g: it is measured from there, for single precision would round what varies", key, c, l.origins[c], spread))
		}
	}
}

// limits returns the least and the most finite number of each column.
func limits(columns, n int, at func(i int) (column int, v float64)) (least, most []float64) {
	least, most = make([]float64, columns), make([]float64, columns)
	for c := range least {
		least[c], most[c] = math.Inf(1), math.Inf(-1)
	}
	for i := range n {
		if c, v := at(i); v-v == 0 {
			least[c], most[c] = min(least[c], v), max(most[c], v)
		}
	}
	return least, most
}
