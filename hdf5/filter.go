package hdf5

import "math/bits"

// Filters that chunks can pass through.
const (
	filterGzip        = 1
	filterShuffle     = 2
	filterFletcher32  = 3
	filterSzip        = 4
	filterNbit        = 5
	filterScaleOffset = 6
	filterBzip2       = 307 // this one and all that follow are of plug-ins
	filterLZF         = 32000
	filterBlosc       = 32001
	filterLZ4         = 32004
	filterBitshuffle  = 32008
	filterZstd        = 32015
)

// undo turns what a filter with parameters p has written back into what it was
// given, at most limit bytes.
type undo func(b *chunkBuffer, p []uint32, limit uint64) error

// filters are those that are read. The expansion is how many bytes one stored byte
// can become, rounded up: 0 if there is no bound.
var filters = map[int]struct {
	undo      undo
	expansion uint64
}{
	filterGzip:        {func(b *chunkBuffer, _ []uint32, limit uint64) error { return b.inflate(limit) }, 1032},
	filterShuffle:     {(*chunkBuffer).unshuffled, 1},
	filterFletcher32:  {func(b *chunkBuffer, _ []uint32, _ uint64) error { return b.verifyFletcher32() }, 1},
	filterSzip:        {(*chunkBuffer).unSzip, 1 << 13},
	filterNbit:        {(*chunkBuffer).unNbit, 0},
	filterScaleOffset: {(*chunkBuffer).unScaleOffset, 0},
	filterBzip2:       {(*chunkBuffer).unBzip2, 0},
	filterLZF:         {func(b *chunkBuffer, _ []uint32, limit uint64) error { return b.unLZF(limit) }, 88},
	filterBlosc:       {(*chunkBuffer).unBlosc, 1 << 15},
	filterLZ4:         {(*chunkBuffer).unLZ4, 256},
	filterBitshuffle:  {(*chunkBuffer).unBitshuffle, 1 << 15},
	filterZstd:        {(*chunkBuffer).unZstd, 1 << 15},
}

// otherFilters are those of plug-ins that recordings are met with and that are
// not read.
var otherFilters = map[int]string{
	32003: "mafisc", 32013: "zfp", 32016: "fpzip", 32017: "sz", 32018: "fcidecomp", 32019: "jpeg", 32024: "sz3", 32026: "blosc2",
	32028: "sperr", 32030: "h5j2k",
}

// unknownFilter says how to write the file again without a filter.
func (f *File) unknownFilter(id int) error {
	name := otherFilters[id]
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
	return filters, d.err
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

// knows checks that those filters are read which a chunk has passed through. What
// they are is no error before: what else there is to say of the data can be said.
func (f *File) knows(pipeline []filter, skipped uint32) error {
	for i, fl := range pipeline {
		if _, ok := filters[fl.id]; !ok && skipped>>i&1 == 0 {
			return f.unknownFilter(fl.id)
		}
	}
	return nil
}

// most is how many bytes a pipeline can make of a chunk of stored bytes, of which
// there are size before all filters.
func most(pipeline []filter, stored, size uint64) uint64 {
	for _, fl := range pipeline {
		times := filters[fl.id].expansion
		high, low := bits.Mul64(stored, times)
		if times == 0 || high != 0 || low > size {
			return size
		}
		stored = low
	}
	return min(size, stored+checksumRoom)
}

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
func (b *chunkBuffer) undo(pipeline []filter, skipped uint32, size uint64) error {
	if size > most(pipeline, uint64(len(b.data)), size) {
		return corrupt("a chunk of %d bytes stored in %d", size, len(b.data))
	}
	for i := len(pipeline) - 1; i >= 0; i-- {
		if skipped>>i&1 != 0 {
			continue
		}
		if err := filters[pipeline[i].id].undo(b, pipeline[i].parameters, size+checksumRoom); err != nil {
			return err
		}
	}
	if uint64(len(b.data)) != size {
		return corrupt("a chunk has %d bytes, should have %d", len(b.data), size)
	}
	return nil
}

// checksumRoom is more than the checksums and heads add that stand before a
// compression.
const checksumRoom = 64
