package hdf5

import "testing"

// TestHeapsKept keeps collections within their room, and all of them if they are
// read again and again.
func TestHeapsKept(t *testing.T) {
	c := &globalHeaps{}
	h := &globalHeap{cost: heapRoom / 4}
	for i := range uint64(5) {
		c.keep(i, h, heapRoom)
	}
	same(t, "kept", len(c.kept), 1)
	same(t, "bytes", c.bytes, uint64(heapRoom/4))
	c.read = heapReads * heapRoom
	for i := range uint64(5) {
		c.keep(i, h, heapRoom)
	}
	same(t, "kept in the end", len(c.kept), 5)
}

// TestHeapsApart refuses collections that share bytes, but not those read again.
func TestHeapsApart(t *testing.T) {
	c := &globalHeaps{}
	for _, b := range []struct {
		block
		fine bool
	}{
		{block{1000, 100}, true},
		{block{500, 500}, true},
		{block{1000, 100}, true},
		{block{1099, 100}, false},
		{block{400, 101}, false},
		{block{600, 1}, false},
		{block{1100, 100}, true},
	} {
		if err := c.apart(b.block); (err == nil) != b.fine {
			t.Errorf("%v: %v", b.block, err)
		}
	}
}

// TestHeapNumbers finds values by number, the last of several.
func TestHeapNumbers(t *testing.T) {
	f := &File{superblock: superblock{lengthSize: 8, offsetSize: 8}}
	var b []byte
	for _, v := range []struct {
		index uint16
		text  string
	}{{7, "seven"}, {2, "two"}, {7, "again"}, {65535, "last"}} {
		b = le.AppendUint16(b, v.index)
		b = append(b, 0, 0, 0, 0, 0, 0)
		b = le.AppendUint64(b, uint64(len(v.text)))
		b = append(append(b, v.text...), make([]byte, 8-len(v.text))...)
	}
	f.heaps.keep(96, must[*globalHeap](t)(f.parseGlobalHeap(b)), 1)
	for index, want := range map[uint64]string{2: "two", 7: "again", 65535: "last"} {
		same(t, want, must[string](t)(f.heapObject(96, index)), want)
	}
	_, err := f.heapObject(96, 3)
	expectError(t, "a number that is not there", err, ErrCorrupt)
}
