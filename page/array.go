package page

import (
	"errors"
	"fmt"
	"math"

	"github.com/autolfads/autolfads/dataset"
)

// The codes of an [Array]: of the largest number, of a number that is missing, and, of a
// sparse one, of a step without an event.
const (
	topCode     = 254
	missingCode = 255
	longStep    = 255
)

// pack makes an Array of [trials, bins, features], with a scale for each feature: neurons that
// fire a hundred times less than others are drawn as well as these. An error of a number is
// half a step at most, 1/508 of its feature's range. What is not finite is missing.
//
// Nothing shorter is worth its code: of four reports of 0.5 to 0.8 MB, steps from bin to bin in
// 4 bits would leave out 3 to 30 %, and deflated steps, which a browser inflates only while a
// page waits, 20 to 42 %. Spikes, which are mostly zeros, are sparse already.
func pack(a *dataset.Array) *Array {
	out := &Array{Shape: []int{a.Trials, a.Bins, a.Features}, Bytes: make([]byte, len(a.Data))}
	low, high := ranges(a)
	for i, v := range a.Data {
		f := i % a.Features
		out.Bytes[i] = code(float64(v), low[f], high[f])
	}
	for f := range low {
		out.Low, out.High = append(out.Low, Number(low[f])), append(out.High, Number(high[f]))
	}
	return out
}

// ranges returns the least and the largest finite number of each feature; 0 and 0 without one.
func ranges(a *dataset.Array) (low, high []float64) {
	low, high = make([]float64, a.Features), make([]float64, a.Features)
	for f := range low {
		low[f], high[f] = math.Inf(1), math.Inf(-1)
		for v := range a.Feature(f) {
			if v := float64(v); finite(v) {
				low[f], high[f] = min(low[f], v), max(high[f], v)
			}
		}
		if low[f] > high[f] {
			low[f], high[f] = 0, 0
		}
	}
	return low, high
}

// code is the code of a number between low and high.
func code(v, low, high float64) byte {
	switch {
	case !finite(v):
		return missingCode
	case high <= low:
		return 0
	}
	return byte(math.Round((v - low) / (high - low) * topCode))
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// packCounts makes an Array of counts, which are what they are up to 254, and no more there;
// sparse, if that is shorter.
func packCounts(a *dataset.Array) *Array {
	out := &Array{Shape: []int{a.Trials, a.Bins, a.Features}, Low: []Number{0}, High: []Number{topCode}, Bytes: make([]byte, len(a.Data))}
	missing := false
	for i, v := range a.Data {
		out.Bytes[i] = code(min(max(float64(v), 0), topCode), 0, topCode)
		missing = missing || out.Bytes[i] == missingCode
	}
	if missing {
		return out
	}
	if steps := stepsOf(out.Bytes); len(steps) < len(out.Bytes) {
		out.Bytes, out.Sparse = steps, true
	}
	return out
}

// stepsOf writes counts as steps from event to event ([Array]); it stops when there are as
// many of them as counts.
func stepsOf(counts []byte) []byte {
	steps := []byte{}
	at := 0
	for i, n := range counts {
		for range n {
			for ; i-at >= longStep; at += longStep {
				steps = append(steps, longStep)
			}
			steps = append(steps, byte(i-at))
			at = i
		}
		if len(steps) >= len(counts) {
			break
		}
	}
	return steps
}

// size is how many numbers an array has; an error if its shape makes no sense, or its bytes do
// not fit.
func (a *Array) size() (int, error) {
	n := 1
	for _, s := range a.Shape {
		if s < 0 || s > mostNumbers || n*s > mostNumbers {
			return 0, fmt.Errorf("an array of shape %v", a.Shape)
		}
		n *= s
	}
	switch {
	case len(a.Shape) != 3:
		return 0, fmt.Errorf("an array of %d axes", len(a.Shape))
	case len(a.Low) != len(a.High) || len(a.Low) != 1 && len(a.Low) != a.Shape[2]:
		return 0, fmt.Errorf("%d and %d ends of scales for an array of shape %v", len(a.Low), len(a.High), a.Shape)
	case !a.Sparse && len(a.Bytes) != n:
		return 0, fmt.Errorf("%d bytes for an array of shape %v", len(a.Bytes), a.Shape)
	}
	return n, nil
}

// mostNumbers is more than any array here has: a page that a browser bears.
const mostNumbers = 1 << 26

// Values returns the numbers that an array stands for, in its order; NaN of missing ones. It
// says by an error what is wrong with one from a file.
func (a *Array) Values() ([]float64, error) {
	n, err := a.size()
	if err != nil {
		return nil, err
	}
	if a.Sparse {
		return a.events(n)
	}
	values := make([]float64, n)
	for i, c := range a.Bytes {
		f := 0
		if len(a.Low) > 1 {
			f = i % len(a.Low)
		}
		values[i] = float64(a.Low[f]) + float64(float64(c)/topCode*float64(a.High[f]-a.Low[f]))
		if c == missingCode {
			values[i] = math.NaN()
		}
	}
	return values, nil
}

// events are the numbers of a sparse array of n.
func (a *Array) events(n int) ([]float64, error) {
	counts := make([]float64, n)
	err := a.eachEvent(n, func(at int) { counts[at]++ })
	return counts, err
}

// eachEvent tells of the events of a sparse array of n numbers, by their places.
func (a *Array) eachEvent(n int, see func(at int)) error {
	at := 0
	for _, step := range a.Bytes {
		at += int(step)
		if step == longStep {
			continue
		}
		if at >= n {
			return errors.New("events beyond the end of an array")
		}
		see(at)
	}
	return nil
}

// check says what is wrong with an array from a file, without making its numbers: a sparse one of
// few bytes may stand for very many.
func (a *Array) check() error {
	n, err := a.size()
	if err == nil && a.Sparse {
		err = a.eachEvent(n, func(int) {})
	}
	return err
}
