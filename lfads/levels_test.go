package lfads

import (
	"testing"

	"github.com/autolfads/autolfads/internal/kernel"
)

// eachLevel runs a test on every instruction set that this CPU has.
func eachLevel(t *testing.T, test func(*testing.T)) {
	for _, level := range kernel.Levels() {
		t.Run(level.String(), func(t *testing.T) {
			defer kernel.Use(level)()
			test(t)
		})
	}
}
