package nn

import (
	"unsafe"

	"github.com/autolfads/autolfads/internal/kernel"
)

// Arena hands out memory and counts it. One that only counts hands out none: so
// constructors, run once on such an arena, say what they will take before any of
// it is there, and sizes are told once. A nil Arena hands out without counting.
type Arena struct {
	OnlyCount bool
	Bytes     int64 // handed out so far
}

// Take returns n zero values; nil if a only counts.
func Take[T any](a *Arena, n int) []T {
	if a == nil {
		return make([]T, n)
	}
	var zero T
	a.Bytes += int64(n) * int64(unsafe.Sizeof(zero))
	if a.OnlyCount {
		return nil
	}
	return make([]T, n)
}

// packed returns a zero packed matrix.
func packed(a *Arena, m, k int) *kernel.Packed {
	return &kernel.Packed{M: m, K: k, Data: Take[float32](a, m*k)}
}
