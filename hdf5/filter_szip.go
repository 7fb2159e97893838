package hdf5

import "encoding/binary"

// szip is the filter of that name: the lossless coding of the Consultative
// Committee for Space Data Systems (CCSDS 121.0-B), as the library of HDF5 sets it
// up. Samples come in blocks, each with the code that makes it shortest; a line of
// blocks begins, where neighbours are subtracted, with a sample as it is.
type szip struct {
	bitReader
	width      int // bits of a sample
	block      int // samples of a block
	blocks     int // blocks of a line
	neighbours bool
	line       []uint32 // the samples of a line of blocks
}

// Options of szip.
const (
	szipBigEndian  = 16
	szipNeighbours = 32
)

func (b *chunkBuffer) unSzip(p []uint32, limit uint64) error {
	if len(p) != 4 || len(b.data) < 4 {
		return corrupt("szip with parameters %v, of %d bytes", p, len(b.data))
	}
	options, block, width, line := p[0], int(p[1]), int(p[2]), int(p[3])
	if block < 2 || block > 32 || block%2 != 0 || width < 1 || width > 24 && width != 32 && width != 64 || line < 1 || line > 4096 {
		return corrupt("szip with parameters %v", p)
	}
	size := uint64(le.Uint32(b.data))
	if size > limit {
		return corrupt("szip: a chunk of %d bytes, should have at most %d", size, limit)
	}
	planes := 1
	if width == 32 || width == 64 { // first bytes of all, then second bytes of all, ...
		planes, width = width/8, 8
	}
	from, to := b.turn(size)
	z := &szip{bitReader: bitReader{b: from[4:]}, width: width, block: block, neighbours: options&szipNeighbours != 0}
	z.blocks = (line + block - 1) / block
	z.line = make([]uint32, z.blocks*block)
	order := binary.ByteOrder(le)
	if options&szipBigEndian != 0 {
		order = binary.BigEndian
	}
	if err := z.lines(to, line, order); err != nil {
		return err
	}
	if planes > 1 {
		b.unshuffle(uint64(planes))
	}
	return nil
}

// lines decodes all of to, line by line. Lines are filled up to whole blocks.
func (z *szip) lines(to []byte, length int, order binary.ByteOrder) error {
	sample := 1
	if z.width > 16 {
		sample = 4
	} else if z.width > 8 {
		sample = 2
	}
	if len(to)%sample != 0 {
		return corrupt("szip: %d bytes of samples of %d", len(to), sample)
	}
	for len(to) > 0 {
		n := min(length, len(to)/sample)
		need := n
		if n*sample < len(to) {
			need = len(z.line) // the next line stands behind all blocks of this one
		}
		if err := z.decode(need); err != nil {
			return err
		}
		for _, v := range z.line[:n] {
			putSample(to, v, sample, order)
			to = to[sample:]
		}
	}
	return nil
}

func putSample(to []byte, v uint32, size int, order binary.ByteOrder) {
	switch size {
	case 1:
		to[0] = byte(v)
	case 2:
		order.PutUint16(to, uint16(v))
	case 4:
		order.PutUint32(to, v)
	}
}

// decode reads at least need samples of a line.
func (z *szip) decode(need int) error {
	for k := 0; k*z.block < need; {
		n, err := z.readBlock(k)
		if err != nil {
			return err
		}
		k += n
	}
	if z.neighbours {
		z.addNeighbours()
	}
	return nil
}

// readBlock reads the k-th block of a line, or a run of blocks of zeros, and
// returns how many blocks there were.
func (z *szip) readBlock(k int) (n int, err error) {
	s := z.line[k*z.block : (k+1)*z.block]
	first := 0
	if z.neighbours && k == 0 {
		first = 1
	}
	idWidth := 3
	if z.width > 16 {
		idWidth = 5
	} else if z.width > 8 {
		idWidth = 4
	}
	n = 1
	switch id := int(z.next(idWidth)); id {
	case 0:
		pairs := z.next(1) == 1
		z.samples(s[:first], z.width)
		if pairs {
			err = z.readPairs(s, first)
		} else {
			n, err = z.zeroBlocks(k, first)
		}
	case 1<<idWidth - 1:
		z.samples(s, z.width)
	default:
		z.samples(s[:first], z.width)
		z.split(s[first:], id-1)
	}
	if err == nil && z.short {
		err = corrupt("szip: a chunk ends early")
	}
	return n, err
}

// samples reads samples as they are.
func (z *szip) samples(s []uint32, width int) {
	for i := range s {
		s[i] = uint32(z.next(width))
	}
}

// split reads samples whose low bits stand behind the others, which are counted.
func (z *szip) split(s []uint32, low int) {
	for i := range s {
		s[i] = uint32(z.zeros()) << low
	}
	for i := range s {
		s[i] |= uint32(z.next(low))
	}
}

// readPairs reads small samples, two by one number: m tells both their sum, the
// largest b for which b (b + 1) / 2 <= m, and the second, which is the rest.
func (z *szip) readPairs(s []uint32, first int) error {
	const most = 90 // no code is longer: the block would be shorter in another
	for i := first &^ 1; i < len(s); i += 2 {
		m := z.zeros()
		if m > most {
			return corrupt("szip: a pair of samples coded as %d", m)
		}
		sum := 0
		for (sum+1)*(sum+2)/2 <= m {
			sum++
		}
		second := m - sum*(sum+1)/2
		if i >= first {
			s[i] = uint32(sum - second)
		}
		s[i+1] = uint32(second)
	}
	return nil
}

// zeroBlocks reads a run of blocks of zeros, the first of which begins with a
// sample that was read. A code of its own tells a run to the end of the line or of
// a segment of 64 blocks.
func (z *szip) zeroBlocks(k, first int) (n int, err error) {
	const rest, segment = 5, 64
	n = z.zeros() + 1
	switch {
	case n == rest:
		n = min(z.blocks-k, segment-k%segment)
	case n > rest:
		n--
	}
	if n > z.blocks-k {
		return 0, corrupt("szip: %d blocks of zeros in a line of %d", n, z.blocks)
	}
	clear(z.line[k*z.block+first : (k+n)*z.block])
	return n, nil
}

// addNeighbours restores samples from their differences, which are coded so that
// those possible come first: 0, -1, 1, -2, 2, ... as far as the nearer end of the
// range, then on towards the other one.
func (z *szip) addNeighbours() {
	most := uint32(1)<<z.width - 1
	half := most/2 + 1
	x := z.line[0]
	for i, d := range z.line[1:] {
		room := x // to the nearer end
		if x&half != 0 {
			room = most ^ x
		}
		switch {
		case d>>1+d&1 > room && x&half == 0:
			x = d
		case d>>1+d&1 > room:
			x = most ^ d
		case d&1 == 1:
			x -= d>>1 + 1
		default:
			x += d >> 1
		}
		z.line[i+1] = x
	}
}
