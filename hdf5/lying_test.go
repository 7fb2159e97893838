package hdf5

import (
	"bytes"
	"testing"
	"time"
)

// TestLyingHeaders puts numbers far too large wherever a small file has any bytes: as
// counts, sizes, dimensions, addresses. Reading takes no more room than what was
// never written may have, and ends at once.
func TestLyingHeaders(t *testing.T) {
	mendChecksums(t)
	const most = freeFill>>20 + 16 // MiB
	files := goldenFiles(t, "matrix")
	for name, whole := range map[string][]byte{"written": source(t, "written"), "sizes2": files["sizes2-latest"], "old": files["sizes2-earliest"]} {
		items := itemsOf(t, whole)
		for at := 8; at+8 <= len(whole); at++ {
			for k, lie := range []uint64{1<<26 - 1, 1 << 40, ^uint64(1)} {
				b := bytes.Clone(whole)
				if le.PutUint64(b[at:], lie); k == 0 { // as four bytes
					copy(b[at+4:], whole[at+4:at+8])
				}
				began := time.Now()
				if grew := allocated(func() { readRaw(b, items) }); grew > most {
					t.Errorf("%s: %#x at %d: %d MiB", name, lie, at, grew)
				}
				if took := time.Since(began); took > 5*time.Second {
					t.Errorf("%s: %#x at %d: %v", name, lie, at, took)
				}
			}
		}
	}
}

func itemsOf(t *testing.T, b []byte) []item {
	p := &parent{}
	f := open(t, b)
	p.collect(t, f, f.Root(), make([]bool, len(b)))
	return p.items
}

// TestNotClosed reads files that say they are open for writing, as one does whose
// writer was killed: what is whole is read.
func TestNotClosed(t *testing.T) {
	b := golden(t, "new")
	if b[8] != 3 {
		t.Fatalf("superblock version %d", b[8])
	}
	b[11] |= 5 // open for writing, and for readers beside
	sum := 12 + 4*8
	le.PutUint32(b[sum:], lookup3(b[:sum]))
	same(t, "layouts/gzip", must[[]float64](t)(dataset(t, open(t, b).Root(), "layouts/gzip").Float64s()), rule(35, true))
	b[30] ^= 1
	if _, err := NewReader(bytes.NewReader(b), int64(len(b))); err == nil {
		t.Error("damage of the superblock is not noticed")
	}
}
