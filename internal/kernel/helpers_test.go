package kernel

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"unsafe"

	"github.com/autolfads/autolfads/rng"
)

// unit is half the distance from 1 to the next float32: the relative error of
// one rounding.
const unit = 1. / (1 << 24)

// blockWidths are all that there are.
var blockWidths = []int{1, 8, 16, 32}

// padded is a row of its own: portable functions, but whole vectors alone. It
// holds tail.go to portable bits on every machine, those without assembly too,
// and stands for whatever row may come.
var padded = func() *table {
	row := portable
	row.name, row.vectors = "padded", true
	return &row
}()

// eachLevel runs f with every row of this architecture and the one above, and
// says which ones this CPU lacks.
func eachLevel(t *testing.T, f func(t *testing.T)) {
	for _, row := range append(slices.Clone(tables), padded) {
		t.Run(row.name, func(t *testing.T) {
			if !row.runs {
				t.Skipf("this CPU has %s only", available())
			}
			defer useRow(row)()
			f(t)
		})
	}
}

// useRow is Use for a row that need not be in the list.
func useRow(row *table) (restore func()) {
	before := active
	active = row
	return func() { active = before }
}

// memory hands out fenced slices of made-up numbers, each from a place of its
// own, so that a slice lives until the next one with the same place.
type memory struct {
	places [][]float32
	stream uint64
}

func newMemory(t testing.TB, places int) *memory {
	m := &memory{}
	for range places {
		m.places = append(m.places, fence(t))
	}
	return m
}

// zeros returns the last n numbers before place's fence, set to 0.
func (m *memory) zeros(place, n int) []float32 {
	x := m.places[place][len(m.places[place])-n:]
	clear(x)
	return x
}

// normal returns n standard normal numbers times scale.
func (m *memory) normal(place, n int, scale float32) []float32 {
	x := m.zeros(place, n)
	fillNormal(x, m.stream, scale)
	m.stream++
	return x
}

// bytes returns the last n bytes before place's fence, as they are.
func (m *memory) bytes(place, n int) []uint8 {
	x := m.places[place]
	all := unsafe.Slice((*uint8)(unsafe.Pointer(&x[0])), 4*len(x))
	return all[len(all)-n:]
}

// mask returns a mask that keeps the elements of x [features][w] above 0.
func (m *memory) mask(place int, x []float32, w int) []uint8 {
	keep := m.bytes(place, len(x)/w*MaskBytes(w))
	clear(keep) // bits of lanes that there are not
	for i, v := range x {
		SetKept(keep, i, w, v > 0)
	}
	return keep
}

// maskOf is such a mask in memory of its own.
func maskOf(x []float32, w int) []uint8 {
	m := &memory{places: [][]float32{make([]float32, len(x)+1)}}
	return m.mask(0, x, w)
}

// laneKeys returns a key for each lane.
func laneKeys(w int, seed uint64, purpose rng.Purpose) (k0, k1 []uint32) {
	k0, k1 = make([]uint32, w), make([]uint32, w)
	for l := range w {
		key := rng.Derive(seed, purpose, uint64(l))
		k0[l], k1[l] = key.K0, key.K1
	}
	return k0, k1
}

func fillNormal(x []float32, stream uint64, scale float32) {
	rng.Derive(1, rng.Synthesis, stream).Normals(x, 0)
	for i := range x {
		x[i] *= scale
	}
}

func clone(x []float32) []float32 { return append([]float32(nil), x...) }

// near fails unless |got - want| <= tolerance; NaN only equals NaN.
func near(t *testing.T, got float32, want, tolerance float64, format string, args ...any) {
	t.Helper()
	if math.IsNaN(want) && math.IsNaN(float64(got)) {
		return
	}
	if d := math.Abs(float64(got) - want); !(d <= tolerance) {
		t.Fatalf("%s: got %v, want %v within %.2g", fmt.Sprintf(format, args...), got, want, tolerance)
	}
}

// mustPanic fails unless f panics.
func mustPanic(t *testing.T, name string, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s: no panic", name)
		}
	}()
	f()
}
