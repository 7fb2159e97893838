package matfile

import (
	"bufio"
	"errors"
	"io"
	"sync"

	"github.com/klauspost/compress/zlib"
)

const (
	// pageSize is how much is unpacked at a time.
	pageSize = 64 << 10
	// mostPages is how many pages stay in memory, those unpacked last: 16 MiB. What
	// lies before them is unpacked again when it is asked for.
	mostPages = 256
	// maxExpansion is how many bytes one packed byte can become: deflate's best.
	maxExpansion = 1032
)

// packed is a compressed variable: a stretch of the file that unpacks to size bytes.
type packed struct {
	f     *File
	at, n int64
	size  int64 // 0: not known yet
	whole bool  // it has been unpacked to its end once, and its checksum was right
}

// check unpacks a variable to its end, unless that was done before.
func (v *packed) check() error {
	u := &v.f.unpacker
	u.mutex.Lock()
	whole := v.whole
	u.mutex.Unlock()
	if whole {
		return nil
	}
	_, err := v.ReadAt(make([]byte, 1), v.size-1)
	return err
}

// ReadAt reads from the unpacked variable.
func (v *packed) ReadAt(p []byte, off int64) (int, error) { return v.f.unpacker.readAt(v, p, off) }

// unpacker holds the pages around the place of one variable that was read last.
// Reading on costs what unpacking does; reading what lies far back begins again.
type unpacker struct {
	r     io.ReaderAt
	mutex sync.Mutex
	of    *packed
	in    *bufio.Reader
	z     io.ReadCloser
	pages [][]byte // all but the last are full
	spare [][]byte
	first int64 // number of pages[0]
	err   error // why there are no more pages; io.EOF: the checksum was right
}

func (u *unpacker) readAt(v *packed, p []byte, off int64) (n int, err error) {
	u.mutex.Lock()
	defer u.mutex.Unlock()
	if u.of != v || off/pageSize < u.first {
		u.start(v)
	}
	for n < len(p) && err == nil {
		var m int
		m, err = u.some(p[n:], off+int64(n))
		n += m
	}
	if err == nil && v.size > 0 && (off+int64(n)+7)&^7 >= v.size { // but for padding
		return n, u.finish()
	}
	return n, err
}

// some copies from the page that a place is in.
func (u *unpacker) some(p []byte, off int64) (int, error) {
	k := off/pageSize - u.first
	for k >= int64(len(u.pages)) && u.err == nil {
		u.turn()
		k = off/pageSize - u.first
	}
	if k < int64(len(u.pages)) && off%pageSize < int64(len(u.pages[k])) {
		return copy(p, u.pages[k][off%pageSize:]), nil
	}
	if u.err == io.EOF {
		return 0, corrupt("the variable unpacks to %d bytes, should have more", u.total())
	}
	return 0, u.err
}

// finish checks that a variable ends where it says, and its checksum.
func (u *unpacker) finish() error {
	if u.err == nil && u.total() == u.of.size {
		u.turn()
	}
	switch {
	case u.total() > u.of.size:
		return corrupt("the variable unpacks to more than the %d bytes that it says", u.of.size)
	case u.err == io.EOF:
		u.of.whole = true
		return nil
	}
	return u.err
}

// total is how many bytes have been unpacked.
func (u *unpacker) total() int64 {
	if len(u.pages) == 0 {
		return u.first * pageSize
	}
	last := len(u.pages) - 1
	return (u.first+int64(last))*pageSize + int64(len(u.pages[last]))
}

// start begins a variable from its beginning.
func (u *unpacker) start(v *packed) {
	u.spare = append(u.spare, u.pages...)
	u.of, u.pages, u.first, u.err = v, nil, 0, nil
	from := io.NewSectionReader(u.r, v.at, v.n)
	if u.in == nil {
		u.in = bufio.NewReaderSize(from, pageSize)
	}
	u.in.Reset(from)
	if u.z == nil {
		u.z, u.err = zlib.NewReader(u.in)
	} else {
		u.err = u.z.(zlib.Resetter).Reset(u.in, nil)
	}
	if u.err != nil {
		u.err = u.explain(u.err)
	}
}

// turn unpacks the next page, and lets go of the oldest.
func (u *unpacker) turn() {
	if len(u.pages) == mostPages {
		u.spare = append(u.spare, u.pages[0])
		u.pages, u.first = u.pages[1:], u.first+1
	}
	page := u.page()
	n := 0
	for n < len(page) && u.err == nil {
		var m int
		m, u.err = u.z.Read(page[n:])
		n += m
	}
	if n > 0 {
		u.pages = append(u.pages, page[:n])
	} else {
		u.spare = append(u.spare, page)
	}
	if u.err != nil && u.err != io.EOF {
		u.err = u.explain(u.err)
	}
}

// page returns an unused page.
func (u *unpacker) page() []byte {
	if last := len(u.spare) - 1; last >= 0 {
		page := u.spare[last]
		u.spare = u.spare[:last]
		return page[:pageSize]
	}
	return make([]byte, pageSize)
}

// explain says why a variable cannot be unpacked: the file may end too soon.
func (u *unpacker) explain(err error) error {
	if ends := u.of.f.size; errors.Is(err, io.ErrUnexpectedEOF) && u.of.at+u.of.n > ends {
		return truncated(ends)
	}
	return corrupt("the compressed data from byte %d on cannot be unpacked: %v", u.of.at, err)
}
