package gpfa

import (
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
)

// TestMemory: what a fit is said to hold is what the heap grows by, if garbage is
// collected as soon as it is there, and not much more.
func TestMemory(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	for _, c := range []struct{ trials, bins, latents int }{{400, 50, 3}, {12, 150, 9}} {
		d := simulated(13, 2, slices.Repeat([]int{c.bins}, c.trials)...).trials()
		o := DefaultOptions(c.latents)
		o.Iterations = 3
		runtime.GC()
		before, most := heap(), uint64(0)
		if _, err := Fit(t.Context(), d, o, func(int, int, float64) { most = max(most, heap()) }); err != nil {
			t.Fatal(err)
		}
		held, said := int64(most)-int64(before), Memory(c.trials, c.bins, d.Neurons, c.latents)
		if garbage := int64(before)/10 + held/10; held > said+garbage || held < said/3 {
			t.Errorf("%+v: held %d bytes, said %d", c, held, said)
		}
		runtime.KeepAlive(d)
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
