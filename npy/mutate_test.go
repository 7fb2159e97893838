package npy

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// parent is a whole file that mutants are made of.
type parent struct {
	name    string
	whole   []byte
	members []member // of a zip
	items   []string // arrays and fields that can be read
}

// parents are the files that NumPy wrote.
func parents(t testing.TB) (all []*parent) {
	for _, name := range slices.Sorted(maps.Keys(files(t))) {
		all = append(all, newParent(t, name))
	}
	return all
}

func newParent(t testing.TB, name string) *parent {
	p := &parent{name: name, whole: must[[]byte](t)(os.ReadFile(filepath.Join("testdata/files", name)))}
	p.items = slices.Sorted(maps.Keys(files(t)[name]))
	if !strings.HasSuffix(name, ".npz") {
		return p
	}
	z := must[*zip.Reader](t)(zip.NewReader(bytes.NewReader(p.whole), int64(len(p.whole))))
	for _, f := range z.File {
		r := must[io.ReadCloser](t)(f.Open())
		p.members = append(p.members, member{f.Name, must[[]byte](t)(io.ReadAll(r))})
	}
	return p
}

// mutant damages a copy of the file: its bytes as they are, or those of some
// members, which are zipped again with right checksums.
func (p *parent) mutant(t testing.TB, r *rand.Rand) []byte {
	if p.members == nil || r.IntN(3) == 0 {
		return mutate(p.whole, r)
	}
	damaged := make([]member, len(p.members))
	for i, m := range p.members {
		damaged[i] = m
		if r.IntN(3) == 0 {
			damaged[i].data = mutate(m.data, r)
		}
	}
	return zipped(t, uint16(8*r.IntN(2)), damaged...)
}

// letters are those of headers.
const letters = "()[]{}',:<>|= 0123456789biufcSUVMmOTrueFalsL\\n_"

// mutate damages a copy of b, mostly where its header is.
func mutate(b []byte, r *rand.Rand) []byte {
	b = bytes.Clone(b)
	for n := 1; n > 0; n-- {
		if r.IntN(3) == 0 {
			n++
		}
		at := r.IntN(len(b))
		if r.IntN(4) > 0 {
			at = r.IntN(min(len(b), 120))
		}
		b = damageAt(b, at, r)
	}
	if r.IntN(30) == 0 {
		b = b[:r.IntN(len(b))]
	}
	return b
}

func damageAt(b []byte, at int, r *rand.Rand) []byte {
	letter := letters[r.IntN(len(letters))]
	switch r.IntN(8) {
	case 0:
		b[at] ^= 1 << r.IntN(8)
	case 1:
		b[at] = byte(r.Uint32())
	case 2, 3:
		b[at] = letter
	case 4: // a letter more, and a space less: the header's length stays
		if space := bytes.IndexByte(b[at:], ' '); space > 0 {
			copy(b[at+1:at+space+1], b[at:at+space])
			b[at] = letter
		}
	case 5: // a digit for a digit
		if digit := bytes.IndexAny(b[at:], "0123456789"); digit >= 0 {
			b[at+digit] = byte('0' + r.IntN(10))
		}
	case 6:
		from := r.IntN(len(b))
		copy(b[at:], bytes.Clone(b[from:min(from+8, len(b))]))
	case 7:
		extremes := []uint64{0, 1, 1 << 31, 1 << 32, 1<<63 - 1, 1 << 63, ^uint64(0), uint64(len(b))}
		var word [8]byte
		le.PutUint64(word[:], extremes[r.IntN(len(extremes))])
		copy(b[at:], word[:1+r.IntN(8)])
	}
	return b
}

// readAll reads all arrays of a file in every way, and returns the errors.
func readAll(f *File) (errs []error) {
	if f == nil {
		return nil
	}
	for _, name := range f.Names() {
		a, err := f.Array(name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		errs = append(errs, readArray(a)...)
	}
	return errs
}

func readArray(a *Array) (errs []error) {
	_, err := a.Float64s()
	_, err2 := a.Strings()
	_, err3 := a.Int64s()
	errs = []error{err, err2, err3}
	for _, err := range a.Float32Rows() {
		errs = append(errs, err)
	}
	for _, field := range a.Type().Fields {
		v, err := a.Field(field.Name)
		if errs = append(errs, err); err == nil {
			errs = append(errs, readArray(v)...)
		}
	}
	return errs
}

// allowed reports whether an error is one that a damaged file may give.
func allowed(err error) bool {
	for _, kind := range []error{
		ErrNotNPY, ErrTruncated, ErrCorrupt, ErrUnsupported, ErrPickle, ErrNotFound, ErrType, ErrRange, ErrTooLarge,
	} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}
