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

// builtInFilters are those of HDF5 itself that are not read.
var builtInFilters = map[int]string{4: "szip", 5: "nbit", 6: "scale-offset"}

// pluginFilters are those of plug-ins that recordings are met with.
var pluginFilters = map[int]string{
	307: "bzip2", 32001: "blosc", 32004: "lz4", 32008: "bitshuffle", 32013: "zfp", 32015: "zstd", 32026: "blosc2",
}

// unknownFilter says how to write the file again without a filter.
func (f *File) unknownFilter(id int) error {
	if name := builtInFilters[id]; name != "" {
		return unsupported("the filter %s (%d). Write the file again without it: %s, or: %s", name, id, f.repack(), f.copyInPython("h5py"))
	}
	name := pluginFilters[id]
	if name == "" {
		name = "unknown"
	}
	return unsupported("the filter %s (%d), which is a plug-in's. Write the file again without it, with h5py and hdf5plugin: %s",
		name, id, f.copyInPython("h5py, hdf5plugin"))
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
			return nil, f.unknownFilter(fl.id)
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

// chunkBuffer holds a chunk on its way back through the filters, and the room
// for its next form. Both are used again for the next chunk.
type chunkBuffer struct{ data, spare []byte }

// turn makes n bytes of the room the new data, to be written from the old.
func (b *chunkBuffer) turn(n uint64) (from, to []byte) {
	from = b.data
	b.data, b.spare = resize(b.spare, n), b.data
	return from, b.data
}

// load reads a chunk of a data set and undoes its filters.
func (b *chunkBuffer) load(d *Dataset, c chunk) error {
	if err := d.f.inside(c.address, c.size); err != nil {
		return err
	}
	b.data = resize(b.data, c.size)
	if err := d.f.readInto(b.data, c.address); err != nil {
		return err
	}
	return b.undo(d.filters, c.skipped, d.layout.chunks.bytes)
}

// undo turns a stored chunk into size bytes. Bit i of skipped says that the
// chunk did not pass through filter i.
func (b *chunkBuffer) undo(filters []filter, skipped uint32, size uint64) error {
	if size > maxExpansion*uint64(len(b.data))+checksumRoom {
		return corrupt("a chunk of %d bytes stored in %d", size, len(b.data))
	}
	for i := len(filters) - 1; i >= 0; i-- {
		if skipped>>i&1 != 0 {
			continue
		}
		if err := filters[i].undo(b, size); err != nil {
			return err
		}
	}
	if uint64(len(b.data)) != size {
		return corrupt("a chunk has %d bytes, should have %d", len(b.data), size)
	}
	return nil
}

// checksumRoom is more than the checksums add that stand before a compression.
const checksumRoom = 64

func (fl filter) undo(b *chunkBuffer, size uint64) error {
	switch fl.id {
	case filterGzip:
		return b.inflate(size + checksumRoom)
	case filterShuffle:
		if len(fl.parameters) != 1 || fl.parameters[0] == 0 {
			return corrupt("shuffle with parameters %v", fl.parameters)
		}
		b.unshuffle(uint64(fl.parameters[0]))
		return nil
	case filterFletcher32:
		return b.verifyFletcher32()
	case filterLZF:
		return b.unLZF(size + checksumRoom)
	}
	return unsupported("filter %d", fl.id)
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

// unshuffle puts the bytes of each element together again: the first bytes of
// all elements come first, then all second bytes, and so on.
func (b *chunkBuffer) unshuffle(elementSize uint64) {
	if elementSize < 2 || elementSize > uint64(len(b.data)) {
		return
	}
	from, to := b.turn(uint64(len(b.data)))
	size := int(elementSize)
	n := len(from) / size
	for j := range size {
		for i, v := range from[j*n : (j+1)*n] {
			to[i*size+j] = v
		}
	}
	copy(to[n*size:], from[n*size:])
}

func (b *chunkBuffer) verifyFletcher32() error {
	n := len(b.data) - 4
	if n < 0 {
		return corrupt("fletcher32: a chunk of %d bytes", len(b.data))
	}
	if got, sum := fletcher32(b.data[:n]), le.Uint32(b.data[n:]); got != sum {
		return corrupt("fletcher32: a chunk sums to %08x, should be %08x", got, sum)
	}
	b.data = b.data[:n]
	return nil
}

// unLZF decompresses LZF: a byte below 32 begins a literal run, any other a
// reference to at most 8 KiB before.
func (b *chunkBuffer) unLZF(size uint64) error {
	in, out := b.turn(size)
	out = out[:0]
	for len(in) > 0 {
		control := int(in[0])
		if in = in[1:]; control < 32 {
			n := control + 1
			if n > len(in) || uint64(len(out)+n) > size {
				return corrupt("lzf: a run leaves the chunk")
			}
			out, in = append(out, in[:n]...), in[n:]
			continue
		}
		n := control>>5 + 2
		if n == 9 && len(in) > 0 {
			n, in = n+int(in[0]), in[1:]
		}
		if len(in) == 0 {
			return corrupt("lzf: a chunk ends early")
		}
		from := len(out) - (control&31)<<8 - int(in[0]) - 1
		in = in[1:]
		if from < 0 || uint64(len(out)+n) > size {
			return corrupt("lzf: a reference leaves the chunk")
		}
		for range n {
			out = append(out, out[from])
			from++
		}
	}
	b.data = out
	return nil
}
