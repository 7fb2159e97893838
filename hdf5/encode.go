package hdf5

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
)

// Files written here have a version 2 superblock, object headers of version 2
// and links in the headers; chunks are found through a version 1 B-tree. Every
// HDF5 library since 1.8 reads that.

const superblockSize = 48

func encodeSuperblock(end, root uint64) []byte {
	b := append([]byte(signature), 2, 8, 8, 0)
	for _, address := range []uint64{0, undefined, end, root} {
		b = le.AppendUint64(b, address)
	}
	return le.AppendUint32(b, lookup3(b))
}

func encodeHeader(messages [][]byte) []byte {
	body := slices.Concat(messages...)
	b := append([]byte("OHDR"), 2, 2) // version, size of the first block in 4 bytes
	b = le.AppendUint32(b, uint32(len(body)))
	b = append(b, body...)
	return le.AppendUint32(b, lookup3(b))
}

// encodeMessage needs a body of less than 64 KiB; only attributes and long
// names could have more, and are checked before.
func encodeMessage(kind byte, body []byte) []byte {
	return append([]byte{kind, byte(len(body)), byte(len(body) >> 8), 0}, body...)
}

// groupMessages begin the header of a group without dense storage.
func groupMessages() [][]byte {
	return [][]byte{encodeMessage(msgLinkInfo, notDense()), encodeMessage(msgGroupInfo, []byte{0, 0})}
}

// attributeInfo says that attributes are in the header.
func attributeInfo() []byte { return encodeMessage(msgAttributeInfo, notDense()) }

// notDense is version and flags, and the addresses of a heap and a B-tree that
// are not there.
func notDense() []byte { return append([]byte{0, 0}, bytes.Repeat([]byte{0xff}, 16)...) }

func linkMessage(name string, address uint64) []byte {
	b := []byte{1, 0x11, 1} // version, character set and 2-byte size present, UTF-8
	b = le.AppendUint16(b, uint16(len(name)))
	b = append(b, name...)
	return encodeMessage(msgLink, le.AppendUint64(b, address))
}

func encodeSpace(shape []int) []byte {
	kind := byte(1)
	if len(shape) == 0 {
		kind = 0
	}
	b := []byte{2, byte(len(shape)), 0, kind}
	for _, n := range shape {
		b = le.AppendUint64(b, uint64(n))
	}
	return b
}

func encodeFloat(size int) []byte {
	if size == 4 {
		return []byte{0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0}
	}
	return []byte{0x11, 0x20, 63, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, 0xff, 3, 0, 0}
}

func encodeInteger(size int, signed bool) []byte {
	flags := byte(0)
	if signed {
		flags = 8
	}
	return []byte{0x10, flags, 0, 0, byte(size), 0, 0, 0, 0, 0, byte(8 * size), 0}
}

// encodeBool is the enumeration that h5py reads as bool.
func encodeBool() []byte {
	b := append([]byte{0x38, 2, 0, 0, 1, 0, 0, 0}, encodeInteger(1, true)...)
	return append(b, "FALSE\x00TRUE\x00\x00\x01"...)
}

// encodeText is the UTF-8 string of variable length. Its elements must be
// unsigned bytes.
func encodeText() []byte {
	return append([]byte{0x19, 1, 1, 0, 16, 0, 0, 0}, encodeInteger(1, false)...)
}

// encodeSequence is the list of 4-byte integers of variable length.
func encodeSequence() []byte {
	return append([]byte{0x19, 0, 0, 0, 16, 0, 0, 0}, encodeInteger(4, true)...)
}

func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}

// encoded is a Go value in the form of the file.
type encoded struct {
	typ    []byte
	raw    []byte // read, never changed: it may be the caller's memory
	count  int
	scalar bool
}

// size is the bytes of one element, as the datatype message states it.
func (e encoded) size() int { return int(le.Uint32(e.typ[4:])) }

// encode turns a slice or a single value into type and bytes. Strings go to
// the file's global heap at once.
func (w *Writer) encode(value any) (encoded, error) {
	switch v := value.(type) {
	case string:
		return scalarOf(w.encodeStrings([]string{v}))
	case []string:
		return w.encodeStrings(v)
	case [][]int32:
		return w.encodeLists(v)
	case bool:
		return scalarOf(encodeSlice(encodeBool(), []bool{v}))
	case []bool:
		return encodeSlice(encodeBool(), v)
	case float32:
		return scalarOf(encodeSlice(encodeFloat(4), []float32{v}))
	case []float32:
		return encodeSlice(encodeFloat(4), v)
	case float64:
		return scalarOf(encodeSlice(encodeFloat(8), []float64{v}))
	case []float64:
		return encodeSlice(encodeFloat(8), v)
	}
	return encodeIntegers(value)
}

func encodeIntegers(value any) (encoded, error) {
	switch v := value.(type) {
	case int:
		return scalarOf(encodeSlice(encodeInteger(8, true), []int64{int64(v)}))
	case []int:
		wide := make([]int64, len(v))
		for i, n := range v {
			wide[i] = int64(n)
		}
		return encodeSlice(encodeInteger(8, true), wide)
	case int64:
		return scalarOf(encodeSlice(encodeInteger(8, true), []int64{v}))
	case []int64:
		return encodeSlice(encodeInteger(8, true), v)
	case int32:
		return scalarOf(encodeSlice(encodeInteger(4, true), []int32{v}))
	case []int32:
		return encodeSlice(encodeInteger(4, true), v)
	case []int16:
		return encodeSlice(encodeInteger(2, true), v)
	case []int8:
		return encodeSlice(encodeInteger(1, true), v)
	case uint64:
		return scalarOf(encodeSlice(encodeInteger(8, false), []uint64{v}))
	case []uint64:
		return encodeSlice(encodeInteger(8, false), v)
	case []uint32:
		return encodeSlice(encodeInteger(4, false), v)
	case []uint16:
		return encodeSlice(encodeInteger(2, false), v)
	case []uint8:
		return encodeSlice(encodeInteger(1, false), v)
	}
	return encoded{}, fmt.Errorf("%w: cannot write a %T", ErrType, value)
}

func scalarOf(e encoded, err error) (encoded, error) {
	e.scalar = true
	return e, err
}

func encodeSlice[T any](typ []byte, v []T) (encoded, error) {
	if raw := memoryOf(v); raw != nil {
		return encoded{typ: typ, raw: raw, count: len(v)}, nil
	}
	raw, err := appendValues(nil, v)
	return encoded{typ: typ, raw: raw, count: len(v)}, err
}
