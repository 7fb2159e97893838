package tree

import (
	"sync"
	"weak"
)

// held is an array that parts are read of, one after another: since a file of MATLAB
// is unpacked from an array's beginning on, all of it is kept for the next part, as long
// as the memory is not needed.
type held struct{ matArray }

// recent is the numbers that were read last, if they are still in memory.
type recent struct {
	mu     sync.Mutex
	values weak.Pointer[[]float64]
}

// Float64s returns numbers that the next call may return, too: a view copies its part.
func (h held) Float64s() ([]float64, error) {
	h.recent.mu.Lock()
	defer h.recent.mu.Unlock()
	if values := h.recent.values.Value(); values != nil {
		return *values, nil
	}
	values, err := h.matArray.Float64s()
	if err == nil {
		h.recent.values = weak.Make(&values)
	}
	return values, err
}
