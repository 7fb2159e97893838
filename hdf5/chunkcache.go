package hdf5

import (
	"slices"
	"sync"
)

// chunkRoom is how many bytes of chunks a data set keeps. One that is larger is
// kept alone.
const chunkRoom = 16 << 20

// chunkCache keeps the chunks of a data set that were read last and in part: slabs
// one after the other, as those of each unit of a recording, often share them.
// All slabs of a data set have one cache.
type chunkCache struct {
	mutex sync.Mutex
	kept  []keptChunk // the one read last comes last
	bytes uint64
}

type keptChunk struct {
	position uint64
	data     []byte // never changed
}

// get returns the values of a chunk if they are kept.
func (c *chunkCache) get(position uint64) []byte {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	i := c.find(position)
	if i < 0 {
		return nil
	}
	k := c.kept[i]
	c.kept = append(slices.Delete(c.kept, i, i+1), k)
	return k.data
}

// put keeps the values of a chunk, and drops those that were not read for longest
// until there is room.
func (c *chunkCache) put(position uint64, data []byte) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.find(position) >= 0 {
		return
	}
	n := uint64(len(data))
	for len(c.kept) > 0 && c.bytes+n > chunkRoom {
		c.bytes -= uint64(len(c.kept[0].data))
		c.kept = slices.Delete(c.kept, 0, 1)
	}
	c.kept = append(c.kept, keptChunk{position, data})
	c.bytes += n
}

func (c *chunkCache) find(position uint64) int {
	return slices.IndexFunc(c.kept, func(k keptChunk) bool { return k.position == position })
}

// chunk returns the values of a chunk: those that are kept, or what is read now,
// which is kept if only a part is wanted.
func (d *Dataset) chunk(b *chunkBuffer, c chunk, part bool) ([]byte, error) {
	if data := d.kept.get(c.position); data != nil {
		return data, nil
	}
	if err := b.load(d, c); err != nil {
		return nil, err
	}
	data := b.data
	if part {
		b.data = nil // no longer the buffer's
		d.kept.put(c.position, data)
	}
	return data, nil
}

// within reports whether a slab has all of a chunk that the data have.
func (x *chunkIndex) within(place, start, count, dims []uint64) bool {
	for i, p := range place {
		low, high := p*x.shape[i], min((p+1)*x.shape[i], dims[i])
		if low < start[i] || high > start[i]+count[i] {
			return false
		}
	}
	return true
}
