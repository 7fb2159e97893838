package hdf5

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// parent is a whole file that mutants are made of.
type parent struct {
	name      string
	whole     []byte
	claims    map[item]string // what is read of the whole file
	items     []item
	structure []int  // bytes of structures, not of values
	summed    []span // what has a checksum, by place in the file
}

func newParent(t *testing.T, name string) *parent {
	p := &parent{name: name, whole: must[[]byte](t)(os.ReadFile(name))}
	value := make([]bool, len(p.whole))
	f := open(t, p.whole)
	p.collect(t, f, f.Root(), value)
	for i := range p.whole {
		near := p.whole[max(0, i-8):min(i+8, len(p.whole))]
		if !value[i] && slices.ContainsFunc(near, func(b byte) bool { return b != 0 }) {
			p.structure = append(p.structure, i)
		}
	}
	verify = func(what string, b []byte) error {
		if at := bytes.Index(p.whole, b); at >= 0 {
			p.summed = append(p.summed, span{p.whole[at:], b})
		}
		return checksum(what, b)
	}
	defer func() { verify = checksum }()
	readAll(open(t, p.whole))
	return p
}

// collect lists the values of a group and of those below it, and marks the bytes
// of their data.
func (p *parent) collect(t *testing.T, f *File, g *Group, value []bool) {
	p.attributes(t, g.object)
	for _, name := range g.Keys() {
		path := strings.TrimSuffix(g.Path(), "/") + "/" + name
		if sub, err := g.Group(name); err == nil {
			p.collect(t, f, sub, value)
			continue
		}
		d, err := g.Dataset(name)
		if err != nil {
			continue // a named type
		}
		p.items = append(p.items, item{Path: path})
		p.attributes(t, d.object)
		if coded(d.filters) {
			continue
		}
		parts := []chunk{{address: d.layout.address, size: d.layout.size}}
		if d.layout.chunks != nil {
			parts = d.layout.chunks.chunks
		}
		for _, c := range parts {
			for i := uint64(0); c.address != undefined && i < c.size; i++ {
				value[f.base+c.address+i] = true
			}
		}
	}
}

// coded reports whether filters make of a chunk what has structure of its own.
func coded(pipeline []filter) bool {
	return slices.ContainsFunc(pipeline, func(f filter) bool {
		return f.id == filterSzip || f.id == filterNbit || f.id == filterScaleOffset
	})
}

func (p *parent) attributes(t *testing.T, o *object) {
	for _, a := range must[[]*Attribute](t)(o.Attrs()) {
		p.items = append(p.items, item{o.path, a.Name})
	}
}

// mutant damages a copy of the file, mostly its structures, in one place or a few.
// Some mutants get their checksums put right, to reach what lies behind them.
func (p *parent) mutant(r *rand.Rand) []byte {
	b := bytes.Clone(p.whole)
	for n := 1; n > 0; n-- {
		if r.IntN(3) == 0 {
			n++
		}
		at := p.structure[r.IntN(len(p.structure))]
		if r.IntN(10) == 0 {
			at = r.IntN(len(b))
		}
		p.damage(b, at, r)
	}
	if r.IntN(2) == 0 {
		p.mend(b)
	}
	if r.IntN(30) == 0 {
		b = b[:r.IntN(len(b))]
	}
	return b
}

// damage changes some bytes from at on.
func (p *parent) damage(b []byte, at int, r *rand.Rand) {
	b = b[at:]
	switch r.IntN(9) {
	case 0, 1:
		b[0] ^= 1 << r.IntN(8)
	case 2:
		b[0] = byte(r.Uint32())
	case 3:
		b[0] = [...]byte{0, 1, 0x7f, 0x80, 0xff}[r.IntN(5)]
	case 4:
		b[0] += byte(1 - 2*r.IntN(2))
	case 5:
		k := r.IntN(min(len(b), 16))
		b[0], b[k] = b[k], b[0]
	case 6:
		clear(b[:min(len(b), 1<<r.IntN(7))])
	case 7:
		from := p.structure[r.IntN(len(p.structure))]
		copy(b[:min(len(b), 1<<r.IntN(4))], p.whole[from:])
	case 8:
		var word [8]byte
		le.PutUint64(word[:], [...]uint64{1, 16, 1 << 31, 1 << 32, 1 << 63, uint64(len(p.whole)), uint64(r.IntN(len(p.whole)))}[r.IntN(7)])
		copy(b, word[:])
	}
}

// mend puts checksums right.
func (p *parent) mend(b []byte) {
	for _, s := range p.summed {
		at := len(b) - len(s.from)
		n := at + len(s.to) - sumSize
		le.PutUint32(b[n:], lookup3(b[at:n]))
	}
}

// difference tells the first bytes that were changed.
func difference(whole, b []byte) string {
	if len(b) < len(whole) {
		return fmt.Sprintf("cut to %d bytes", len(b))
	}
	var told []string
	for i := range b {
		if b[i] != whole[i] {
			told = append(told, fmt.Sprintf("%d: %02x>%02x", i, whole[i], b[i]))
		}
	}
	return strings.Join(told[:min(len(told), 12)], " ")
}
