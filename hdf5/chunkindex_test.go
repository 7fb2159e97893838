package hdf5

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestChunkTree damages the keys of a B-tree of chunks, which have no checksum:
// each must be noticed, not read as chunks that were never written.
func TestChunkTree(t *testing.T) {
	name := filepath.Join(t.TempDir(), "chunks.h5")
	w := must[*Writer](t)(Create(name))
	if err := errors.Join(w.Write("x", rule(35, true), []int{5, 7}, Chunk(2, 3)), w.Close()); err != nil {
		t.Fatal(err)
	}
	whole := must[[]byte](t)(os.ReadFile(name))
	const entry, bytesOfChunk = 8 + 3*8 + 8, 2 * 3 * 8 // a key and a child
	key := bytes.Index(whole, []byte("TREE\x01")) + 8 + 2*8
	for _, c := range []struct {
		what  string
		at    int
		value uint64
		part  string
	}{
		{"a size that is not that of a chunk", key, bytesOfChunk + 1, "stored in 49"},
		{"no size", key, 0, "stored in 0"},
		{"an offset that is no multiple", entry + key + 16, 4, "at an offset of 4"},
		{"an offset within an element", key + 24, 8, "within an element"},
		{"a chunk twice", entry + key + 16, 0, "between the keys"},
		{"a chunk behind the next", entry + key + 16, 9, "between the keys"},
		{"a chunk outside the data", 8*entry + key + 16, 9, "grid of [3 3]"},
		{"a last key before the last chunk", 9*entry + key + 8, 0, "between the keys"},
		{"no address", key + 32, undefined, "without an address"},
		{"an address behind the end", key + 32, 1 << 40, "beyond its end"},
		{"the address of another chunk", key + 32, le.Uint64(whole[key+entry+32:]), "overlap"},
		{"an address within another chunk", key + 32, le.Uint64(whole[key+entry+32:]) + 8, "overlap"},
	} {
		b := bytes.Clone(whole)
		le.PutUint64(b[c.at:], c.value)
		_, err := open(t, b).Root().Dataset("x")
		if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrTruncated) || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%s: got error %v, want one that says %q", c.what, err, c.part)
		}
	}
}

// TestSums damages each structure of the goldens that has a checksum: the data
// behind it must not be read. The chunk indexes, heaps and trees have several.
func TestSums(t *testing.T) {
	for _, name := range goldens[1:] {
		whole := golden(t, name)
		usual := fmt.Sprint(readAll(open(t, whole))) // some features are not supported
		for _, signature := range strings.Split("OHDR OCHK FRHP FHDB BTHD BTLF FAHD FADB EAHD EAIB EADB EASB", " ") {
			at := bytes.Index(whole, []byte(signature))
			if at < 0 {
				t.Errorf("%s has no %s", name, signature)
				continue
			}
			b := bytes.Clone(whole)
			b[at+12] ^= 0x10
			f, err := NewReader(bytes.NewReader(b), int64(len(b)))
			errs := []error{err}
			if err == nil {
				errs = readAll(f)
			}
			if fmt.Sprint(errs) == usual {
				t.Errorf("%s: damage in %s went unnoticed", name, signature)
			}
		}
	}
}
