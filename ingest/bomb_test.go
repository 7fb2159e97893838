package ingest_test

import (
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// bombs are files of about 1.6 MB whose spike times unpack to 1.5 GB: paired with
// units, one unit's, a matrix of two columns.
const bombs = `
import h5py, numpy as np, sys
n = 190_000_000
def zeros(f, key, shape):
    f.create_dataset(key, shape, 'f8', chunks=(1 << 20,) + shape[1:], compression='gzip', compression_opts=9)
    block = np.zeros((1 << 20,) + shape[1:])
    d = f[key]
    whole = None
    for at in range(0, shape[0], 1 << 20):
        if whole is None or at + (1 << 20) > shape[0]:
            d[at:at + (1 << 20)] = block[:shape[0] - at]
            whole = d.id.read_direct_chunk((0,) * len(shape))[1]
        else:
            d.id.write_direct_chunk((at,) + (0,) * (len(shape) - 1), whole)
with h5py.File(sys.argv[1] + '/pairs.h5', 'w') as f:
    zeros(f, 'spike_times', (n,)); f.create_dataset('spike_units', (n,), 'u1', chunks=(1 << 20,), compression='gzip')
with h5py.File(sys.argv[1] + '/group.h5', 'w') as f:
    zeros(f, 'spikes/1', (n,))
with h5py.File(sys.argv[1] + '/matrix.h5', 'w') as f:
    zeros(f, 'spikes', (n // 2, 2))
`

func TestBombsAreRefusedInLittleMemory(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command(testenv.Python(t, "h5py"), "-c", bombs, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, want := range map[string]string{
		"pairs.h5": "spike times do not shrink so far", "matrix.h5": "spike times do not shrink so far", "group.h5": "has 190000000 spikes",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r, err := ingest.Open(filepath.Join(dir, name), ingest.Options{})
		if err == nil {
			_, err = ingest.Take(r, nil)
			r.Close()
		}
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
		const bound = 64 << 20 // a few chunks of 8 MiB, with room
		if got := after.TotalAlloc - before.TotalAlloc; got > bound {
			t.Errorf("%s: %d MiB allocated", name, got>>20)
		}
	}
}
