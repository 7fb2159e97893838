package dataset

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/hdf5"
)

// chopped is a dataset of windows of a recording of two stretches, divided, and the
// recording.
func chopped() (*Dataset, []float32) {
	c := &Chop{Window: 6, Overlap: 2, Power: 2, Origin: 100.5, Bins: 70}
	x := make([]float32, 2*c.Bins)
	for i := range x {
		x[i] = float32(i*i%5) + float32(i%2)
	}
	starts := c.Starts([]Stretch{{0, 30}, {40, 70}}, 3)
	all := &Split{Encod: c.Cut(x, 2, starts), Starts: starts}
	all.Recon = all.Encod
	d := &Dataset{Name: "chopped", BinWidth: 1e7, Chop: c}
	d.Divide(all, Division{.3, 1})
	return d, x
}

// checkMerged checks that a dataset's windows are those of chopped.
func checkMerged(t *testing.T, d *Dataset, x []float32) {
	t.Helper()
	m, err := d.MergeSpikes()
	if err != nil || len(m.Covered()) != 2 {
		t.Fatalf("%v", err)
	}
	for i, v := range rowsOf(m, 0, m.Bins) {
		bin := int64(i / 2)
		in := slices.ContainsFunc(m.Covered(), func(s Stretch) bool { return s.First <= bin && bin < s.Last })
		if in && v != x[i] || !in && !IsMissing(v) {
			t.Fatalf("bin %d is %g, was %g", bin, v, x[i])
		}
	}
}

// TestChopKept: what a dataset knows of the recording that its trials are windows of
// goes through division, files, spikes alone and a glance.
func TestChopKept(t *testing.T) {
	d, x := chopped()
	checkMerged(t, d, x)
	path := filepath.Join(t.TempDir(), "chopped.h5")
	if err := d.Write(path); err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{{}, {SpikesAlone: true}} {
		got, err := Load(path, o)
		if err != nil {
			t.Fatal(err)
		}
		if *got.Chop != *d.Chop || got.Seconds(10) != 100.6 || len(got.Unread) > 0 || len(got.notes) > 0 {
			t.Errorf("%+v, %v, %v", got.Chop, got.Unread, got.notes)
		}
		checkMerged(t, got, x)
	}
	got, err := Load(path, Options{Glance: true, above: 10})
	if err != nil || got.whole == nil || len(got.Train.Starts) != got.Train.Trials() {
		t.Fatalf("%v", err)
	}
	if text := got.Summary().String(); !strings.Contains(text, "windows of 6 bins that overlap by 2, of a recording of 70 bins (100.5 to 101.2 s)") {
		t.Errorf("summary\n%s", text)
	}
}

// TestChopUnclear: a file whose windows cannot be merged is read without.
func TestChopUnclear(t *testing.T) {
	for name, change := range map[string]func(w *hdf5.Writer) error{
		"a power of none": func(w *hdf5.Writer) error { return w.SetAttr("/", attrChopPower, -1.) },
		"half a bin":      func(w *hdf5.Writer) error { return w.SetAttr("/", attrChopOverlap, 1.5) },
		"words":           func(w *hdf5.Writer) error { return w.SetAttr("/", attrChopWindow, "six") },
		"too short":       func(w *hdf5.Writer) error { return w.SetAttr("/", attrChopBins, 30) },
	} {
		d, _ := chopped()
		path := filepath.Join(t.TempDir(), "chopped.h5")
		file, err := hdf5.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		w := &writer{file: file}
		for _, s := range d.splits() {
			w.split(s, &layouts[0])
		}
		w.chop(d.Chop)
		w.do(change(file))
		w.do(file.Close())
		got, err := Load(path, Options{})
		if err != nil || w.err != nil {
			t.Fatalf("%s: %v, %v", name, err, w.err)
		}
		if got.Chop != nil || got.Train.Starts != nil || len(got.notes) != 1 || !strings.Contains(got.notes[0], "not merged") {
			t.Errorf("%s: %+v, %v", name, got.Chop, got.notes)
		}
	}
}
