package hdf5

import (
	"bytes"
	"io"

	"github.com/klauspost/compress/snappy"
)

// blosc is what a chunk of the plug-in of that name begins with: sixteen bytes.
type blosc struct {
	flags   byte
	element int // bytes of one, for shuffling
	size    int // of the chunk
	block   int // of a block before compression
	data    []byte
	undo    func(to, from []byte) error
}

// Flags of blosc; the highest three tell the compression.
const (
	bloscShuffle    = 1
	bloscCopied     = 2
	bloscBitshuffle = 4
	bloscWhole      = 16 // blocks are not split by the bytes of elements
)

func (b *chunkBuffer) unBlosc(_ []uint32, limit uint64) error {
	const head = 16
	if len(b.data) < head {
		return corrupt("blosc: a chunk of %d bytes", len(b.data))
	}
	h := b.data
	c := blosc{flags: h[2], element: int(h[3]), data: h}
	size, block := uint64(le.Uint32(h[4:])), uint64(le.Uint32(h[8:]))
	if size > limit || c.element == 0 {
		return corrupt("blosc: %d bytes of elements of %d, should be at most %d", size, c.element, limit)
	}
	c.size, c.block = int(size), int(min(block, size))
	_, to := b.turn(size)
	if c.flags&bloscCopied != 0 {
		if len(c.data) < head+c.size {
			return corrupt("blosc: a chunk ends early")
		}
		copy(to, c.data[head:])
		return nil
	}
	if c.undo = bloscCodecs[c.flags>>5]; c.undo == nil {
		return unsupported("blosc with compression %d", c.flags>>5)
	}
	if c.size == 0 {
		return nil
	}
	if c.block == 0 {
		return corrupt("blosc: blocks of no bytes")
	}
	return c.blocks(to, head)
}

// bloscCodecs are by number.
var bloscCodecs = map[byte]func(to, from []byte) error{0: bloscLZ, 1: lz4, 2: unsnap, 3: inflateInto, 4: unstandard}

// blocks restores all blocks. Where each begins stands behind the head.
func (c *blosc) blocks(to []byte, head int) error {
	room := make([]byte, c.block)
	for i := 0; len(to) > 0; i++ {
		n := min(c.block, len(to))
		at, err := c.word(head + 4*i)
		if err != nil {
			return err
		}
		if err := c.decompress(room[:n], at); err != nil {
			return err
		}
		c.unshuffle(to[:n], room[:n])
		to = to[n:]
	}
	return nil
}

func (c *blosc) word(at int) (int, error) {
	if at < 0 || at > len(c.data)-4 {
		return 0, corrupt("blosc: a chunk of %d bytes ends early", len(c.data))
	}
	return int(int32(le.Uint32(c.data[at:]))), nil
}

// decompress restores one block, which may be split: first bytes of all elements,
// second bytes of all, and so on.
func (c *blosc) decompress(room []byte, at int) error {
	const most, least = 16, 128 // bytes of an element, elements of a block
	parts := 1
	if c.flags&bloscWhole == 0 && c.element <= most && len(room) == c.block && c.block/c.element >= least {
		parts = c.element
	}
	n := len(room) / parts
	for part := range parts {
		to := room[part*n : (part+1)*n]
		stored, err := c.word(at)
		if err != nil {
			return err
		}
		if at += 4; stored < 0 || stored > len(c.data)-at {
			return corrupt("blosc: a block of %d bytes leaves the chunk", stored)
		}
		from := c.data[at : at+stored]
		if at += stored; stored == n {
			copy(to, from)
		} else if err := c.undo(to, from); err != nil {
			return err
		}
	}
	return nil
}

// unshuffle puts the bytes or bits of elements together again.
func (c *blosc) unshuffle(to, from []byte) {
	n := len(from) / c.element
	switch {
	case c.flags&bloscShuffle != 0 && c.element > 1:
		unshuffle(to, from, c.element)
	case c.flags&bloscBitshuffle != 0 && len(from) >= c.element && n%8 == 0:
		n *= c.element
		unBitshuffle(to[:n], from[:n], c.element)
		copy(to[n:], from[n:])
	default:
		copy(to, from)
	}
}

// inflateInto decompresses zlib into all of to.
func inflateInto(to, from []byte) error {
	r, err := newInflater(from)
	if err != nil {
		return corrupt("zlib: %v", err)
	}
	defer inflaters.Put(r)
	if _, err := io.ReadFull(r, to); err != nil {
		return corrupt("zlib: %v", err)
	}
	if n, _ := io.CopyN(io.Discard, r, 1); n > 0 {
		return corrupt("zlib: a block has more than %d bytes", len(to))
	}
	return nil
}

// unsnap decompresses Snappy into all of to.
func unsnap(to, from []byte) error {
	if n, err := snappy.DecodedLen(from); err != nil || n != len(to) {
		return corrupt("snappy: a block of %d bytes, should have %d: %v", n, len(to), err)
	}
	if _, err := snappy.Decode(to, from); err != nil {
		return corrupt("snappy: %v", err)
	}
	return nil
}

// bloscLZ decompresses BloscLZ into all of to: a byte below 32 begins literals, any
// other a reference to what is before.
func bloscLZ(to, from []byte) error {
	in := bytes.NewReader(from)
	next := func() int { // -1 behind the end
		c, err := in.ReadByte()
		if err != nil {
			return -1
		}
		return int(c)
	}
	at := 0
	control := next() & 31 // it begins with literals
	for ; control >= 0; control = next() {
		if control < 32 {
			n := control + 1
			if n > in.Len() || n > len(to)-at {
				return corrupt("blosclz: literals leave the block")
			}
			_, _ = io.ReadFull(in, to[at:at+n])
			at += n
			continue
		}
		n, back := bloscReference(control, next)
		if n < 0 || back > at || n > len(to)-at {
			return corrupt("blosclz: a reference leaves the block")
		}
		at = repeat(to, at, back, n)
	}
	if at != len(to) {
		return corrupt("blosclz: a block of %d bytes, should have %d", at, len(to))
	}
	return nil
}

// bloscReference reads the length of a reference and how far back it is. Long ones
// take more bytes. A length of -1 tells that the block ends early.
func bloscReference(control int, next func() int) (n, back int) {
	const near = 8191 // farther back takes two bytes more
	n = control>>5 + 2
	if control>>5 == 7 {
		for more := 255; more == 255; n += more {
			if more = next(); more < 0 {
				return -1, 0
			}
		}
	}
	high, low := control&31<<8, next()
	back = high + low + 1
	if low == 255 && high == 31<<8 {
		first := next()
		if low = next(); first >= 0 {
			back = first<<8 + low + near + 1
		}
	}
	if low < 0 {
		return -1, 0
	}
	return n, back
}
