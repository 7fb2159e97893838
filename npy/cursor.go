package npy

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
)

// cursor goes through the bytes of an array, forward only: what is compressed
// knows no other way, and what is not is read fastest so.
type cursor struct {
	entry  *entry
	r      *bufio.Reader
	closer io.Closer // nil: the bytes lie in the file as they are
	at     uint64
	room   []byte // for elements as they lie in the file, from block to block
}

// cursor begins at the array's first byte. A checked one verifies the checksum of
// a zip's member if it is read to its end.
func (e *entry) cursor(checked bool) (*cursor, error) {
	c := &cursor{entry: e}
	if e.section != nil && !(checked && e.open != nil) {
		c.r = bufio.NewReaderSize(io.NewSectionReader(e.section, 0, int64(e.size)), 64<<10)
		return c, nil
	}
	r, err := e.open()
	if err != nil {
		return nil, damage(err)
	}
	c.r, c.closer = bufio.NewReaderSize(r, 64<<10), r
	return c, nil
}

// Read reads as any reader.
func (c *cursor) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.at += uint64(n)
	return n, err
}

// seek goes to a place that is not before the present one.
func (c *cursor) seek(to uint64) error {
	gap := to - c.at
	if c.closer == nil && gap > uint64(c.r.Buffered()) {
		c.r.Reset(io.NewSectionReader(c.entry.section, int64(to), int64(c.entry.size-to)))
		c.at = to
		return nil
	}
	n, err := c.r.Discard(int(gap))
	c.at += uint64(n)
	return damage(err)
}

// end makes sure that the bytes end where they should, and that their checksum is
// right.
func (c *cursor) end() error {
	if err := c.seek(c.entry.size); err != nil {
		return err
	}
	var b [1]byte
	n, err := io.ReadFull(c.r, b[:])
	if n > 0 {
		return corrupt("there is more than its %d bytes", c.entry.size)
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return damage(err)
}

func (c *cursor) close() {
	if c.closer != nil {
		c.closer.Close()
	}
}

// fill reads all of b.
func fill(r io.Reader, b []byte) error {
	_, err := io.ReadFull(r, b)
	return damage(err)
}

// damage names what is wrong with a zip's member, or a file that is too short.
// Errors of the operating system stay as they are.
func damage(err error) error {
	var bad flate.CorruptInputError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: it ends before it should", ErrTruncated)
	case errors.Is(err, zip.ErrChecksum):
		return corrupt("the checksum of the zip is not that of the values")
	case errors.Is(err, zip.ErrFormat), errors.As(err, &bad):
		return corrupt("%v", err)
	}
	return err
}
