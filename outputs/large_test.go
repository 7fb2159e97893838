package outputs

import (
	"runtime"
	"testing"

	"github.com/autolfads/autolfads/dataset"
)

// Of a file of the benchmark's size, no more is held than the rates and a block of them.
func TestReadHoldsTheRatesAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 100 MB")
	}
	const trials, bins, heldIn, neurons = 1000, 140, 137, 182
	spikes := func(features int) *dataset.Array { return dataset.NewArray(trials, bins, features) }
	d := &dataset.Dataset{Valid: &dataset.Split{Encod: spikes(heldIn), Recon: spikes(neurons)}}
	e := spikes(neurons)
	for i := range e.Data {
		e.Data[i] = 1e-9
	}
	path := makeFile(t, map[string]array{
		"eval_rates_heldin": of(some(e, upTo(0, trials), 0, bins, 0, heldIn)), "eval_rates_heldout": of(some(e, upTo(0, trials), 0, bins, heldIn, neurons)),
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f := read(t, path, d)
	runtime.ReadMemStats(&after)
	held := after.TotalAlloc - before.TotalAlloc
	if most := uint64(4*len(e.Data)) + 16<<20; held > most || f.Valid == nil {
		t.Errorf("%d bytes were taken for rates of %d", held, 4*len(e.Data))
	}
}
