package decode

import (
	"runtime"
	"runtime/debug"
	"testing"
)

// What a fit is said to hold is what the heap grows by, if garbage is collected
// as soon as it is there, and not much more.
func TestMemory(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	for _, c := range []struct {
		rows, inputs, factors, outputs int
		leastSquares                   bool
	}{
		{20000, 300, 0, 2, false},
		{400, 600, 0, 2, false},
		{3000, 300, 40, 2, true},
	} {
		x, y := one(c.rows, c.inputs, c.factors, c.outputs)
		fit := Ridge
		if c.leastSquares {
			fit = LeastSquares
		}
		runtime.GC()
		before, most := heap(), uint64(0)
		if _, err := fit(t.Context(), x, y, func(int, int) { most = max(most, heap()) }); err != nil {
			t.Fatal(err)
		}
		held, said := int64(most)-int64(before), Memory(c.rows, c.inputs, c.outputs)
		// A twentieth is garbage that is not yet collected, and the inputs count to it.
		if garbage := int64(before) / 10; held > said+garbage || held < said/3 {
			t.Errorf("%+v: held %d bytes, said %d", c, held, said)
		}
		runtime.KeepAlive(x)
		runtime.KeepAlive(y)
	}
}

// So is what a Poisson regression holds: here all outputs look at their curvature.
func TestPoissonMemory(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	x, y := heavySet()
	runtime.GC()
	before, most := heap(), uint64(0)
	if _, err := PoissonRegression(t.Context(), x, y, 1e-6, func(int, int) { most = max(most, heap()) }); err != nil {
		t.Fatal(err)
	}
	held, said := int64(most)-int64(before), PoissonMemory(2000, 90, 24)
	if garbage := int64(before) / 10; held > said+garbage || held < said/4 {
		t.Errorf("held %d bytes, said %d", held, said)
	}
	runtime.KeepAlive(x)
	runtime.KeepAlive(y)
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
