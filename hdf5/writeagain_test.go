package hdf5

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// written returns the bytes of a file that a function writes.
func written(t *testing.T, write func(w *Writer) error) []byte {
	t.Helper()
	name := filepath.Join(t.TempDir(), "x.h5")
	w := must[*Writer](t)(Create(name))
	if err := write(w); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return must[[]byte](t)(os.ReadFile(name))
}

// sparse is numbers of which most are 0, some in runs, and some are NaN.
func sparse(n int) []float32 {
	random := rand.New(rand.NewPCG(1, 2))
	v := make([]float32, n)
	for i := range v {
		if i%64 < 40 && random.IntN(7) == 0 {
			v[i] = float32(random.IntN(4))
		}
		if i%1000 < 12 {
			v[i] = float32(math.NaN())
		}
	}
	return v
}

// What is written again has the bytes that writing it twice has.
func TestWriteAgain(t *testing.T) {
	v, shape := sparse(31*17*5), []int{31, 17, 5}
	for name, options := range map[string][]Option{
		"gzip": {Gzip(4)}, "shuffle": {Gzip(4), Shuffle(), Chunk(4, 17, 5)}, "chunks": {Chunk(3, 4, 3)},
	} {
		first := func(w *Writer) error { return w.Write("a", v, shape, options...) }
		again := written(t, func(w *Writer) error {
			return firstOf(first(w), w.SetAttr("a", "only", "of the first"), w.WriteAgain("group/b", "a"))
		})
		twice := written(t, func(w *Writer) error {
			return firstOf(first(w), w.SetAttr("a", "only", "of the first"), w.Write("group/b", v, shape, options...))
		})
		if !bytes.Equal(again, twice) {
			t.Errorf("%s: written again, a data set has other bytes than written twice", name)
		}
	}
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// However many cores encode them, chunks have the same bytes, also those that reach
// beyond the data.
func TestSameBytesOnAnyCores(t *testing.T) {
	v := sparse(131 * 7 * 5)
	write := func(w *Writer) error { return w.Write("a", v, []int{131, 7, 5}, Chunk(10, 4, 5), Gzip(4), Shuffle()) }
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one := written(t, write)
	for _, cores := range []int{2, 5, 64} {
		runtime.GOMAXPROCS(cores)
		if !bytes.Equal(written(t, write), one) {
			t.Errorf("%d cores write other bytes than one", cores)
		}
	}
}

// The short way for counts moves bytes as the plain one does.
func TestShuffleCounts(t *testing.T) {
	for n := range 70 {
		from := rawBytes(t, sparse(n))
		got, want := make([]byte, len(from)), make([]byte, len(from))
		for i := range got {
			got[i] = 0xee
		}
		shuffle(got, from, 4)
		for i := range from {
			want[i%4*n+i/4] = from[i]
		}
		same(t, "shuffled", got, want)
	}
}
