package hdf5

import (
	"fmt"
	"os"
)

// externalPart is a piece of the values of a data set that lies in a file of
// values only.
type externalPart struct {
	name   string
	offset uint64 // where it begins there
	size   uint64 // bytes; undefined: all that come
}

// readExternal reads in which other files values lie.
func (d *Dataset) readExternal(body []byte) (parts []externalPart, err error) {
	dec := d.f.decoder(body)
	version := dec.byte()
	dec.skip(5)
	used, heapAddress := dec.int(2), dec.address()
	if version != 1 && dec.err == nil {
		return nil, unsupported("a list of external files of version %d", version)
	}
	if dec.err != nil {
		return nil, dec.err
	}
	heap, err := d.f.newScan().localHeap(heapAddress)
	if err != nil {
		return nil, err
	}
	for range used {
		nameAt := dec.length()
		p := externalPart{offset: dec.length(), size: dec.limit()}
		if dec.err != nil {
			return nil, dec.err
		}
		if p.name, err = heap.name(nameAt); err != nil {
			return nil, err
		}
		if p.offset > 1<<62 || p.size > 1<<62 && p.size != undefined {
			return nil, corrupt("%d bytes at %d of the external file %s", p.size, p.offset, p.name)
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// holdsExternal checks that the other files have n bytes.
func (d *Dataset) holdsExternal(n uint64) error {
	return d.eachExternal(0, n, func(h *os.File, p externalPart, offset, _, size uint64) error {
		info, err := h.Stat()
		if err != nil {
			return err
		}
		if has := uint64(info.Size()); offset > has || size > has-offset {
			return fmt.Errorf("%w: the external file %s has %d bytes, of which %d at %d are wanted", ErrTruncated, p.name, has, size, offset)
		}
		return nil
	})
}

// readExternalInto fills b with values from a byte on.
func (d *Dataset) readExternalInto(b []byte, from uint64) error {
	return d.eachExternal(from, uint64(len(b)), func(h *os.File, p externalPart, offset, at, size uint64) error {
		if _, err := h.ReadAt(b[at:at+size], int64(offset)); err != nil {
			return fmt.Errorf("the external file %s: %w", p.name, err)
		}
		return nil
	})
}

// eachExternal visits where n bytes of values from a place on are: size bytes from
// offset of a file on, which come at a place among the n.
func (d *Dataset) eachExternal(from, n uint64, visit func(h *os.File, p externalPart, offset, at, size uint64) error) error {
	done := uint64(0)
	for _, p := range d.layout.external {
		if from >= p.size {
			from -= p.size
			continue
		}
		size := min(n-done, p.size-from)
		h, err := d.f.rawSibling(p.name)
		if err != nil {
			return err
		}
		if err := visit(h, p, p.offset+from, done, size); err != nil {
			return err
		}
		from = 0
		if done += size; done == n {
			return nil
		}
	}
	return corrupt("%d bytes of values in other files, which have %d of them", n, done)
}
