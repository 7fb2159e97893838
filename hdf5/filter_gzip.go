package hdf5

import (
	"bytes"
	"io"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// inflaters are kept because each owns tens of kilobytes of tables.
var inflaters sync.Pool

func newInflater(b []byte) (io.ReadCloser, error) {
	if r, ok := inflaters.Get().(io.ReadCloser); ok {
		return r, r.(zlib.Resetter).Reset(bytes.NewReader(b), nil)
	}
	return zlib.NewReader(bytes.NewReader(b))
}

// inflate decompresses at most limit bytes.
func (b *chunkBuffer) inflate(limit uint64) error {
	from, to := b.turn(limit + 1)
	r, err := newInflater(from)
	if err != nil {
		return corrupt("gzip: %v", err)
	}
	defer inflaters.Put(r)
	n := 0
	for err == nil && n < len(to) {
		var more int
		more, err = r.Read(to[n:])
		n += more
	}
	switch {
	case err == nil:
		return corrupt("gzip: a chunk decompresses to more than %d bytes", limit)
	case err != io.EOF:
		return corrupt("gzip: %v", err)
	}
	b.data = to[:n]
	return nil
}
