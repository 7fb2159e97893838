package hdf5

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"
)

// mendChecksums makes the reader accept structures whose checksum is wrong, so
// that the damage behind it is reached.
func mendChecksums(t testing.TB) {
	verify = func(string, []byte) error { return nil }
	t.Cleanup(func() { verify = checksum })
}

// mutate damages a copy of b as bit rot, bad software and enemies do: random
// bytes, extreme numbers, exchanged pieces, a missing end.
func mutate(b []byte, r *rand.Rand) []byte {
	b = bytes.Clone(b)
	for range 1 + r.IntN(8) {
		at := r.IntN(len(b) - 8)
		switch r.IntN(6) {
		case 0:
			b[at] ^= 1 << r.IntN(8)
		case 1:
			b[at] = byte(r.Uint32())
		case 2:
			extremes := []uint64{0, 1, 1 << 31, 1 << 32, 1<<63 - 1, 1 << 63, ^uint64(0), uint64(len(b))}
			le.PutUint64(b[at:], extremes[r.IntN(len(extremes))])
		case 3:
			le.PutUint16(b[at:], uint16(r.Uint32()))
		case 4:
			le.PutUint64(b[at:], uint64(r.IntN(len(b)))) // an address elsewhere in the file
		case 5:
			copy(b[at:], b[r.IntN(len(b)):][:8:8])
		}
	}
	if r.IntN(20) == 0 {
		b = b[:r.IntN(len(b))]
	}
	return b
}

// allowed reports whether an error is one that a damaged file may give.
func allowed(err error) bool {
	for _, kind := range []error{
		ErrNotHDF5, ErrTruncated, ErrCorrupt, ErrUnsupported, ErrNotFound, ErrType, ErrRange, ErrTooLarge,
	} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// TestDamagedFiles reads many damaged files. Each must give values or a named
// error within the time and memory that its size justifies.
func TestDamagedFiles(t *testing.T) {
	mendChecksums(t)
	for name, rounds := range map[string]int{
		"written": 2000, "old": 300, "v110": 300, "new": 300, "rich-earliest": 500, "rich-latest": 500,
	} {
		t.Run(name, func(t *testing.T) {
			whole := source(t, name)
			usual := len(readAll(open(t, whole))) // some features are not supported
			noticed := 0
			for seed := range rounds {
				b := mutate(whole, rand.New(rand.NewPCG(uint64(seed), 1)))
				if readDamaged(t, seed, b) != usual {
					noticed++
				}
			}
			if noticed < rounds/10 {
				t.Errorf("only %d of %d damaged files gave errors: does the damage reach the reader?", noticed, rounds)
			}
		})
	}
}

func source(t testing.TB, name string) []byte {
	if name == "written" {
		return must[[]byte](t)(os.ReadFile(writeSmall(t)))
	}
	return golden(t, name)
}

// writeSmall makes a file of a few kilobytes with this package's writer.
func writeSmall(t testing.TB) string {
	name := t.TempDir() + "/small.h5"
	w := must[*Writer](t)(Create(name))
	for _, err := range []error{
		w.Write("a/gzip", rule(60, true), []int{10, 6}, Chunk(4, 4), Gzip(6), Shuffle()),
		w.Write("a/whole", rule(60, true), []int{60}),
		w.Write("texts", []string{"a", "bc", ""}, []int{3}),
		w.SetAttr("a", "units", "counts"),
		w.SetAttr("a/gzip", "numbers", []float64{1, 2}),
		w.Close(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return name
}

// readDamaged reads one file and returns how many errors it gave.
func readDamaged(t *testing.T, seed int, b []byte) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	errs := []error{}
	f, err := NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		errs = append(errs, err)
	} else {
		errs = readAll(f)
	}
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	// The worst read is 64 MiB of fill as bytes, twice, and as float64: 640 MiB.
	// A hang is seconds; no read of these files takes one on an idle machine.
	if grew := after.TotalAlloc - before.TotalAlloc; grew > 1<<30 {
		t.Errorf("seed %d: allocated %d MiB for a file of %d KiB", seed, grew>>20, len(b)>>10)
	}
	if took > 5*time.Second {
		t.Errorf("seed %d: took %v", seed, took)
	}
	for _, err := range errs {
		if !allowed(err) {
			t.Errorf("seed %d: an error without a name: %v", seed, err)
		}
	}
	return len(errs)
}

// TestChecksums damages one byte in turn of the headers of a new-style file:
// with checksums verified, the file never gives a wrong value in silence.
func TestChecksums(t *testing.T) {
	whole := must[[]byte](t)(os.ReadFile(writeSmall(t)))
	header := bytes.Index(whole, []byte("OHDR"))
	for i := header; i < header+40; i++ {
		b := bytes.Clone(whole)
		b[i] ^= 0x10
		f, err := NewReader(bytes.NewReader(b), int64(len(b)))
		if err == nil && len(readAll(f)) == 0 {
			t.Errorf("byte %d: the damage went unnoticed", i)
		}
	}
}

// FuzzReader looks for files that make the reader panic.
func FuzzReader(f *testing.F) {
	mendChecksums(f)
	for _, name := range slices.Concat([]string{"written"}, goldens, riches) {
		f.Add(source(f, name))
	}
	files := goldenFiles(f, "matrix")
	for _, name := range []string{"shared-latest", "trees-latest", "packed-latest", "sizes2-earliest", "sizes2-latest"} {
		f.Add(files[name])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		for _, err := range readAll(file) {
			if !allowed(err) {
				t.Errorf("an error without a name: %v", err)
			}
		}
	})
}

// TestFailingReader passes the disk's own error on.
func TestFailingReader(t *testing.T) {
	b := golden(t, "old")
	f := must[*File](t)(NewReader(failing{bytes.NewReader(b), int64(len(b)) / 2}, int64(len(b))))
	errs := readAll(f)
	if len(errs) == 0 {
		t.Fatal("no error")
	}
	for _, err := range errs {
		if !errors.Is(err, errDisk) && !allowed(err) {
			t.Errorf("got %v, want the reader's own error", err)
		}
	}
}

var errDisk = errors.New("disk on fire")

// failing reads nothing beyond good bytes.
type failing struct {
	io.ReaderAt
	good int64
}

func (f failing) ReadAt(b []byte, at int64) (int, error) {
	if at+int64(len(b)) > f.good {
		return 0, errDisk
	}
	return f.ReaderAt.ReadAt(b, at)
}
