package npy

import (
	"fmt"
	"io"
	"sync"
)

// entry is where one array lies: a file, or a member of a zip.
type entry struct {
	size    uint64                        // bytes of the array with its header
	stored  uint64                        // bytes that these have in the file
	section io.ReaderAt                   // the bytes, if they are not compressed
	open    func() (io.ReadCloser, error) // a zip's member from its beginning, verifying; nil for a file
	refused error                         // why it cannot be read at all

	once  sync.Once
	found error // what proof found
}

// header reads the array's header, and holds it against the size.
func (e *entry) header() (*header, error) {
	if e.refused != nil {
		return nil, e.refused
	}
	c, err := e.cursor(false)
	if err != nil {
		return nil, err
	}
	defer c.close()
	h, err := readHeader(c)
	if err != nil || h.typ.hasObjects() {
		return h, err
	}
	n, err := h.bytes()
	if err != nil {
		return nil, err
	}
	switch there := e.size - min(h.size, e.size); {
	case there < n:
		return nil, fmt.Errorf("%w: %d bytes of values, should be %d: shape %v of %v", ErrTruncated, there, n, h.shape, h.typ)
	case there > n:
		return nil, corrupt("%d bytes after the values, which have %d: shape %v of %v. "+
			"If np.save was called more than once for this file, use np.savez", there-n, n, h.shape, h.typ)
	}
	return h, nil
}

const (
	// maxExpansion is how many bytes one byte can become by deflate.
	maxExpansion = 1032
	// trusted is how many bytes of memory a zip's member gets on its word.
	trusted = 8 << 20
	// A zip's member that unpacks to more than bombShare times its size is read at
	// once only if it becomes at most bombRead bytes of memory. Counts with few
	// spikes unpack to about a hundred times as much.
	bombShare = 256
	bombRead  = 1 << 30
)

// admit says why n bytes of memory are not taken for what is read at once, if they
// are not.
func (e *entry) admit(n uint64) error {
	if n > bombRead && e.size/bombShare > e.stored {
		return fmt.Errorf("%w: %d bytes in memory, of which %d are stored. Read it by rows, or, if it is what it should be, save it without compression: np.savez", ErrTooLarge, n, e.stored)
	}
	return e.proof()
}

// proof decompresses a large member whose size is hard to believe, before memory
// is taken for it.
func (e *entry) proof() error {
	if e.section != nil || e.size <= trusted || e.size < 16*e.stored {
		return nil
	}
	e.once.Do(func() { e.found = e.measure() })
	return e.found
}

func (e *entry) measure() error {
	c, err := e.cursor(true)
	if err != nil {
		return err
	}
	defer c.close()
	return c.end()
}
