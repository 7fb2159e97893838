package matfile

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"testing"
)

// parent is a whole file that mutants are made of.
type parent struct {
	name      string
	whole     []byte
	variables int
	parts     []part // of a compressed file
	order     binary.ByteOrder
}

// part is a compressed variable, unpacked.
type part struct{ from, to int }

func newParent(t *testing.T, name string) *parent {
	p := &parent{name: name, whole: golden(t, name), order: binary.LittleEndian}
	f := openBytes(t, p.whole)
	p.variables = len(f.Names())
	if f.Level() != Level5 {
		return p
	}
	if p.whole[126] == 'M' {
		p.order = binary.BigEndian
	}
	for at := headerSize; at < len(p.whole); {
		to := at + 8 + int(p.order.Uint32(p.whole[at+4:]))
		if p.order.Uint32(p.whole[at:]) == miCOMPRESSED {
			p.parts = append(p.parts, part{at, to})
		}
		at = to
	}
	return p
}

// mutant damages a copy of the file. Compressed variables are mostly damaged as they
// were before, so that the damage does not end at their checksums.
func (p *parent) mutant(r *rand.Rand) []byte {
	b := bytes.Clone(p.whole)
	if len(p.parts) > 0 && r.IntN(5) > 0 {
		b = p.repack(p.parts[r.IntN(len(p.parts))], r)
	} else {
		damage(b, r)
	}
	if r.IntN(30) == 0 {
		b = b[:r.IntN(len(b))]
	}
	return b
}

// repack damages what a compressed variable holds.
func (p *parent) repack(v part, r *rand.Rand) []byte {
	z, err := zlib.NewReader(bytes.NewReader(p.whole[v.from+8 : v.to]))
	if err != nil {
		panic(err)
	}
	inner, err := io.ReadAll(z)
	if err != nil {
		panic(err)
	}
	damage(inner, r)
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	w.Write(inner)
	w.Close()
	out := append([]byte{}, p.whole[:v.from+4]...)
	out = append(p.order.(binary.AppendByteOrder).AppendUint32(out, uint32(packed.Len())), packed.Bytes()...)
	return append(out, p.whole[v.to:]...)
}

// damage changes some bytes in one place or a few, mostly near others that are not 0.
func damage(b []byte, r *rand.Rand) {
	for n := 1; n > 0; n-- {
		if r.IntN(3) == 0 {
			n++
		}
		at := r.IntN(len(b) - 8)
		for try := 0; try < 20 && b[at] == 0; try++ {
			at = r.IntN(len(b) - 8)
		}
		change(b, at, r)
	}
}

func change(b []byte, at int, r *rand.Rand) {
	switch r.IntN(9) {
	case 0, 1:
		b[at] ^= 1 << r.IntN(8)
	case 2:
		b[at] = byte(r.Uint32())
	case 3:
		b[at] = [...]byte{0, 1, 0x7f, 0x80, 0xff}[r.IntN(5)]
	case 4:
		b[at] += byte(1 - 2*r.IntN(2))
	case 5:
		k := r.IntN(8)
		b[at], b[at+k] = b[at+k], b[at]
	case 6:
		at &^= 7
		clear(b[at:min(len(b), at+1<<r.IntN(7))])
	case 7: // a copy of another place
		at &^= 7
		copy(b[at:min(len(b), at+8<<r.IntN(4))], b[r.IntN(len(b))&^7:])
	case 8: // a size or a type
		word := [...]uint32{0, 1, 2, 8, 9, 14, 15, 16, 17, 1 << 31, 1<<31 - 1, 1<<32 - 1, uint32(len(b)), uint32(r.IntN(len(b)))}[r.IntN(14)]
		binary.LittleEndian.PutUint32(b[at&^3:], word)
	}
}
