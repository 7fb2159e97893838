//go:build !linux

package kernel

import "testing"

// fence returns plain memory where pages cannot be protected.
func fence(testing.TB) []float32 { return make([]float32, 1<<18) }
