package hdf5

import "encoding/binary"

// unBitshuffle undoes the plug-in of that name: bits of equal weight stand
// together, in blocks, which may then be compressed.
func (b *chunkBuffer) unBitshuffle(p []uint32, limit uint64) error {
	if len(p) < 3 || p[2] == 0 || p[2] > 1<<20 {
		return corrupt("bitshuffle with parameters %v", p)
	}
	element := int(p[2])
	var method uint32
	if len(p) > 4 {
		method = p[4]
	}
	if method == 0 {
		blockElements := 0
		if len(p) > 3 {
			blockElements = int(p[3])
		}
		return b.unBitshufflePlain(element, blockElements)
	}
	decompress := map[uint32]func(to, from []byte) error{2: lz4, 3: unstandard}[method]
	if decompress == nil {
		return unsupported("bitshuffle with compression %d", method)
	}
	if len(b.data) < 12 {
		return corrupt("bitshuffle: a chunk of %d bytes", len(b.data))
	}
	size, block := binary.BigEndian.Uint64(b.data), int(binary.BigEndian.Uint32(b.data[8:]))/element*element
	if size > limit || block <= 0 || block%(8*element) != 0 {
		return corrupt("bitshuffle: a chunk of %d bytes in blocks of %d, should have at most %d", size, block, limit)
	}
	from, to := b.turn(size)
	return unBitshuffleBlocks(to, from[12:], element, block, decompress)
}

// unBitshuffleBlocks decompresses blocks, each behind its size, and turns their
// bits round. What is less than eight elements at the end stands as it is.
func unBitshuffleBlocks(to, from []byte, element, block int, decompress func(to, from []byte) error) error {
	room := make([]byte, min(block, len(to)))
	for len(to) >= 8*element {
		n := min(block, len(to)/(8*element)*(8*element))
		stored, rest, err := sizedPiece(from)
		if err != nil {
			return err
		}
		if err := decompress(room[:n], stored); err != nil {
			return err
		}
		unBitshuffle(to[:n], room[:n], element)
		from, to = rest, to[n:]
	}
	if len(from) < len(to) {
		return corrupt("bitshuffle: a chunk ends early")
	}
	copy(to, from)
	return nil
}

// unBitshufflePlain turns the bits of blocks round that are not compressed. Without
// a size of blocks, they have 8 KiB or a little less.
func (b *chunkBuffer) unBitshufflePlain(element, blockElements int) error {
	if blockElements == 0 {
		blockElements = max(8192/element&^7, 128)
	}
	if blockElements%8 != 0 {
		return corrupt("bitshuffle: blocks of %d elements", blockElements)
	}
	from, to := b.turn(uint64(len(b.data)))
	for len(to) >= 8*element {
		n := min(blockElements*element, len(to)/(8*element)*(8*element))
		unBitshuffle(to[:n], from[:n], element)
		from, to = from[n:], to[n:]
	}
	copy(to, from)
	return nil
}

// unBitshuffle puts elements together again, of which there is a multiple of
// eight: first comes bit 0 of the first bytes of all, then bit 1, and so on.
func unBitshuffle(to, from []byte, element int) {
	row := len(from) / (8 * element) // bytes of one bit of all elements
	for k := range element {
		planes := from[8*k*row:]
		for i := range row {
			var x uint64
			for j := range 8 {
				x |= uint64(planes[j*row+i]) << (8 * j)
			}
			x = transpose8(x)
			for j := range 8 {
				to[(8*i+j)*element+k] = byte(x >> (8 * j))
			}
		}
	}
}

// transpose8 turns a square of 8 x 8 bits round: bit j of byte i becomes bit i of
// byte j.
func transpose8(x uint64) uint64 {
	t := (x ^ x>>7) & 0x00aa00aa00aa00aa
	x ^= t ^ t<<7
	t = (x ^ x>>14) & 0x0000cccc0000cccc
	x ^= t ^ t<<14
	t = (x ^ x>>28) & 0x00000000f0f0f0f0
	return x ^ t ^ t<<28
}
