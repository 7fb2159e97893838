package hdf5

import "fmt"

const signature = "\x89HDF\r\n\x1a\n"

// superblock is the first structure of a file: the widths of addresses and
// lengths and where the root group is.
type superblock struct {
	base        uint64 // where addresses count from
	offsetSize  int
	lengthSize  int
	rootAddress uint64
	extension   uint64 // an object header with more messages; undefined: none
}

func (f *File) readSuperblock() error {
	start, err := f.findSignature()
	if err != nil {
		return err
	}
	b, err := f.readAt(start, min(128, f.size-start))
	if err != nil {
		return err
	}
	d := &decoder{b: b, pos: len(signature)}
	version := d.byte()
	f.extension = undefined
	var end uint64
	switch version {
	case 0, 1:
		end = f.superblock0(d, version)
	case 2, 3:
		end = f.superblock2(d)
	default:
		return unsupported("superblock version %d", version)
	}
	if d.err != nil {
		return d.err
	}
	if f.base > f.size {
		return corrupt("base address %d in a file of %d bytes", f.base, f.size)
	}
	if end > f.size && end != undefined {
		return fmt.Errorf("%w: %d bytes of %d", ErrTruncated, f.size, end)
	}
	if version >= 2 {
		return verify("superblock", b[:d.pos])
	}
	return nil
}

// findSignature looks where the format allows a file to begin: at 0, 512,
// 1024, 2048, ... (what stands before it is the user block).
func (f *File) findSignature() (uint64, error) {
	for at := uint64(0); at+uint64(len(signature)) <= f.size; at = max(512, 2*at) {
		b, err := f.readAt(at, uint64(len(signature)))
		if err != nil {
			return 0, err
		}
		if string(b) == signature {
			return at, nil
		}
	}
	return 0, ErrNotHDF5
}

// superblock0 reads versions 0 and 1 and returns the file's end.
func (f *File) superblock0(d *decoder, version byte) (end uint64) {
	d.skip(4)
	f.widths(d)
	d.skip(1 + 2 + 2 + 4)
	if version == 1 {
		d.skip(4)
	}
	f.base = d.address()
	if d.address() != undefined { // free space, which is never stored
		d.fail(corrupt("superblock"))
	}
	end = d.address()
	d.address() // driver information
	d.length()  // name of the root entry
	f.rootAddress = d.address()
	return end
}

// superblock2 reads versions 2 and 3 and returns the file's end.
func (f *File) superblock2(d *decoder) (end uint64) {
	f.widths(d)
	d.skip(1)
	f.base = d.address()
	f.extension = d.address()
	end = d.address()
	f.rootAddress = d.address()
	d.skip(4) // checksum
	return end
}

func (f *File) widths(d *decoder) {
	d.offsetSize, d.lengthSize = d.int(1), d.int(1)
	for _, n := range []int{d.offsetSize, d.lengthSize} {
		if n != 2 && n != 4 && n != 8 {
			d.fail(unsupported("addresses of %d bytes", n))
		}
	}
	f.offsetSize, f.lengthSize = d.offsetSize, d.lengthSize
}
