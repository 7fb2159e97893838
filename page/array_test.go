package page

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// Numbers come back within half a step of their feature's range, missing ones as missing.
func TestPack(t *testing.T) {
	a := dataset.NewArray(3, 4, 2)
	for i := range a.Data {
		a.Data[i] = float32(i*i) * []float32{.001, 1000}[i%2]
	}
	a.Data[5], a.Data[8] = float32(math.NaN()), float32(math.Inf(1))
	values, err := pack(a).Values()
	if err != nil {
		t.Fatal(err)
	}
	low, high := ranges(a)
	for i, v := range a.Data {
		f := i % 2
		step := (high[f] - low[f]) / topCode
		switch {
		case i == 5 || i == 8:
			if !math.IsNaN(values[i]) {
				t.Errorf("number %d is missing, and comes back as %v", i, values[i])
			}
		case math.Abs(values[i]-float64(v)) > step/2*1.0001: // ends of scales are rounded to float64
			t.Errorf("number %d is %v, comes back as %v, further than half a step of %v", i, v, values[i], step)
		}
	}
}

// Arrays whose numbers are all alike, or all missing, or none, come back.
func TestPackOfOneNumber(t *testing.T) {
	nan := float32(math.NaN())
	for _, data := range [][]float32{{7, 7, 7}, {nan, nan, nan}, {}} {
		a := &dataset.Array{Trials: 1, Bins: len(data), Features: 1, Data: data}
		values, err := pack(a).Values()
		if err != nil || len(values) != len(data) {
			t.Fatalf("%v comes back as %v, %v", data, values, err)
		}
		for i, v := range values {
			if want := float64(data[i]); v != want && !(math.IsNaN(v) && math.IsNaN(want)) {
				t.Errorf("%v comes back as %v", data, values)
			}
		}
	}
}

// Counts come back as they are, few of them in few bytes; through JSON, too.
func TestPackCounts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, c := range []struct {
		mean   float64
		sparse bool
	}{{0, true}, {.001, true}, {.05, true}, {.5, true}, {3, false}} {
		a := dataset.NewArray(4, 50, 10)
		for i := range a.Data {
			for r.Float64() < c.mean/(1+c.mean) {
				a.Data[i]++
			}
		}
		text, err := json.Marshal(packCounts(a))
		var packed Array
		if err == nil {
			err = json.Unmarshal(text, &packed)
		}
		if err != nil {
			t.Fatal(err)
		}
		if packed.Sparse != c.sparse {
			t.Errorf("of a mean of %v: sparse is %v, of %d bytes", c.mean, packed.Sparse, len(packed.Bytes))
		}
		values, err := packed.Values()
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range values {
			if v != float64(a.Data[i]) {
				t.Fatalf("of a mean of %v: count %d is %v, comes back as %v", c.mean, i, a.Data[i], v)
			}
		}
	}
}

// Counts with missing ones are not sparse, and those above 254 are 254.
func TestPackCountsWithMissing(t *testing.T) {
	a := &dataset.Array{Trials: 1, Bins: 4, Features: 1, Data: []float32{0, 1e6, float32(math.NaN()), 3}}
	packed := packCounts(a)
	values, err := packed.Values()
	if err != nil || packed.Sparse {
		t.Fatalf("sparse %v, %v", packed.Sparse, err)
	}
	if values[0] != 0 || values[1] != topCode || !math.IsNaN(values[2]) || values[3] != 3 {
		t.Errorf("%v comes back as %v", a.Data, values)
	}
}

// What does not fit its shape is an error and no panic.
func TestArraysThatDoNotFit(t *testing.T) {
	one := []Number{0}
	for name, a := range map[string]Array{
		"no shape":        {},
		"two axes":        {Shape: []int{1, 2}, Low: one, High: one, Bytes: []byte{1, 2}},
		"a negative axis": {Shape: []int{-1, -2, 1}, Low: one, High: one, Bytes: []byte{1, 2}},
		"a huge axis":     {Shape: []int{math.MaxInt, 4, 1}, Low: one, High: one},
		"few bytes":       {Shape: []int{1, 2, 2}, Low: one, High: one, Bytes: []byte{1, 2, 3}},
		"few scales":      {Shape: []int{1, 1, 3}, Low: []Number{0, 0}, High: []Number{0, 0}, Bytes: []byte{1, 2, 3}},
		"no scales":       {Shape: []int{1, 1, 1}, Bytes: []byte{1}},
		"events beyond":   {Shape: []int{1, 1, 3}, Low: one, High: one, Sparse: true, Bytes: []byte{2, 1}},
	} {
		if values, err := a.Values(); err == nil {
			t.Errorf("%s: %v, and no error", name, values)
		}
	}
}
