package hdf5

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestFloat32Rows compares the blocks of every kind of data set with what
// Float32s returns of the whole.
func TestFloat32Rows(t *testing.T) {
	onGolden(t, func(t *testing.T, root *Group) {
		for _, path := range strings.Split("numbers/little/i2 numbers/big/f4 numbers/scalar numbers/empty numbers/none "+
			"numbers/half numbers/enum layouts/contiguous layouts/compact layouts/gzip layouts/fletcher layouts/lzf "+
			"layouts/filled layouts/single layouts/implicit", " ") {
			d := dataset(t, root, path)
			expectRows(t, path, d)
			if shape := d.Shape(); len(shape) == 2 && shape[0] > 3 {
				slab := must[*Dataset](t)(d.Slab([]int{1, 1}, []int{shape[0] - 2, 2}))
				expectRows(t, path+" slab", slab)
			}
		}
		expectRows(t, "never written", dataset(t, root, "layouts/never written"))
	})
}

func expectRows(t *testing.T, path string, d *Dataset) {
	t.Helper()
	var got []float32
	for block, err := range d.Float32Rows() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, block...)
	}
	bits := func(v []float32) (b []uint32) {
		for _, x := range v {
			b = append(b, math.Float32bits(x))
		}
		return b
	}
	same(t, path, bits(got), bits(must[[]float32](t)(d.Float32s())))
}

// TestRowBlocks checks that blocks are whole rows of whole chunks and bounded,
// and that a loop may end early.
func TestRowBlocks(t *testing.T) {
	f := open(t, wide(t, Chunk(10, 1<<17), Gzip(1)))
	d := dataset(t, f.Root(), "wide")
	sizes := []int{}
	for block, err := range d.Float32Rows() {
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, len(block)>>18)
	}
	same(t, "rows of each block, as high as chunks", sizes, []int{10, 10, 10, 2})
	d = dataset(t, open(t, wide(t)).Root(), "wide")
	sizes = sizes[:0]
	for block := range d.Float32Rows() {
		if sizes = append(sizes, len(block)>>18); len(sizes) == 3 {
			break
		}
	}
	same(t, "rows of each block of 4 MiB", sizes, []int{4, 4, 4})
}

// TestNarrowChunks cuts blocks of rows where chunks are as high as the data.
func TestNarrowChunks(t *testing.T) {
	d := &Dataset{layout: layout{class: chunked, chunks: &chunkIndex{shape: []uint64{1 << 20, 1}}}}
	ends := []uint64{d.blockEnd(0, 64), d.blockEnd(0, 1<<10), d.blockEnd(1<<17, 1<<10), d.blockEnd(1<<20-1, 1<<10), d.blockEnd(5, 1<<30)}
	same(t, "ends of blocks", ends, []uint64{1 << 20, 1 << 17, 2 << 17, 1 << 20, 6})
}

// wide is a file of 32 rows of 2^18 int16.
func wide(t *testing.T, options ...Option) []byte {
	t.Helper()
	name := filepath.Join(t.TempDir(), "wide.h5")
	w := must[*Writer](t)(Create(name))
	values := make([]int16, 32<<18)
	for i := range values {
		values[i] = int16(i >> 4)
	}
	if err := errors.Join(w.Write("wide", values, []int{32, 1 << 18}, options...), w.Close()); err != nil {
		t.Fatal(err)
	}
	return must[[]byte](t)(os.ReadFile(name))
}

// TestReadingMemory measures what reading allocates: the result, and a buffer
// that does not grow with it.
func TestReadingMemory(t *testing.T) {
	for name, options := range map[string][]Option{
		"contiguous": nil,
		"chunked":    {Chunk(1, 1<<16)},
		"gzip":       {Chunk(1, 1<<16), Gzip(1), Shuffle()},
	} {
		t.Run(name, func(t *testing.T) {
			d := dataset(t, open(t, wide(t, options...)).Root(), "wide")
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			v := must[[]float32](t)(d.Float32s())
			runtime.ReadMemStats(&after)
			// For each processor a piece of 1 MiB; or a chunk, its forms and a
			// decompressor, less than that.
			room := uint64(runtime.GOMAXPROCS(0))<<20 + 1<<18
			if grew := after.TotalAlloc - before.TotalAlloc; grew > uint64(4*len(v))+room {
				t.Errorf("allocated %d KiB for a result of %d KiB", grew>>10, len(v)>>8)
			}
			for i, x := range v {
				if x != float32(int16(i>>4)) {
					t.Fatalf("element %d is %g", i, x)
				}
			}
		})
	}
}

// TestRowsError gives the error of a damaged chunk, after the rows before it.
func TestRowsError(t *testing.T) {
	b := wide(t, Chunk(10, 1<<17), Gzip(1))
	d := dataset(t, open(t, b).Root(), "wide")
	last := d.layout.chunks.chunks[7]
	clear(b[last.address : last.address+last.size])
	blocks := 0
	var failure error
	for _, err := range dataset(t, open(t, bytes.Clone(b)).Root(), "wide").Float32Rows() {
		if failure = err; err == nil {
			blocks++
		}
	}
	if blocks != 3 || !errors.Is(failure, ErrCorrupt) || !strings.Contains(failure.Error(), "chunk [3 1]") {
		t.Errorf("%d blocks and error %v, want 3 and one of chunk [3 1]", blocks, failure)
	}
	text := dataset(t, open(t, golden(t, "old")).Root(), "strings/fixed")
	for block, err := range text.Float32Rows() {
		if block != nil || !errors.Is(err, ErrType) {
			t.Errorf("strings: %v, %v", block, err)
		}
	}
}

// TestBigEndian converts more numbers than are turned round at a time.
func TestBigEndian(t *testing.T) {
	raw := make([]byte, 2*5000)
	want := make([]float64, 5000)
	for i := range want {
		raw[2*i], raw[2*i+1] = byte(i>>8), byte(i)
		want[i] = float64(i)
	}
	got := make([]float64, len(want))
	if err := convert(got, raw, &Type{Class: Integer, Size: 2, Signed: true, BigEndian: true}); err != nil || !slices.Equal(got, want) {
		t.Errorf("differ, %v", err)
	}
}

// TestBooleans reads booleans of which damage has made other numbers.
func TestBooleans(t *testing.T) {
	boolean := &Type{
		Class: Enum, Size: 1, Names: []string{"FALSE", "TRUE"}, Values: []int64{0, 1},
		Base: &Type{Class: Integer, Size: 1, Signed: true},
	}
	got := make([]float32, 4)
	if err := convert(got, []byte{0, 1, 7, 0xff}, boolean); err != nil || !slices.Equal(got, []float32{0, 1, 1, 1}) {
		t.Errorf("got %v, %v", got, err)
	}
}
