package hdf5

import (
	"bytes"
	"errors"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
)

// TestFilters reads every filter, and beside it what h5py reads of the same data.
func TestFilters(t *testing.T) {
	comparePacked(t, open(t, golden(t, "filters")), 100)
}

// TestManyFilters does the same with more types, shapes and values, made now.
func TestManyFilters(t *testing.T) {
	python := testenv.Python(t, "h5py", "hdf5plugin")
	name := filepath.Join(t.TempDir(), "filters.h5")
	seed := strconv.Itoa(testenv.Number(t, "AUTOLFADS_SEED", 2))
	if out, err := exec.Command(python, "testdata/make_filters.py", name, seed).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	f := must[*File](t)(Open(name))
	defer f.Close()
	comparePacked(t, f, 2000)
}

// comparePacked compares at least n data sets behind filters with those without.
func comparePacked(t *testing.T, f *File, n int) {
	packed, plain := must[*Group](t)(f.Root().Group("packed")), must[*Group](t)(f.Root().Group("plain"))
	names := packed.Keys()
	if len(names) < n {
		t.Errorf("%d data sets, should be at least %d", len(names), n)
	}
	for _, name := range names {
		want := must[[]byte](t)(dataset(t, plain, name).Raw())
		got, err := dataset(t, packed, name).Raw()
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v; %d bytes, of which the first differ or not from h5py's: % x, % x", name, err, len(got), got[:min(16, len(got))], want[:16])
		}
	}
}

// TestDamagedFilters cuts and changes stored chunks. Each filter must give an error
// or values, in the room that the chunk has.
func TestDamagedFilters(t *testing.T) {
	f := open(t, golden(t, "filters"))
	packed := must[*Group](t)(f.Root().Group("packed"))
	noticed := 0
	for _, name := range packed.Keys() {
		d := dataset(t, packed, name)
		size := d.layout.chunks.bytes
		c := d.layout.chunks.chunks[0]
		whole := must[[]byte](t)(f.readAt(c.address, c.size))
		for at := range whole {
			b := &chunkBuffer{data: bytes.Clone(whole)}
			if at%3 == 0 {
				b.data = b.data[:at]
			} else {
				b.data[at] ^= byte(at*37 | 1)
			}
			err := b.undo(d.filters, c.skipped, size)
			if err != nil {
				noticed++
			}
			if err != nil && !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrUnsupported) {
				t.Errorf("%s: byte %d: an error without a name: %v", name, at, err)
			}
			if room := uint64(cap(b.data) + cap(b.spare)); room > 8*(size+uint64(len(whole)))+4096 {
				t.Errorf("%s: byte %d: %d bytes of room for a chunk of %d", name, at, room, size)
			}
		}
	}
	if noticed < 5000 {
		t.Errorf("only %d damaged chunks were noticed", noticed)
	}
}

// TestEndlessNbit describes elements that would take hours to make of nothing.
func TestEndlessNbit(t *testing.T) {
	const size, members = 32 << 20, 5000
	many := []uint32{0, 0, 1, nbitCompound, size, members}
	for range members {
		many = append(many, 0, nbitWhole, size)
	}
	many[0] = uint32(len(many))
	empty := []uint32{9, 0, 1, nbitArray, size, nbitCompound, 1, 0, 0}
	for _, p := range [][]uint32{many, empty} {
		began := time.Now()
		err := (&chunkBuffer{data: make([]byte, 8)}).unNbit(p, size)
		if took := time.Since(began); !errors.Is(err, ErrCorrupt) || took > 10*time.Second {
			t.Errorf("%.20v: %v after %v", p, err, took)
		}
	}
}

// FuzzFilters looks for chunks and parameters that make a filter panic.
func FuzzFilters(f *testing.F) {
	file := open(f, golden(f, "filters"))
	packed := must[*Group](f)(file.Root().Group("packed"))
	for _, name := range packed.Keys() {
		d := dataset(f, packed, name)
		c := d.layout.chunks.chunks[0]
		var parameters []byte
		for _, p := range d.filters[0].parameters {
			parameters = le.AppendUint32(parameters, p)
		}
		f.Add(d.filters[0].id, parameters, must[[]byte](f)(file.readAt(c.address, c.size)), d.layout.chunks.bytes)
	}
	f.Fuzz(func(t *testing.T, id int, parameters, chunk []byte, size uint64) {
		known, ok := filters[id]
		if !ok || size > 1<<20 {
			return
		}
		var p []uint32
		for ; len(parameters) >= 4; parameters = parameters[4:] {
			p = append(p, le.Uint32(parameters))
		}
		b := &chunkBuffer{data: chunk}
		if err := known.undo(b, p, size); err == nil && uint64(len(b.data)) > max(size, uint64(len(chunk))) {
			t.Errorf("%d bytes, should be at most %d", len(b.data), size)
		}
	})
}

// TestFletcher32Names says where a chunk is whose sum is wrong.
func TestFletcher32Names(t *testing.T) {
	b := golden(t, "old")
	d := dataset(t, open(t, b).Root(), "layouts/fletcher")
	c := d.layout.chunks.chunks[4]
	b[c.address+c.size-2] ^= 4
	_, err := dataset(t, open(t, b).Root(), "layouts/fletcher").Float64s()
	if !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), "/layouts/fletcher: chunk [1 1]: file is damaged: fletcher32: a chunk sums to") {
		t.Errorf("got %v", err)
	}
}
