package local

import (
	"runtime"
	"testing"
)

// Units at a time, and threads for each, on a machine of eight cores.
func TestShare(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	for _, c := range []struct{ asked, units, workers, threads int }{
		{0, 20, 8, 1},
		{0, 8, 8, 1},
		{0, 5, 5, 1},
		{0, 3, 3, 2},
		{0, 1, 1, 8},
		{2, 20, 2, 4},
		{20, 20, 20, 1},
		{4, 1, 1, 8},
	} {
		workers, threads := Cores{Workers: c.asked}.Share(c.units)
		if workers != c.workers || threads != c.threads {
			t.Errorf("asked for %d, %d units: %d workers of %d threads, want %d of %d",
				c.asked, c.units, workers, threads, c.workers, c.threads)
		}
	}
}
