package hdf5

import (
	"fmt"
	"slices"
)

// chunkBytes is the size that chunks are given by default: large enough that
// seeking costs little, small enough that HDF5's default cache of 1 MiB holds one.
const chunkBytes = 1 << 20

// complete settles the chunk shape: what is asked for, or for compressed data
// as many whole rows of the first dimensions as fill chunkBytes.
func (s *storage) complete(shape []int, size int) error {
	switch {
	case s.gzip < 0 || s.gzip > 9:
		return fmt.Errorf("%w: gzip level %d", ErrRange, s.gzip)
	case len(shape) == 0 || slices.Contains(shape, 0):
		*s = storage{} // nothing to divide
	case s.chunk == nil && (s.gzip > 0 || s.shuffle):
		s.chunk = defaultChunk(shape, size)
	case s.chunk != nil && (len(s.chunk) != len(shape) || slices.Min(s.chunk) < 1):
		return fmt.Errorf("%w: chunks of shape %v for data of shape %v", ErrRange, s.chunk, shape)
	}
	if n, ok := product(sizes(size, s.chunk)); !ok || n >= 1<<32 {
		return fmt.Errorf("%w: chunks of shape %v reach 4 GiB", ErrRange, s.chunk)
	}
	return nil
}

func sizes(element int, shape []int) []uint64 {
	all := []uint64{uint64(element)}
	for _, n := range shape {
		all = append(all, uint64(n))
	}
	return all
}

func defaultChunk(shape []int, size int) []int {
	chunk := slices.Clone(shape)
	n := size
	for _, k := range shape {
		n *= k
	}
	for i := 0; i < len(chunk) && n > chunkBytes; i++ {
		row := n / chunk[i]
		chunk[i] = max(1, chunkBytes/row)
		n = row * chunk[i]
	}
	return chunk
}

// filters encodes the filter pipeline message; nil if there is none.
func (s *storage) filters(size int) []byte {
	if s.chunk == nil || s.gzip == 0 && !s.shuffle {
		return nil
	}
	b := []byte{2, 0}
	add := func(id byte, parameter int) {
		b[1]++
		b = append(b, id, 0, 1, 0, 1, 0) // optional, one parameter
		b = le.AppendUint32(b, uint32(parameter))
	}
	if s.shuffle {
		add(filterShuffle, size)
	}
	if s.gzip > 0 {
		add(filterGzip, s.gzip)
	}
	return b
}

// writtenChunks are chunks in the file.
type writtenChunks struct {
	leaves []treeEntry
	last   []byte // the key behind all
	tail   []byte // of the layout message, behind the index's address
}

// writeChunks writes the values of a grid in chunks.
func (w *Writer) writeChunks(g *chunkGrid, s storage) (*writtenChunks, error) {
	c := &writtenChunks{last: g.key(0, g.index.grid)}
	encoders := newChunkEncoders(g, s)
	for first := uint64(0); first < g.total; {
		batch := encoders.batch(first)
		for i, b := range batch {
			if b == nil {
				continue
			}
			address, err := w.put(b)
			if err != nil {
				return nil, err
			}
			place := unravel(first+uint64(i), g.index.grid)
			c.leaves = append(c.leaves, treeEntry{g.key(len(b), place), address})
		}
		first += uint64(len(batch))
	}
	for _, n := range s.chunk {
		c.tail = le.AppendUint32(c.tail, uint32(n))
	}
	c.tail = le.AppendUint32(c.tail, uint32(g.size))
	return c, nil
}

// indexChunks writes the index of chunks and returns the layout message.
func (w *Writer) indexChunks(c *writtenChunks) ([]byte, error) {
	root := undefined
	if len(c.leaves) > 0 {
		var err error
		if root, err = w.writeTree(c.leaves, c.last); err != nil {
			return nil, err
		}
	}
	b := le.AppendUint64([]byte{3, byte(chunked), byte(len(c.tail) / 4)}, root)
	return append(b, c.tail...), nil
}

// chunkGrid divides values into chunks.
type chunkGrid struct {
	index chunkIndex
	total uint64   // chunks
	size  uint64   // bytes of one value
	shape []uint64 // of the values

	// gather fills in a chunk, but what lies beyond the data, and reports whether it is
	// to be stored: readers take one that is not for the fill value.
	gather func(b []byte, place []uint64) bool
}

func newChunkGrid(size int, shape, chunk []int) *chunkGrid {
	g := &chunkGrid{size: uint64(size), total: 1}
	g.index.bytes = g.size
	for i := range shape {
		n, c := uint64(shape[i]), uint64(chunk[i])
		g.shape = append(g.shape, n)
		g.index.shape = append(g.index.shape, c)
		g.index.grid = append(g.index.grid, (n+c-1)/c)
		g.index.bytes *= c
		g.total *= g.index.grid[i]
	}
	return g
}

// reachesBeyond reports whether a part of a chunk lies beyond the data.
func (g *chunkGrid) reachesBeyond(place []uint64) bool {
	for i, p := range place {
		if (p+1)*g.index.shape[i] > g.shape[i] {
			return true
		}
	}
	return false
}

// from has chunks filled with values that are all there.
func (g *chunkGrid) from(raw []byte) *chunkGrid {
	g.gather = func(b []byte, place []uint64) bool {
		whole := make([]uint64, len(place))
		g.index.eachRow(place, whole, g.shape, func(chunkAt, dataAt, n uint64) {
			copy(b[chunkAt*g.size:(chunkAt+n)*g.size], raw[dataAt*g.size:])
		})
		return true
	}
	return g
}

// key is the key of a chunk in a version 1 B-tree.
func (g *chunkGrid) key(stored int, place []uint64) []byte {
	k := le.AppendUint32(nil, uint32(stored))
	k = le.AppendUint32(k, 0) // no filter skipped
	for i, p := range place {
		k = le.AppendUint64(k, p*g.index.shape[i])
	}
	return le.AppendUint64(k, 0)
}

// treeEntry is a child of a B-tree node and the key before it.
type treeEntry struct {
	key     []byte
	address uint64
}

// treeWidth is the children of a full node: twice the K that libraries assume
// for files that do not state it.
const treeWidth = 64

// writeTree writes a version 1 B-tree from the leaves up and returns its root.
// Last is the key behind all entries.
func (w *Writer) writeTree(entries []treeEntry, last []byte) (uint64, error) {
	for level := 0; ; level++ {
		parents, err := w.writeLevel(entries, level, last)
		if err != nil {
			return 0, err
		}
		if len(parents) == 1 {
			return parents[0].address, nil
		}
		entries = parents
	}
}

func (w *Writer) writeLevel(entries []treeEntry, level int, last []byte) (parents []treeEntry, err error) {
	size := 24 + treeWidth*(len(last)+8) + len(last)
	step := uint64(size+7) &^ 7
	first := w.pos
	nodes := slices.Collect(slices.Chunk(entries, treeWidth))
	for i, node := range nodes {
		left, right, end := undefined, undefined, last
		if i > 0 {
			left = first + uint64(i-1)*step
		}
		if i < len(nodes)-1 {
			right, end = first+uint64(i+1)*step, nodes[i+1][0].key
		}
		b := append([]byte("TREE"), treeOfChunks, byte(level))
		b = le.AppendUint16(b, uint16(len(node)))
		b = le.AppendUint64(le.AppendUint64(b, left), right)
		for _, e := range node {
			b = le.AppendUint64(append(b, e.key...), e.address)
		}
		b = append(b, end...)
		b = append(b, make([]byte, size-len(b))...)
		address, err := w.put(b)
		if err != nil {
			return nil, err
		}
		parents = append(parents, treeEntry{node[0].key, address})
	}
	return parents, nil
}
