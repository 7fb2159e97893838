package tfevents

import (
	"bytes"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// The bytes of the smallest event with a value, worked out from the format,
// its checksums by the polynomial, bit by bit.
func TestBytes(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, Event(1.5, 300, []Scalar{{"a", -2}})); err != nil {
		t.Fatal(err)
	}
	const want = "1800000000000000" + "a37f4b22" +
		"09000000000000f83f" + "10ac02" + "2a0a" + "0a08" + "0a0161" + "15000000c0" + "4e31c7dc"
	got := hex.EncodeToString(b.Bytes())
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// The masked crc32c of "123456789", whose crc32c is the standard's check value
// e3069283.
func TestMaskedCRC(t *testing.T) {
	if got := maskedCRC([]byte("123456789")); got != 0xc78ab0e5 {
		t.Errorf("got %x", got)
	}
}

// A file cut at any byte has the events before it; one with a bit changed those
// before that.
func TestWhole(t *testing.T) {
	var b bytes.Buffer
	var ends []int
	events := [][]byte{Version(100), Event(101, 1, []Scalar{{"a", .5}}), Event(102, 2, nil)}
	for _, e := range events {
		if err := Write(&b, e); err != nil {
			t.Fatal(err)
		}
		ends = append(ends, b.Len())
	}
	check := func(what string, file []byte, damaged int) {
		t.Helper()
		n := 0
		for n < len(ends) && ends[n] <= damaged {
			n++
		}
		got, length := Whole(file)
		if !slices.EqualFunc(got, events[:n], bytes.Equal) || length != append([]int{0}, ends...)[n] {
			t.Errorf("%s at byte %d: %d events in %d bytes, want %d", what, damaged, len(got), length, n)
		}
	}
	for i := range b.Len() {
		check("cut", b.Bytes()[:i], i)
		changed := bytes.Clone(b.Bytes())
		changed[i] ^= 4
		check("changed", changed, i)
	}
	check("whole", b.Bytes(), b.Len())
}

// Whatever a file holds, what is called whole is what Write writes.
func FuzzWhole(f *testing.F) {
	var b bytes.Buffer
	if err := Write(&b, Event(1.5, 300, []Scalar{{"a", -2}})); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(append(b.Bytes(), 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4))
	f.Fuzz(func(t *testing.T, file []byte) {
		events, length := Whole(file)
		var again bytes.Buffer
		for _, e := range events {
			if err := Write(&again, e); err != nil {
				t.Fatal(err)
			}
			Timeless(e)
		}
		if !bytes.Equal(again.Bytes(), file[:length]) {
			t.Errorf("%x is called whole, and is not %x", file[:length], again.Bytes())
		}
	})
}

// TestTensorBoardReads lets TensorBoard's own reader, which checks the
// checksums, judge a file: two tags whose steps fall in between.
func TestTensorBoardReads(t *testing.T) {
	python := testenv.Python(t, "tensorboard")
	dir := t.TempDir()
	var b bytes.Buffer
	events := [][]byte{
		Version(100),
		Event(101, 1, []Scalar{{"score/member-000", .5}, {"train/recon/member-000", 2}}),
		Event(102.25, 70000, []Scalar{{"score/member-000", .25}}),
		Event(103, 1, []Scalar{{"score/member-001", -1e-30}}),
	}
	for _, e := range events {
		if err := Write(&b, e); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "events.out.tfevents.0.test"), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(python, "-c", judge, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

const judge = `
import sys
from tensorboard.backend.event_processing import event_accumulator
a = event_accumulator.EventAccumulator(sys.argv[1], size_guidance={event_accumulator.SCALARS: 0})
a.Reload()
assert a.file_version == 2, a.file_version
got = {tag: [(e.wall_time, e.step, e.value) for e in a.Scalars(tag)] for tag in a.Tags()["scalars"]}
want = {
    "score/member-000": [(101.0, 1, 0.5), (102.25, 70000, 0.25)],
    "train/recon/member-000": [(101.0, 1, 2.0)],
    "score/member-001": [(103.0, 1, -1.0000000031710769e-30)],
}
assert got == want, got
`
