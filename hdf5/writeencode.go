package hdf5

import (
	"bytes"
	"context"
	"runtime"

	"github.com/klauspost/compress/zlib"

	"github.com/autolfads/autolfads/internal/parallel"
)

// chunkEncoders compress the chunks of a grid on all cores. Each has memory of its own,
// used again for every chunk.
type chunkEncoders struct {
	grid *chunkGrid
	all  []*chunkEncoder
}

// chunkEncoder turns one chunk after another into what is stored.
type chunkEncoder struct {
	values   []byte
	shuffled []byte // nil: not asked for
	out      bytes.Buffer
	zlib     *zlib.Writer // nil: not asked for
}

func newChunkEncoders(g *chunkGrid, s storage) *chunkEncoders {
	workers := min(uint64(runtime.GOMAXPROCS(0)), g.total)
	e := &chunkEncoders{grid: g}
	for range workers {
		one := &chunkEncoder{values: make([]byte, g.index.bytes)}
		if s.shuffle {
			one.shuffled = make([]byte, g.index.bytes)
		}
		if s.gzip > 0 {
			one.zlib, _ = zlib.NewWriterLevel(nil, s.gzip) // the level was checked
		}
		e.all = append(e.all, one)
	}
	return e
}

// batchPerCore is how many chunks a core encodes before they are written.
const batchPerCore = 8

// batch encodes the next chunks, from first on. The bytes do not depend on how many
// cores there are.
func (e *chunkEncoders) batch(first uint64) [][]byte {
	batch := make([][]byte, min(e.grid.total-first, uint64(batchPerCore*len(e.all))))
	// The context has no end, so there is no error.
	_ = parallel.Do(context.Background(), len(e.all), len(batch), func(worker, i int) {
		batch[i] = e.all[worker].encode(e.grid, unravel(first+uint64(i), e.grid.index.grid))
	})
	return batch
}

// encode returns a chunk as it is stored; nil if it is not.
func (c *chunkEncoder) encode(g *chunkGrid, place []uint64) []byte {
	if g.reachesBeyond(place) {
		clear(c.values)
	}
	if !g.gather(c.values, place) {
		return nil
	}
	b := c.values
	if c.shuffled != nil {
		shuffle(c.shuffled, b, int(g.size))
		b = c.shuffled
	}
	if c.zlib == nil {
		return bytes.Clone(b)
	}
	c.out.Reset()
	c.zlib.Reset(&c.out)
	c.zlib.Write(b) // a buffer takes everything
	c.zlib.Close()
	return bytes.Clone(c.out.Bytes())
}
