package hdf5

import (
	"bytes"
	"io"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// Filters that chunks can pass through.
const (
	filterGzip       = 1
	filterShuffle    = 2
	filterFletcher32 = 3
	filterLZF        = 32000 // h5py's
)

var filterNames = map[int]string{
	4: "szip", 5: "nbit", 6: "scale-offset", 307: "bzip2", 32001: "blosc",
	32004: "lz4", 32008: "bitshuffle", 32013: "zfp", 32015: "zstd", 32026: "blosc2",
}

// filter is one step of a pipeline.
type filter struct {
	id         int
	parameters []uint32
}

// readFilters parses a filter pipeline message, in the order of writing.
func (f *File) readFilters(body []byte) ([]filter, error) {
	d := f.decoder(body)
	version, count := d.byte(), d.int(1)
	if version == 1 {
		d.skip(6)
	}
	filters := make([]filter, 0, count)
	for range count {
		filters = append(filters, d.filter(version))
	}
	if d.err != nil {
		return nil, d.err
	}
	for _, fl := range filters {
		switch fl.id {
		case filterGzip, filterShuffle, filterFletcher32, filterLZF:
		default:
			return nil, unsupported("filter %d %s", fl.id, filterNames[fl.id])
		}
	}
	return filters, nil
}

func (d *decoder) filter(version byte) filter {
	fl := filter{id: d.int(2)}
	nameSize := 0
	if version == 1 || fl.id >= 256 {
		nameSize = d.int(2)
	}
	d.skip(2) // flags
	n := d.int(2)
	if version == 1 {
		nameSize = (nameSize + 7) &^ 7
	}
	d.skip(nameSize)
	for range min(n, d.remaining()/4) {
		fl.parameters = append(fl.parameters, uint32(d.uint(4)))
	}
	if version == 1 && n%2 == 1 {
		d.skip(4)
	}
	return fl
}

// maxExpansion is how many bytes one stored byte can become: deflate's best is
// 1032, LZF's is 88.
const maxExpansion = 1032

// undoFilters turns a stored chunk into size bytes. Bit i of skipped says that
// the chunk did not pass through filter i.
func undoFilters(filters []filter, skipped uint32, b []byte, size, elementSize uint64) ([]byte, error) {
	if size > maxExpansion*uint64(len(b))+checksumRoom {
		return nil, corrupt("a chunk of %d bytes stored in %d", size, len(b))
	}
	for i := len(filters) - 1; i >= 0; i-- {
		if skipped>>i&1 != 0 {
			continue
		}
		var err error
		if b, err = filters[i].undo(b, size, elementSize); err != nil {
			return nil, err
		}
	}
	if uint64(len(b)) < size {
		return nil, corrupt("a chunk has %d bytes, should have %d", len(b), size)
	}
	return b[:size], nil
}

// checksumRoom is more than the checksums add that stand before a compression.
const checksumRoom = 64

func (fl filter) undo(b []byte, size, elementSize uint64) ([]byte, error) {
	switch fl.id {
	case filterGzip:
		return inflate(b, size+checksumRoom)
	case filterShuffle:
		if len(fl.parameters) > 0 {
			elementSize = uint64(fl.parameters[0])
		}
		return unshuffle(b, elementSize), nil
	case filterFletcher32:
		return verifyFletcher32(b)
	case filterLZF:
		return unLZF(b, size+checksumRoom)
	}
	return nil, unsupported("filter %d", fl.id)
}

// inflaters are kept because each owns tens of kilobytes of tables.
var inflaters sync.Pool

func newInflater(b []byte) (io.ReadCloser, error) {
	if r, ok := inflaters.Get().(io.ReadCloser); ok {
		return r, r.(zlib.Resetter).Reset(bytes.NewReader(b), nil)
	}
	return zlib.NewReader(bytes.NewReader(b))
}

// inflate decompresses at most limit bytes.
func inflate(b []byte, limit uint64) ([]byte, error) {
	r, err := newInflater(b)
	if err != nil {
		return nil, corrupt("gzip: %v", err)
	}
	defer inflaters.Put(r)
	var out bytes.Buffer
	out.Grow(int(limit) + bytes.MinRead)
	n, err := io.Copy(&out, io.LimitReader(r, int64(limit)+1))
	switch {
	case err != nil:
		return nil, corrupt("gzip: %v", err)
	case n > int64(limit):
		return nil, corrupt("gzip: a chunk decompresses to more than %d bytes", limit)
	}
	return out.Bytes(), nil
}

// unshuffle puts the bytes of each element together again: the first bytes of
// all elements come first, then all second bytes, and so on.
func unshuffle(b []byte, elementSize uint64) []byte {
	if elementSize < 2 || elementSize > uint64(len(b)) {
		return b
	}
	size := int(elementSize)
	n := len(b) / size
	out := make([]byte, len(b))
	for j := range size {
		for i, v := range b[j*n : (j+1)*n] {
			out[i*size+j] = v
		}
	}
	copy(out[n*size:], b[n*size:])
	return out
}

func verifyFletcher32(b []byte) ([]byte, error) {
	if len(b) < 4 {
		return nil, corrupt("fletcher32: a chunk of %d bytes", len(b))
	}
	data, sum := b[:len(b)-4], le.Uint32(b[len(b)-4:])
	if got := fletcher32(data); got != sum {
		return nil, corrupt("fletcher32: a chunk sums to %08x, should be %08x", got, sum)
	}
	return data, nil
}

// unLZF decompresses LZF: a byte below 32 begins a literal run, any other a
// reference to at most 8 KiB before.
func unLZF(in []byte, size uint64) ([]byte, error) {
	out := make([]byte, 0, size)
	for len(in) > 0 {
		control := int(in[0])
		if in = in[1:]; control < 32 {
			n := control + 1
			if n > len(in) || uint64(len(out)+n) > size {
				return nil, corrupt("lzf: a run leaves the chunk")
			}
			out, in = append(out, in[:n]...), in[n:]
			continue
		}
		n := control>>5 + 2
		if n == 9 && len(in) > 0 {
			n, in = n+int(in[0]), in[1:]
		}
		if len(in) == 0 {
			return nil, corrupt("lzf: a chunk ends early")
		}
		from := len(out) - (control&31)<<8 - int(in[0]) - 1
		in = in[1:]
		if from < 0 || uint64(len(out)+n) > size {
			return nil, corrupt("lzf: a reference leaves the chunk")
		}
		for range n {
			out = append(out, out[from])
			from++
		}
	}
	return out, nil
}
