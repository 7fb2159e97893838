package hdf5

import "encoding/binary"

// unLZ4 undoes the LZ4 plug-in: the size and that of a block, big-endian, then
// blocks, each behind its stored size. One that is stored whole is not compressed.
func (b *chunkBuffer) unLZ4(_ []uint32, limit uint64) error {
	if len(b.data) < 12 {
		return corrupt("lz4: a chunk of %d bytes", len(b.data))
	}
	size, block := binary.BigEndian.Uint64(b.data), uint64(binary.BigEndian.Uint32(b.data[8:]))
	if size > limit || block == 0 {
		return corrupt("lz4: a chunk of %d bytes in blocks of %d, should have at most %d", size, block, limit)
	}
	from, to := b.turn(size)
	from = from[12:]
	for len(to) > 0 {
		n := min(block, uint64(len(to)))
		stored, rest, err := sizedPiece(from)
		if err != nil {
			return err
		}
		if uint64(len(stored)) == n {
			copy(to, stored)
		} else if err := lz4(to[:n], stored); err != nil {
			return err
		}
		from, to = rest, to[n:]
	}
	return nil
}

// sizedPiece takes off a piece behind its size, big-endian.
func sizedPiece(from []byte) (piece, rest []byte, err error) {
	if len(from) < 4 {
		return nil, nil, corrupt("a chunk ends before a block")
	}
	n := uint64(binary.BigEndian.Uint32(from))
	if from = from[4:]; n > uint64(len(from)) {
		return nil, nil, corrupt("a block of %d bytes in %d", n, len(from))
	}
	return from[:n], from[n:], nil
}

// lz4 decompresses a block of LZ4 into all of to: literals, then a reference to
// what is before, and so on; the last reference is missing.
func lz4(to, from []byte) error {
	at := 0
	for len(from) > 0 {
		token := from[0]
		literals, rest, ok := lz4Length(int(token>>4), from[1:])
		if !ok || literals > len(rest) || literals > len(to)-at {
			return corrupt("lz4: literals leave the block")
		}
		at += copy(to[at:], rest[:literals])
		if from = rest[literals:]; len(from) == 0 {
			break
		}
		if len(from) < 2 {
			return corrupt("lz4: a block ends early")
		}
		back := int(le.Uint16(from))
		n, rest, ok := lz4Length(int(token&15), from[2:])
		n += 4
		if !ok || back == 0 || back > at || n > len(to)-at {
			return corrupt("lz4: a reference leaves the block")
		}
		at = repeat(to, at, back, n)
		from = rest
	}
	if at != len(to) {
		return corrupt("lz4: a block of %d bytes, should have %d", at, len(to))
	}
	return nil
}

// lz4Length reads on where a length does not fit in its four bits.
func lz4Length(n int, from []byte) (length int, rest []byte, ok bool) {
	for more := n == 15; more; from = from[1:] {
		if len(from) == 0 {
			return 0, nil, false
		}
		n += int(from[0])
		more = from[0] == 255
	}
	return n, from, true
}

// repeat copies n bytes from some bytes back to at, where they may overlap, and
// returns what follows.
func repeat(to []byte, at, back, n int) int {
	end := at + n
	for at < end {
		at += copy(to[at:end], to[at-back:at])
	}
	return end
}
