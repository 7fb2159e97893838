package hdf5

import (
	"bytes"
	"compress/bzip2"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// zstdDecoder is one for all: it decodes whole blocks, from any goroutine, and
// never more than fits in the room it is given.
var zstdDecoder = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecodeAllCapLimit(true), zstd.WithDecoderConcurrency(0), zstd.WithDecoderLowmem(true))
	if err != nil {
		panic(err) // the options are constant
	}
	return d
})

func (b *chunkBuffer) unZstd(_ []uint32, limit uint64) error {
	from, to := b.turn(limit)
	out, err := zstdDecoder().DecodeAll(from, to[:0:limit])
	if err != nil {
		return corrupt("zstd: %v", err)
	}
	b.data = out
	return nil
}

// unstandard decompresses Zstandard into all of to.
func unstandard(to, from []byte) error {
	out, err := zstdDecoder().DecodeAll(from, to[:0:len(to)])
	if err != nil || len(out) != len(to) {
		return corrupt("zstd: a block of %d bytes, should have %d: %v", len(out), len(to), err)
	}
	return nil
}

func (b *chunkBuffer) unBzip2(_ []uint32, limit uint64) error {
	from, to := b.turn(limit + 1)
	n, err := io.ReadFull(bzip2.NewReader(bytes.NewReader(from)), to)
	switch {
	case err == nil:
		return corrupt("bzip2: a chunk decompresses to more than %d bytes", limit)
	case err != io.ErrUnexpectedEOF && err != io.EOF:
		return corrupt("bzip2: %v", err)
	}
	b.data = to[:n]
	return nil
}
