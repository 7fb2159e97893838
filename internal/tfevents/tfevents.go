// Package tfevents writes scalars for TensorBoard: event files. A file may grow
// while it is read, and may be gone on with after a kill.
//
// A file is a sequence of records
//
//	length            uint64, little-endian
//	masked crc32c     uint32, of the eight bytes before
//	data              length bytes: a protocol buffer, TensorFlow's Event
//	masked crc32c     uint32, of data
//
// where masked is rotate(crc, 15 to the right) + 0xa282ead8. Of Event and what
// it holds only these fields are used:
//
//	Event    1 wall_time double   2 step int64   3 file_version string   5 summary Summary
//	Summary  1 value, repeated Value
//	Value    1 tag string   2 simple_value float
//
// The first event names the version, brain.Event:2; since that one, steps need
// not ascend from event to event.
//
// Sources: TensorFlow's record_writer.cc, event.proto and summary.proto.
package tfevents

import (
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"
)

// Scalar is a value under a name.
type Scalar struct {
	Tag   string
	Value float32
}

// Version returns the event that a file begins with. wall is in seconds since
// 1970.
func Version(wall float64) []byte {
	const fileVersion = "brain.Event:2"
	return append(bytesField(event(wall, 0), 3, len(fileVersion)), fileVersion...)
}

// Event returns the event of a step.
func Event(wall float64, step int64, scalars []Scalar) []byte {
	var summary []byte
	for _, s := range scalars {
		value := append(bytesField(nil, 1, len(s.Tag)), s.Tag...)
		value = binary.LittleEndian.AppendUint32(key(value, 2, fixed32), math.Float32bits(s.Value))
		summary = append(bytesField(summary, 1, len(value)), value...)
	}
	return append(bytesField(event(wall, step), 5, len(summary)), summary...)
}

// Write writes one event as a record.
func Write(w io.Writer, event []byte) error {
	record := binary.LittleEndian.AppendUint64(nil, uint64(len(event)))
	record = binary.LittleEndian.AppendUint32(record, maskedCRC(record))
	record = append(record, event...)
	record = binary.LittleEndian.AppendUint32(record, maskedCRC(event))
	_, err := w.Write(record)
	return err
}

// Whole returns the events at the beginning of a file that are whole, and the
// number of bytes that their records take. What comes after was cut short or
// damaged.
func Whole(file []byte) (events [][]byte, length int) {
	const head, tail = 12, 4 // length and its checksum; the data's checksum
	for {
		rest := file[length:]
		if len(rest) < head || binary.LittleEndian.Uint32(rest[8:]) != maskedCRC(rest[:8]) {
			return events, length
		}
		size := binary.LittleEndian.Uint64(rest)
		if size < timeBytes || len(rest) < head+tail || size > uint64(len(rest)-head-tail) {
			return events, length
		}
		event := rest[head : head+size]
		if binary.LittleEndian.Uint32(rest[head+size:]) != maskedCRC(event) {
			return events, length
		}
		events, length = append(events, event), length+head+int(size)+tail
	}
}

// timeBytes is the size of what each event begins with: its time.
const timeBytes = 1 + 8

// Timeless returns what an event of this package says beside its time.
func Timeless(event []byte) []byte { return event[timeBytes:] }

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// maskedCRC is a checksum that stays good for data that hold checksums.
func maskedCRC(data []byte) uint32 {
	crc := crc32.Checksum(data, castagnoli)
	return (crc>>15 | crc<<17) + 0xa282ead8
}

// The wire types of protocol buffers.
const (
	varint  = 0
	fixed64 = 1
	length  = 2 // and as many bytes
	fixed32 = 5
)

func key(b []byte, field, wire uint64) []byte { return binary.AppendUvarint(b, field<<3|wire) }

// event begins an event with its time, which comes first, and its step.
func event(wall float64, step int64) []byte {
	b := binary.LittleEndian.AppendUint64(key(nil, 1, fixed64), math.Float64bits(wall))
	return binary.AppendUvarint(key(b, 2, varint), uint64(step))
}

// bytesField begins a field of n bytes.
func bytesField(b []byte, field uint64, n int) []byte {
	return binary.AppendUvarint(key(b, field, length), uint64(n))
}
