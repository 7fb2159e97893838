package matfile

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
)

var le = binary.LittleEndian

// tagged is a data element.
func tagged(kind uint32, data []byte) []byte {
	b := le.AppendUint32(nil, kind)
	b = append(le.AppendUint32(b, uint32(len(data))), data...)
	return append(b, make([]byte, (8-len(data)%8)%8)...)
}

// words are whole numbers of 32 bits.
func words(v ...uint32) (b []byte) {
	for _, n := range v {
		b = le.AppendUint32(b, n)
	}
	return b
}

// described is how an array begins: its flags and class, its shape and its name.
func described(flagsAndClass uint32, shape []byte, name string) []byte {
	return append(append(tagged(miUINT32, words(flagsAndClass, 0)), tagged(miINT32, shape)...), tagged(miINT8, []byte(name))...)
}

// level5File is a file of variables.
func level5File(variables ...[]byte) []byte {
	b := append(bytes.Repeat([]byte{' '}, 124), "\x00\x01IM"...)
	return append(b, bytes.Join(variables, nil)...)
}

// compressed packs a variable: its tag, which may lie, and what follows.
func compressed(t *testing.T, size uint32, parts ...io.Reader) []byte {
	t.Helper()
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	w.Write(words(miMATRIX, size))
	for _, p := range parts {
		must[int64](t)(io.Copy(w, p))
	}
	w.Close()
	return append(words(miCOMPRESSED, uint32(z.Len())), z.Bytes()...)
}

// zeros is as many bytes of 0.
func zeros(n int64) io.Reader { return io.LimitReader(forever{}, n) }

type forever struct{}

func (forever) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// allocated is how many bytes f allocates.
func allocated(f func()) int64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int64(after.TotalAlloc - before.TotalAlloc)
}

// TestBomb lists a variable that unpacks to a thousand times its size without
// unpacking it, and sums it in little memory.
func TestBomb(t *testing.T) {
	const n = 24 << 20
	head := append(described(6, words(1, n), "bomb"), words(miDOUBLE, 8*n)...)
	b := level5File(compressed(t, uint32(len(head)+8*n), bytes.NewReader(head), zeros(8*n)))
	if len(b) > 1<<20 {
		t.Fatalf("a bomb of %d bytes", len(b))
	}
	var f *File
	if grew := allocated(func() { f = openBytes(t, b) }); grew > 1<<20 {
		t.Errorf("listing allocates %d KiB", grew>>10)
	}
	a := array(t, f, "bomb")
	count := 0
	grew := allocated(func() {
		for block, err := range a.Float64Blocks() {
			if err != nil {
				t.Fatal(err)
			}
			count += len(block)
		}
	})
	if count != n || grew > 24<<20 {
		t.Errorf("%d of %d values, %d MiB allocated", count, n, grew>>20)
	}
}

// TestLies refuses what cannot be, without making room for it.
func TestLies(t *testing.T) {
	const huge = math.MaxInt32
	doubles := words(miDOUBLE, 0xfffffff8)
	cell := described(1, words(1, 25e6), "x")
	noise := make([]byte, 200<<10) // that does not compress
	for i := range noise {
		noise[i] = byte(i * i * i >> 7)
	}
	for what, c := range map[string]struct {
		variable []byte
		want     error
	}{
		"a shape beyond counting":      {tagged(miMATRIX, append(described(6, words(huge, huge, huge), "x"), doubles...)), ErrCorrupt},
		"more numbers than bytes":      {tagged(miMATRIX, append(described(6, words(1, huge), "x"), doubles...)), ErrCorrupt},
		"a variable past the end":      {append(words(miMATRIX, uint32(len(doublesOf(1<<28)))+8<<28), doublesOf(1<<28)...), ErrTruncated},
		"elements without room":        {tagged(miMATRIX, cell), ErrCorrupt},
		"elements beyond the file":     {append(words(miMATRIX, 0xfffffff0), described(1, words(1, 500e6), "x")...), ErrTruncated},
		"structs of no fields":         {tagged(miMATRIX, bytes.Join([][]byte{described(2, words(huge, 1), "x"), tagged(miINT32, words(32)), tagged(miINT8, nil)}, nil)), ErrCorrupt},
		"packed, cut and too large":    {cutShort(compressed(t, uint32(len(doublesOf(0)))+4e9, bytes.NewReader(doublesOf(500e6)), bytes.NewReader(noise))), ErrTruncated},
		"packed more than can be":      {compressed(t, 0xfffffff0, bytes.NewReader(cell)), ErrCorrupt},
		"packed elements out of all":   {compressed(t, 201e6, bytes.NewReader(cell), bytes.NewReader(noise), zeros(1<<20)), ErrCorrupt},
		"a text past the end":          {tagged(miMATRIX, append(described(4, words(1, 1<<30), "x"), words(miUTF8, 1<<30)...)), ErrCorrupt},
		"field names past the end":     {tagged(miMATRIX, append(described(2, words(1, 1), "x"), append(tagged(miINT32, words(1)), words(miINT8, 1<<30)...)...)), ErrCorrupt},
		"sparse columns past the end":  {tagged(miMATRIX, bytes.Join([][]byte{described(5, words(1, huge-1), "x"), tagged(miINT32, nil), tagged(miINT32, words(0)), tagged(miDOUBLE, nil)}, nil)), ErrCorrupt},
		"sparse entries out of order":  {sparseOfTwo(1, 0), ErrCorrupt},
		"sparse entries in one place":  {sparseOfTwo(1, 1), ErrCorrupt},
		"sparse entries in a row 3":    {sparseOfTwo(0, 2), ErrCorrupt},
		"a checksum that is wrong":     {wrongChecksum(t), ErrCorrupt},
		"a class that is none":         {tagged(miMATRIX, described(99, words(1, 1), "x")), ErrCorrupt},
		"an object":                    {tagged(miMATRIX, bytes.Join([][]byte{tagged(miUINT32, words(17, 0)), tagged(miINT8, []byte("x")), tagged(miINT8, []byte("MCOS")), tagged(miINT8, []byte("string"))}, nil)), ErrUnsupported},
		"numbers that are not numbers": {tagged(miMATRIX, append(described(6, words(1, 1), "x"), tagged(miUTF8, make([]byte, 8))...)), ErrCorrupt},
	} {
		t.Run(what, func(t *testing.T) {
			var err error
			b := level5File(c.variable)
			grew := allocated(func() { err = readX(b) })
			if !errors.Is(err, c.want) || grew > 8<<20+3*int64(len(b)) {
				t.Errorf("%v, want %v; %d KiB allocated", err, c.want, grew>>10)
			}
			if err != nil && (strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "input")) {
				t.Errorf("not one line that names the file: %v", err)
			}
		})
	}
}

// readX reads the variable x as whatever it is.
func readX(b []byte) error {
	f, err := NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	a, err := f.Array("x")
	if err != nil {
		return errors.Join(f.Damage(), err)
	}
	if a.Class() == Opaque {
		_, err := a.Strings()
		return err
	}
	_, err = tell(a)
	return err
}

// doublesOf is an array of n numbers, which are not there.
func doublesOf(n uint32) []byte {
	return append(described(6, words(1, n), "x"), words(miDOUBLE, 8*n)...)
}

// sparseOfTwo is a matrix of 2 x 1 with entries in two rows.
func sparseOfTwo(first, second uint32) []byte {
	return tagged(miMATRIX, bytes.Join([][]byte{
		described(5, words(2, 1), "x"), tagged(miINT32, words(first, second)), tagged(miINT32, words(0, 2)), tagged(miDOUBLE, make([]byte, 16)),
	}, nil))
}

// cutShort makes a compressed variable say that it is longer than its file.
func cutShort(b []byte) []byte {
	le.PutUint32(b[4:], le.Uint32(b[4:])+1000)
	return b
}

// TestCharsOfText refuses characters that are strings, which other software wrote.
func TestCharsOfText(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.mat")
	w := must[*hdf5.Writer](t)(hdf5.Create(name))
	if err := errors.Join(w.Write("x", []string{"a"}, []int{1}), w.SetAttr("x", "MATLAB_class", "char"), w.Close()); err != nil {
		t.Fatal(err)
	}
	f := must[*File](t)(Open(name))
	defer f.Close()
	if _, err := f.Array("x"); !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), "characters that are string") {
		t.Errorf("%v", err)
	}
}

func wrongChecksum(t *testing.T) []byte {
	x := append(described(6, words(1, 1), "x"), tagged(miDOUBLE, make([]byte, 8))...)
	b := compressed(t, uint32(len(x)), bytes.NewReader(x))
	b[len(b)-1] ^= 1
	return b
}

// TestDepth ends at cells that lie too deep in each other.
func TestDepth(t *testing.T) {
	const deep = 100_000
	inner := tagged(miMATRIX, append(described(6, words(1, 1), ""), tagged(miDOUBLE, make([]byte, 8))...))
	head := len(described(1, words(1, 1), "")) + 8
	b := make([]byte, 0, deep*head+len(inner))
	for k := deep; k > 0; k-- {
		name := ""
		if k == deep {
			name = "x"
		}
		d := described(1, words(1, 1), name)
		b = append(append(b, words(miMATRIX, uint32(len(d)+(k-1)*head+len(inner)))...), d...)
	}
	err := readX(level5File(append(b, inner...)))
	if !errors.Is(err, ErrUnsupported) || !strings.Contains(err.Error(), "more than 100") {
		t.Errorf("%v", err)
	}
}
