package hdf5

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
)

// allocated is how many bytes a function allocates, in MiB.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return (after.TotalAlloc - before.TotalAlloc) >> 20
}

// TestBombs reads files that unpack to hundreds of times their size. By rows they
// take little memory; at once they are refused if they are large.
func TestBombs(t *testing.T) {
	values := map[string]int{"gzip": 12 << 25, "shuffled": 1 << 25, "zstd": 1 << 25, "blosc": 1 << 25, "bitshuffle": 1 << 25, "szip": 1 << 25, "twice": 1 << 25}
	files := goldenFiles(t, "bombs")
	for name, want := range values {
		t.Run(name, func(t *testing.T) {
			n := 0
			grew := allocated(func() {
				for block, err := range dataset(t, open(t, files[name]).Root(), "x").Float32Rows() {
					if err != nil || slices.Max(block) != 0 || slices.Min(block) != 0 {
						t.Fatalf("%v, or a value that is not 0", err)
					}
					n += len(block)
				}
			})
			if n != want || grew > 100 {
				t.Errorf("%d values with %d MiB allocated, should be %d and at most 100 MiB", n, grew, want)
			}
		})
	}
	large := dataset(t, open(t, files["gzip"]).Root(), "x")
	refused(t, "1.5 GiB at once", "by rows or slabs", 10, func() error { _, err := large.Float64s(); return err })
	refused(t, "1.5 GiB of raw values", "by rows or slabs", 10, func() error { _, err := large.Raw(); return err })
	one := dataset(t, open(t, files["one-chunk"]).Root(), "x")
	refused(t, "a chunk of 128 MiB", "h5repack -l /x:CHUNK=1x262144 ", 10, func() error {
		for _, err := range one.Float32Rows() {
			return err
		}
		return nil
	})
}

// refused checks that something is too large, says what to do, and has taken at
// most some MiB.
func refused(t *testing.T, what, advice string, most uint64, do func() error) {
	t.Helper()
	var err error
	grew := allocated(func() { err = do() })
	if !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), advice) || grew > most {
		t.Errorf("%s: %d MiB, %v", what, grew, err)
	}
}

// TestBombAdvice types what the refusal of a large chunk says, and reads what comes
// of it.
func TestBombAdvice(t *testing.T) {
	testenv.Command(t, "h5repack")
	dir := filepath.Join(t.TempDir(), "monkey's day")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	w := must[*Writer](t)(Create(filepath.Join(dir, "x.h5")))
	shape := []int{72, 1 << 17} // 36 MiB
	if err := errors.Join(w.Write("g/x", make([]float32, 72<<17), shape, Chunk(shape...), Gzip(9)), w.Close()); err != nil {
		t.Fatal(err)
	}
	f := must[*File](t)(Open(filepath.Join(dir, "x.h5")))
	defer f.Close()
	_, err := dataset(t, f.Root(), "g/x").Float32s()
	if !errors.Is(err, ErrTooLarge) {
		t.Fatal(err)
	}
	_, command, _ := strings.Cut(err.Error(), "chunks: ")
	if out, err := exec.Command("sh", "-c", command).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s\n%s", err, out, command)
	}
	plain := must[*File](t)(Open(filepath.Join(dir, "x-plain.h5")))
	defer plain.Close()
	same(t, "number of values", len(must[[]float32](t)(dataset(t, plain.Root(), "g/x").Float32s())), 72<<17)
}

// TestLyingFrame reads a chunk of Zstandard that says it has 1 GiB.
func TestLyingFrame(t *testing.T) {
	d := dataset(t, open(t, goldenFiles(t, "bombs")["liar"]).Root(), "x")
	var err error
	if grew := allocated(func() { _, err = d.Float64s() }); !errors.Is(err, ErrCorrupt) || grew > 16 {
		t.Errorf("%d MiB, %v", grew, err)
	}
}

// TestDepth looks up what lies deeper than anything real, and in a circle of groups.
func TestDepth(t *testing.T) {
	files := goldenFiles(t, "bombs")
	began := time.Now()
	for name, step := range map[string]string{"deep": "g/", "circle": "a/"} {
		root := open(t, files[name]).Root()
		var err error
		grew := allocated(func() { _, err = root.Dataset(strings.Repeat(step, 3000) + "x") })
		if !errors.Is(err, ErrUnsupported) && name == "deep" || err == nil || grew > 64 {
			t.Errorf("%s: %d MiB, %.200v", name, grew, err)
		}
		if _, err := root.Group(strings.Repeat("g/", 900)); name == "deep" && err != nil {
			t.Errorf("900 deep: %.200v", err)
		}
	}
	circle := open(t, files["circle"]).Root()
	same(t, "on a way round", must[[]int64](t)(dataset(t, circle, "a/b/x/b/y/y/value").Int64s()), []int64{5})
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

// TestContinuationsInACircle reads headers, of either version, whose continuation
// goes on in itself.
func TestContinuationsInACircle(t *testing.T) {
	mendChecksums(t)
	for _, name := range []string{"old", "new"} {
		b := golden(t, name)
		f := open(t, b)
		end := uint64(len(b))
		circle, message := append([]byte("OCHK"), msgContinuation, 16, 0, 0), f.rootAddress+16
		if flags := uint64(b[f.rootAddress+5]); name == "new" {
			message = f.rootAddress + 6 + flags&0x20/2 + flags&0x10/4 + 1<<(flags&3)
			b[message] = msgContinuation
			circle = append(circle, make([]byte, flags&4/2)...)
			message += 4 + flags&4/2
		} else {
			circle = []byte{msgContinuation, 0, 16, 0, 0, 0, 0, 0}
			copy(b[message:], circle)
			message += 8
		}
		size := uint64(len(circle)) + 16 + sumSize
		place := le.AppendUint64(le.AppendUint64(nil, end), size)
		copy(b[message:], place)
		b = append(append(append(b, circle...), place...), 0, 0, 0, 0)
		var err error
		grew := allocated(func() { _, err = NewReader(bytes.NewReader(b), int64(len(b))) })
		if !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), "refers to itself") || grew > 64 {
			t.Errorf("%s: %d MiB, %v", name, grew, err)
		}
	}
}
