package npy

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
)

// wants holds an error against what it should be and say.
func wants(t testing.TB, what string, err, kind error, says string) {
	t.Helper()
	if !errors.Is(err, kind) || !strings.Contains(fmt.Sprint(err), says) || strings.Contains(fmt.Sprint(err), "\n") {
		t.Errorf("%s: %v; should be %q and say %q in one line", what, err, kind, says)
	}
}

// array makes a file of a header and values.
func array(header string, values []byte) []byte {
	b := append([]byte(magic+"\x01\x00"), byte(len(header)), byte(len(header)>>8))
	return append(append(b, header...), values...)
}

// usual is an array of three bytes.
func usual() []byte {
	return array("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", []byte{1, 2, 3})
}

type member struct {
	name string
	data []byte
}

// zipped makes a zip of a method: 0 stored, 8 deflated.
func zipped(t testing.TB, method uint16, members ...member) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, 6) })
	for _, m := range members {
		f := must[io.Writer](t)(w.CreateHeader(&zip.FileHeader{Name: m.name, Method: method}))
		must[int](t)(f.Write(m.data))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t testing.TB, b []byte) *File {
	t.Helper()
	return must[*File](t)(NewReader(bytes.NewReader(b), int64(len(b))))
}

// readFirst reads all of a file's first array.
func readFirst(b []byte) error {
	f, err := NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	a, err := f.Array(f.Names()[0])
	if err != nil {
		return err
	}
	if a.Type().IsText() {
		_, err = a.Strings()
		return err
	}
	_, err = a.Float32s()
	return err
}

func TestHeadersThatLie(t *testing.T) {
	head := func(descr, order, shape string) string {
		return "{'descr': " + descr + ", 'fortran_order': " + order + ", 'shape': " + shape + "}"
	}
	for _, c := range []struct {
		header string
		kind   error
		says   string
	}{
		{head("'<f8'", "False", "(4,)"), ErrTruncated, "24 bytes of values, should be 32: shape [4] of float64"},
		{head("'<f8'", "False", "(2,)"), ErrCorrupt, "8 bytes after the values"},
		{head("'<f8'", "False", "(1<<60,)"), ErrCorrupt, "where a comma should be"},
		{head("'<f8'", "False", "(1152921504606846975,)"), ErrTruncated, "24 bytes of values"},
		{head("'<f8'", "False", "(1152921504606846976,)"), ErrCorrupt, "shape [1152921504606846976]"},
		{head("'<f8'", "False", "(4294967296, 4294967296, 4294967296)"), ErrCorrupt, "shape"},
		{head("'<f8'", "False", "(99999999999999999999,)"), ErrCorrupt, "a number of 63 bits"},
		{head("'<f8'", "False", "(-3,)"), ErrCorrupt, "where a value should be"},
		{head("'<f8'", "False", "(True,)"), ErrCorrupt, "its shape is [true]"},
		{head("'<f8'", "False", "3"), ErrCorrupt, "no shape"},
		{head("'<f8'", "0", "(3,)"), ErrCorrupt, "no fortran_order"},
		{head("'|V0'", "False", "(1000000000000,)"), ErrCorrupt, "void0, which has no bytes"},
		{head("[]", "False", "(1000000000000,)"), ErrCorrupt, "which has no bytes"},
		{head("'<f3'", "False", "(3,)"), ErrUnsupported, `the type "<f3"`},
		{head("'f8,f8'", "False", "(3,)"), ErrUnsupported, "the type"},
		{head("3", "False", "(3,)"), ErrCorrupt, "its descr is 3"},
		{head("[('a', '<f8'), ('a', '<f8')]", "False", "(1,)"), ErrCorrupt, `two fields are called "a"`},
		{head("[('a', '<f8', (9999999999,))]", "False", "(1,)"), ErrCorrupt, "more than 2^30 bytes"},
		{head("[('a', '|S0', (1000000000, 1000000000)), ('b', '|u1')]", "False", "(24,)"), ErrUnsupported, "no bytes"},
		{head("[('', '<f8')]", "False", "(3,)"), ErrCorrupt, "has no name"},
		{head("[('a',)]", "False", "(3,)"), ErrCorrupt, "a field is"},
		{strings.Repeat("(", 5000), ErrCorrupt, "32 levels deep"},
		{strings.Repeat("[", 5000), ErrCorrupt, "32 levels deep"},
		{strings.Repeat("{'a':", 5000), ErrCorrupt, "32 levels deep"},
		{"__import__('os').system('touch /tmp/x')", ErrCorrupt, "where a value should be"},
		{"", ErrCorrupt, "where a value should be"},
		{"{'descr': '<f8', 'descr': '<f8'}", ErrCorrupt, `"descr" twice`},
		{"{'descr': '<f8', 'fortran_order': False, 'shape': (3,), 'more': 1}", ErrCorrupt, "not a dict of"},
		{head("'<f8'", "False", "(3,)") + " # ", ErrCorrupt, "the end"},
	} {
		wants(t, c.header, readFirst(array(c.header, make([]byte, 24))), c.kind, c.says)
	}
}

func TestOtherFiles(t *testing.T) {
	for _, c := range []struct {
		file string
		kind error
		says string
	}{
		{"", ErrTruncated, "it is empty"},
		{"\x93NU", ErrTruncated, "it has 3 bytes"},
		{"\x93NUMPY", ErrTruncated, "ends before it should"},
		{"\x93NUMPY\x01\x00\xff\xff{", ErrTruncated, "ends before it should"},
		{"\x93NUMPY\x04\x00\x00\x00\x00\x00", ErrUnsupported, "version 4.0"},
		{"\x93NUMPY\x02\x00\xff\xff\xff\xff", ErrUnsupported, "a header of 4294967295 bytes"},
		{"\x80\x04\x95", ErrPickle, "np.savez"},
		{"\x1f\x8b\x08", ErrNotNPY, "gunzip"},
		{"\x89HDF\r\n\x1a\n", ErrNotNPY, `begins with "\x89HDF\r\n"`},
		{"PK\x03\x04 and no more", ErrTruncated, "no list of members"},
	} {
		wants(t, c.file, readFirst([]byte(c.file)), c.kind, c.says)
	}
	_, err := Open(t.TempDir())
	wants(t, "folder", err, ErrNotNPY, "is a folder")
}

func TestHostileZips(t *testing.T) {
	three := usual()
	names := func(names ...string) []byte {
		var members []member
		for _, n := range names {
			members = append(members, member{n, three})
		}
		return zipped(t, 8, members...)
	}
	encrypted := names("a.npy")
	directory := bytes.Index(encrypted, []byte("PK\x01\x02"))
	encrypted[directory+8] |= 1
	lzma := names("a.npy")
	lzma[directory+10] = 14
	damaged := zipped(t, 0, member{"a.npy", three})
	damaged[bytes.Index(damaged, []byte{1, 2, 3})]++
	longer := zipped(t, 0, member{"a.npy", three})
	longer[bytes.Index(longer, []byte("PK\x01\x02"))+20]++ // the compressed size
	for what, c := range map[string]struct {
		file []byte
		kind error
		says string
	}{
		"up":        {names("../a.npy"), ErrCorrupt, "leads out of it"},
		"root":      {names("/etc/a.npy"), ErrCorrupt, "leads out of it"},
		"windows":   {names(`..\a.npy`), ErrCorrupt, "leads out of it"},
		"twice":     {names("a.npy", "b.npy", "a"), ErrCorrupt, `two members of the zip are called "a"`},
		"encrypted": {encrypted, ErrUnsupported, "it is encrypted"},
		"lzma":      {lzma, ErrUnsupported, `"LZMA" (method 14 of zip)`},
		"damaged":   {damaged, ErrCorrupt, "checksum"},
		"longer":    {longer, ErrCorrupt, "without compression are said to be"},
		"no array":  {zipped(t, 8, member{"README.txt", []byte("read me first")}), ErrNotNPY, "does not begin with"},
	} {
		wants(t, what, readFirst(c.file), c.kind, c.says)
	}
	f := read(t, names("a.npy", "session/b.npy"))
	same(t, "names", f.Names(), []string{"a", "session/b"})
	_, err := f.Array("c")
	wants(t, "absent", err, ErrNotFound, "There are: a, session/b")
}

// zeros is a zip's member that is mostly zeros: n of them behind a header.
func zeros(header string, n int) []byte { return array(header, make([]byte, n)) }

// A zip's member that lies about its size takes no memory to speak of.
func TestBombs(t *testing.T) {
	const size = 64 << 20
	bomb := zipped(t, 8, member{"a.npy", zeros("{'descr': '|u1', 'fortran_order': False, 'shape': (2147483648,)}", size)})
	// It says that it has 2 GiB: first in its header only, then in the zip too.
	took := allocated(func() { wants(t, "header", readFirst(bomb), ErrTruncated, "bytes of values, should be 2147483648") })
	directory := bytes.LastIndex(bomb, []byte("PK\x01\x02"))
	honest := le.Uint32(bomb[directory+24:])
	le.PutUint32(bomb[directory+24:], honest+1<<31-size)
	took += allocated(func() { wants(t, "zip", readFirst(bomb), ErrCorrupt, "which deflate cannot") })
	// And as much as it can have, which is not there.
	const most = 67_200_000
	bomb = bytes.Clone(zipped(t, 8, member{"a.npy", zeros("{'descr': '|u1', 'fortran_order': False, 'shape': (67200000,)}", size)}))
	directory = bytes.LastIndex(bomb, []byte("PK\x01\x02"))
	le.PutUint32(bomb[directory+24:], le.Uint32(bomb[directory+24:])-size+most)
	took += allocated(func() { wants(t, "most", readFirst(bomb), ErrTruncated, "ends before it should") })
	if took > 8<<20 {
		t.Errorf("%d MiB are allocated", took>>20)
	}
}

func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// A bomb that tells the truth is streamed in little memory.
func TestHonestBomb(t *testing.T) {
	const size = 136 << 20
	b := zipped(t, 8, member{"a.npy", zeros("{'descr': '|u1', 'fortran_order': False, 'shape': (139264, 1024)}", size)})
	a := must[*Array](t)(read(t, b).Array("a"))
	n := 0
	took := allocated(func() {
		for block, err := range a.Float32Rows() {
			if err != nil {
				t.Fatal(err)
			}
			n += len(block)
		}
	})
	if n != size || took > 64<<20 {
		t.Errorf("%d values in %d MiB", n, took>>20)
	}
	took = allocated(func() {
		_, err := a.Float64s()
		wants(t, "at once", err, ErrTooLarge, "1140850688 bytes in memory, of which")
	})
	if took > 1<<20 {
		t.Errorf("%d MiB to refuse", took>>20)
	}
}

// What is valid and not read says so, and what to type, and has a shape.
func TestUnread(t *testing.T) {
	f := open(t, "testdata/files/unread.npz")
	for name, c := range map[string]struct {
		typ  string
		kind error
		says string
	}{
		"objects":       {"object", ErrPickle, "np.array(x.tolist(), dtype=float)"},
		"pickled_field": {"struct{a int32, b object}", ErrPickle, "np.load(FILE, allow_pickle=True)"},
		"when":          {"datetime64[ns]", ErrUnsupported, "np.timedelta64(1, 's')"},
		"lasted":        {"timedelta64[25us]", ErrUnsupported, "np.timedelta64(1, 's')"},
		"long":          {"float128", ErrUnsupported, "x.astype(float)"},
		"raw":           {"void24", ErrType, "cannot be read as numbers"},
	} {
		a := must[*Array](t)(f.Array(name))
		same(t, name, a.Type().String(), c.typ)
		_, err := a.Float64s()
		wants(t, name, err, c.kind, c.says)
		for _, err := range a.Float32Rows() {
			wants(t, name, err, c.kind, c.says)
		}
	}
	f = open(t, "testdata/files/structured.npz")
	a := must[*Array](t)(f.Array("events"))
	_, err := a.Float64s()
	wants(t, "struct", err, ErrType, "is read field by field")
	_, err = a.Field("times")
	wants(t, "field", err, ErrNotFound, `field "times" of struct{unit int32, time float64, group U4, good bool}`)
	_, err = must[*Array](t)(find(f, "nested.wave")).Slab([]int{0, 0, 0, 1}, []int{1, 1, 2, 1})
	wants(t, "slab", err, ErrUnsupported, "a part of a field")
}

// FuzzReader looks for files that make the reader panic.
func FuzzReader(f *testing.F) {
	for _, p := range parents(f) {
		f.Add(p.whole)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := NewReader(bytes.NewReader(b), int64(len(b)))
		for _, err := range append(readAll(file), err) {
			if err != nil && !allowed(err) {
				t.Errorf("an error without a name: %v", err)
			}
		}
	})
}
