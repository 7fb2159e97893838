package outputs

import (
	"math"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

const (
	bins, forward, heldIn, neurons = 6, 2, 3, 5
)

// session is a small set of trials that were divided out of order, of neurons that stand
// in another order in the file.
func session() *dataset.Dataset {
	split := func(ids ...int64) *dataset.Split {
		s := &dataset.Split{Encod: dataset.NewArray(len(ids), bins, heldIn), Recon: dataset.NewArray(len(ids), bins+forward, neurons), TrialIDs: ids}
		for i := range s.Recon.Data {
			s.Recon.Data[i] = float32(i % 3)
		}
		return s
	}
	d := &dataset.Dataset{
		Name: "session", BinWidth: 5 * time.Millisecond, Order: []int{4, 0, 2, 1, 3},
		Train: split(70, 10, 40, 20), Valid: split(60, 30), Test: split(50),
	}
	d.Test.Recon = nil
	return d
}

// estimate is what says of each number which trial, bin and neuron it is of.
func estimate(s *dataset.Split, of int) *Estimates {
	e := &Estimates{dataset.NewArray(s.Trials(), bins+forward, neurons), dataset.NewArray(s.Trials(), bins+forward, 2)}
	for i := range e.Rates.Data {
		e.Rates.Data[i] = .5 + float32(of) + float32(i)/1024
	}
	for i := range e.Factors.Data {
		e.Factors.Data[i] = -float32(of) - float32(i)
	}
	return e
}

func estimates(d *dataset.Dataset) (train, valid, test *Estimates) {
	return estimate(d.Train, 0), estimate(d.Valid, 1), estimate(d.Test, 2)
}

// written is the file of what is said of a dataset.
func written(t *testing.T, d *dataset.Dataset, of Content) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rates.h5")
	if err := Write(path, d, of, Source{Version: "1", Run: "smoothing", Data: "session.h5", Settings: []Setting{{"sd_ms", 50.}}}); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string, d *dataset.Dataset) *File {
	t.Helper()
	f, err := Read(path, d)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func wantSame(t *testing.T, what string, got, want *dataset.Array) {
	t.Helper()
	if got == nil || got.String() != want.String() {
		t.Fatalf("%s: %v, want %v", what, got, want)
	}
	for i, v := range want.Data {
		if math.Abs(float64(got.Data[i]-v)) > 1e-5*math.Abs(float64(v)) {
			t.Fatalf("%s: number %d is %g, want %g", what, i, got.Data[i], v)
		}
	}
}

// What was written is read as it was in memory: trials and neurons in the dataset's order.
func TestWrittenIsRead(t *testing.T) {
	d := session()
	train, valid, test := estimates(d)
	f := read(t, written(t, d, OfCounts(train, valid, test)), d)
	for name, c := range map[string]struct{ got, want *Estimates }{"train": {f.Train, train}, "valid": {f.Valid, valid}, "test": {f.Test, test}} {
		wantSame(t, name, c.got.Rates, c.want.Rates)
		wantSame(t, name+" factors", c.got.Factors, c.want.Factors)
	}
	if f.Layout != OfAutoLFADS || !f.Counts || f.Run != "smoothing" || len(f.Notes) > 0 {
		t.Errorf("%+v", f)
	}
}

// A file with one split alone is read, and without factors.
func TestOneSplit(t *testing.T) {
	d := session()
	_, valid, _ := estimates(d)
	f := read(t, written(t, d, OfCounts(nil, &Estimates{Rates: valid.Rates}, nil)), d)
	wantSame(t, "valid", f.Valid.Rates, valid.Rates)
	if f.Train != nil || f.Test != nil || f.Valid.Factors != nil {
		t.Errorf("%+v", f)
	}
}

// Trials in another order are brought into the data's by their indices.
func TestTrialsByIndex(t *testing.T) {
	d := session()
	train, valid, test := estimates(d)
	path := written(t, d, OfCounts(train, valid, test))
	d.Train.TrialIDs = []int64{10, 20, 70, 40}
	f := read(t, path, d)
	for trial, was := range []int{1, 3, 0, 2} {
		if !slices.Equal(f.Train.Rates.Trial(trial), train.Rates.Trial(was)) || !slices.Equal(f.Train.Factors.Trial(trial), train.Factors.Trial(was)) {
			t.Errorf("trial %d is not that of the same index", trial)
		}
	}
	wantSame(t, "valid", f.Valid.Rates, valid.Rates)
}

// Rates of data on a scale are in the recording's unit in the file, and on the data's
// scale in memory, also if the data have another prefix.
func TestScale(t *testing.T) {
	d := session()
	d.Scale = &dataset.Scale{Unit: "mV", Factor: []float64{1, 2, 3, 4, 5}, Offset: []float64{0, 10, 20, 30, 40}}
	train, valid, test := estimates(d)
	of := OfCounts(train, valid, test)
	of.Counts, of.Unit = false, "as the data"
	path := written(t, d, of)
	d.Scale = &dataset.Scale{Unit: "V", Factor: []float64{.001, .002, .003, .004, .005}, Offset: []float64{0, .01, .02, .03, .04}}
	f := read(t, path, d)
	wantSame(t, "valid", f.Valid.Rates, valid.Rates)
	if f.Counts || len(f.Notes) > 0 {
		t.Errorf("%+v", f)
	}
}
