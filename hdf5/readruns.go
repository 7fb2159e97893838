package hdf5

import "sync"

// visit reads what was written of the values.
func (d *Dataset) visit(put put) error {
	start, count := d.slab()
	switch {
	case d.layout.class == chunked:
		return d.visitChunks(start, count, put)
	case d.layout.class == virtual:
		return d.visitSources(start, count, put)
	case d.absent():
		return nil
	}
	return d.visitRuns(start, count, put)
}

// visitRuns reads a slab of compact or contiguous data.
func (d *Dataset) visitRuns(start, count []uint64, put put) error {
	return d.eachRun(start, count, func(from, n, at uint64) error { return d.visitRun(from, n, at, put) })
}

// eachRun visits the runs of a slab, as long as lie side by side: n elements from
// one of the data set on, which have the places from at on among all that are read.
func (d *Dataset) eachRun(start, count []uint64, visit func(from, n, at uint64) error) error {
	dims := d.space.dims
	inner := len(dims) // dimensions from here on are read in one run
	run := uint64(1)
	for inner > 0 {
		inner--
		run *= count[inner]
		if count[inner] != dims[inner] {
			break
		}
	}
	n, _ := product(count)
	place := append([]uint64{}, start...)
	for at := uint64(0); at < n; at += run {
		if err := visit(ravel(place, dims), run, at); err != nil {
			return err
		}
		advance(place[:inner], start, count)
	}
	return nil
}

// pieceBuffers are used again from block to block: else those of a large array would
// take as much memory as it before they are collected.
var pieceBuffers = sync.Pool{New: func() any { return new([]byte) }}

// visitRun reads n elements that lie side by side, from one of the data set on, in
// pieces; several at once, because most of the time is the memory's.
func (d *Dataset) visitRun(from, n, at uint64, put put) error {
	size := uint64(d.typ.Size)
	most := max(1, pieceSize/size)
	return share((n+most-1)/most, func(_ *struct{}, i uint64) error {
		buffer := pieceBuffers.Get().(*[]byte)
		defer pieceBuffers.Put(buffer)
		done := i * most
		*buffer = resize(*buffer, min(most, n-done)*size)
		offset := (from + done) * size
		if err := d.readBytes(*buffer, offset); err != nil {
			return err
		}
		return put(at+done, *buffer)
	})
}

// readBytes fills b with compact or contiguous data from a byte on.
func (d *Dataset) readBytes(b []byte, from uint64) error {
	switch {
	case d.layout.class == compact:
		copy(b, d.layout.data[from:])
		return nil
	case d.layout.external != nil:
		return d.readExternalInto(b, from)
	}
	return d.f.readInto(b, d.layout.address+from)
}

// holds checks that compact or contiguous data have n bytes, and the file them.
func (d *Dataset) holds(n uint64) error {
	if d.layout.external != nil {
		return d.holdsExternal(n)
	}
	stored := uint64(len(d.layout.data))
	if d.layout.class == contiguous {
		stored = d.layout.size
	}
	if n != stored {
		return corrupt("%d bytes of data of shape %v, should be %d", stored, d.space.dims, n)
	}
	if d.layout.class == contiguous {
		return d.f.inside(d.layout.address, n)
	}
	return nil
}

// ravel is the place of an element in row-major order.
func ravel(place, dims []uint64) (n uint64) {
	for i, p := range place {
		n = n*dims[i] + p
	}
	return n
}

// advance moves a place to the next one of the slab, last dimension fastest.
// It reports false when it has come round to the start.
func advance(place, start, count []uint64) bool {
	for i := len(place) - 1; i >= 0; i-- {
		if place[i]++; place[i] < start[i]+count[i] {
			return true
		}
		place[i] = start[i]
	}
	return false
}
