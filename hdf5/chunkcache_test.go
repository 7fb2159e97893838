package hdf5

import (
	"bytes"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"testing"
)

// counting counts the bytes that are read.
type counting struct {
	io.ReaderAt
	bytes atomic.Int64
}

func (c *counting) ReadAt(b []byte, at int64) (int, error) {
	c.bytes.Add(int64(len(b)))
	return c.ReaderAt.ReadAt(b, at)
}

// TestSlabsShareChunks reads a data set in slabs smaller than chunks, each chunk
// once, from several goroutines too.
func TestSlabsShareChunks(t *testing.T) {
	const n, units = 200000, 250
	want := make([]float64, n)
	for i := range want {
		want[i] = float64(i*7919%1000) / 8
	}
	name := t.TempDir() + "/times.h5"
	w := must[*Writer](t)(Create(name))
	for _, err := range []error{w.Write("times", want, []int{n}, Chunk(20000), Gzip(1), Shuffle()), w.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	b := must[[]byte](t)(os.ReadFile(name))
	r := &counting{ReaderAt: bytes.NewReader(b)}
	f := must[*File](t)(NewReader(r, int64(len(b))))
	d := dataset(t, f.Root(), "times")
	r.bytes.Store(0)
	for u := range units {
		expectSlab(t, d, want, u*n/units, n/units)
	}
	if read := r.bytes.Load(); read > int64(len(b)) {
		t.Errorf("read %d bytes of %d", read, len(b))
	}
	if got := d.kept.bytes; got != 8*n {
		t.Errorf("keeps %d bytes", got)
	}
	var readers sync.WaitGroup
	for k := range 4 {
		readers.Go(func() {
			for u := k; u < units; u += 3 {
				expectSlab(t, d, want, u*n/units, n/units)
			}
		})
	}
	readers.Wait()
}

func expectSlab(t *testing.T, d *Dataset, want []float64, from, n int) {
	slab, err := d.Slab([]int{from}, []int{n})
	if err != nil {
		t.Error(err)
		return
	}
	got, err := slab.Float64s()
	if err != nil {
		t.Error(err)
	}
	for i, v := range got {
		if v != want[from+i] {
			t.Errorf("element %d is %g, want %g", from+i, v, want[from+i])
			return
		}
	}
}

// TestChunkCache keeps what was read last, within its room; a chunk larger than
// that alone.
func TestChunkCache(t *testing.T) {
	c := &chunkCache{}
	for i := range uint64(5) {
		c.put(i, make([]byte, chunkRoom/4))
		if i == 3 {
			c.get(0)
		}
	}
	for i, want := range []bool{true, false, true, true, true} {
		if got := c.get(uint64(i)) != nil; got != want {
			t.Errorf("chunk %d: kept %v, want %v", i, got, want)
		}
	}
	c.put(9, make([]byte, 2*chunkRoom))
	same(t, "a large one", len(c.kept), 1)
	c.put(1, make([]byte, 1))
	same(t, "bytes behind it", c.bytes, uint64(1))
}

// TestWholeChunksAreNotKept leaves no memory behind where nothing is shared.
func TestWholeChunksAreNotKept(t *testing.T) {
	d := dataset(t, open(t, golden(t, "new")).Root(), "layouts/gzip")
	must[[]float64](t)(d.Float64s())
	expectRows(t, "rows", d)
	same(t, "kept", d.kept.bytes, uint64(0))
}
