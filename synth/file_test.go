package synth

import (
	"path/filepath"
	"reflect"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
)

// Every set comes back from its file as it was, but for what Load has to add.
func TestSetsGoThroughFiles(t *testing.T) {
	for _, want := range []*dataset.Dataset{
		mustLorenz(t, smallLorenz(1)), mustChaotic(t, smallChaotic(1)), mustEMG(t, smallEMG(1)), mustCalcium(t, smallCalcium(1)), mustTiming(t, smallTiming(1)),
	} {
		path := filepath.Join(t.TempDir(), want.Name+".h5")
		if err := want.Write(path); err != nil {
			t.Fatal(err)
		}
		got, err := dataset.Load(path, dataset.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(splits(got), splits(want)) {
			t.Errorf("%s: the trials differ", want.Name)
		}
		if got.Name != want.Name || got.BinWidth != want.BinWidth || got.Oracle != want.Oracle || got.OracleLikelihood != want.OracleLikelihood {
			t.Errorf("%s: %v, oracle %v of %q; want %v, oracle %v of %q", got.Name,
				got.BinWidth, got.Oracle, got.OracleLikelihood, want.BinWidth, want.Oracle, want.OracleLikelihood)
		}
		if got.TruthDivisor != 1 || len(got.Unread) > 0 {
			t.Errorf("%s: truth is divided by %v, unread %q", got.Name, got.TruthDivisor, got.Unread)
		}
	}
}

// The reaching recording comes back from its file as it was: spikes, streams, the table
// of reaches and what is said of it.
func TestRecordingsGoThroughFiles(t *testing.T) {
	o := smallReaching(1)
	o.Neurons, o.MeanRateHz = 12, .2 // some neurons have no spikes
	want := mustReaching(t, o)
	path := filepath.Join(t.TempDir(), "reaching.h5")
	if err := WriteRecording(want, path); err != nil {
		t.Fatal(err)
	}
	got, err := ingest.Open(path, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	if a, b := fingerprintOf(t, inOrder(got, want)), fingerprintOf(t, want); a != b {
		t.Errorf("the recording read has other bits, %s, than the one written, %s", a, b)
	}
	if !reflect.DeepEqual(got.Units.IDs, want.Units.IDs) || len(got.Notes) > 0 {
		t.Errorf("units %q, notes %q", got.Units.IDs, got.Notes)
	}
	for _, s := range got.Streams {
		w := want.Stream(s.Name)
		if s.Unit != w.Unit || !reflect.DeepEqual(s.Names, w.Names) || s.Rate != w.Rate || s.Start != w.Start || s.Clock != nil {
			t.Errorf("stream %s: %v, want %v", s.Name, s, w)
		}
	}
	if err := WriteRecording(want, filepath.Join(path, "below")); err == nil {
		t.Error("a file in a file is written")
	}
}

// inOrder is a recording with its streams, columns and attributes in the order of
// another's: files have them by their names.
func inOrder(r, of *dataset.Recording) *dataset.Recording {
	some := *r
	some.Streams, some.Attributes, some.Intervals = nil, nil, nil
	for _, s := range of.Streams {
		some.Streams = append(some.Streams, r.Stream(s.Name))
	}
	for _, a := range of.Attributes {
		for _, b := range r.Attributes {
			if b.Name == a.Name {
				some.Attributes = append(some.Attributes, b)
			}
		}
	}
	t := &dataset.Table{Name: r.Trials().Name, Rows: r.Trials().Rows}
	for _, c := range of.Trials().Columns {
		t.Columns = append(t.Columns, r.Trials().Column(c.Name))
	}
	some.Intervals = []*dataset.Table{t}
	return &some
}
