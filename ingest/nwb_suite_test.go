package ingest_test

import (
	"compress/gzip"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest/ingesttest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// TestNWBSuite holds the source to the contract with a stored file, so that it says
// something without Python too.
func TestNWBSuite(t *testing.T) {
	ingesttest.Run(t, ingesttest.Case{Source: "nwb", Write: func(t testing.TB, dir string, _ *dataset.Recording) string {
		return testenv.Gunzip(t, "testdata/nwb_sample.nwb.gz", filepath.Join(dir, "sample.nwb"))
	}})
}

// TestNWBSuiteOfPynwb does with what pynwb writes now.
func TestNWBSuiteOfPynwb(t *testing.T) {
	ingesttest.Run(t, ingesttest.Case{Source: "nwb", Write: func(t testing.TB, dir string, r *dataset.Recording) string {
		path := filepath.Join(dir, "sample.nwb")
		writeNWB(t, path, r)
		if os.Getenv("AUTOLFADS_UPDATE") == "1" {
			gzipTo(t, path, "testdata/nwb_sample.nwb.gz")
		}
		return path
	}})
}

// writeNWB has pynwb write a recording.
func writeNWB(t testing.TB, path string, r *dataset.Recording) {
	t.Helper()
	told := filepath.Join(t.TempDir(), "recording.json")
	if err := os.WriteFile(told, recordingJSON(t, r), 0o666); err != nil {
		t.Fatal(err)
	}
	runPynwb(t, "testdata/nwb_sample.py", told, path)
}

// runPynwb runs a script that needs pynwb, and returns what it writes.
func runPynwb(t testing.TB, args ...string) []byte {
	t.Helper()
	c := exec.Command(testenv.Python(t, "pynwb"), append([]string{"-W", "ignore"}, args...)...)
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v", args[0], err)
	}
	return out
}

// recordingJSON tells a recording; what is NaN is null.
func recordingJSON(t testing.TB, r *dataset.Recording) []byte {
	type column struct {
		Name    string
		Numbers []any
		Words   []string
		Flags   []bool
	}
	type stream struct {
		Name, Unit  string
		Features    int
		Start, Rate float64
		Data, Clock []any
	}
	var told struct {
		Name    string
		IDs     []string
		Spikes  [][]any
		Rows    int
		Columns []column
		Streams []stream
	}
	told.Name, told.IDs = r.Name, r.Units.IDs
	for i := range r.Units.IDs {
		times, err := r.Units.Spikes.Times(i)
		if err != nil {
			t.Fatal(err)
		}
		told.Spikes = append(told.Spikes, orNull(times))
	}
	told.Rows = r.Trials().Rows
	for _, c := range r.Trials().Columns {
		told.Columns = append(told.Columns, column{c.Name, orNull(c.Numbers), c.Words, c.Flags})
	}
	for _, s := range r.Streams {
		one := stream{Name: s.Name, Unit: s.Unit, Features: s.Features, Start: s.Start, Rate: s.Rate, Data: orNull(wholeSeries(t, s.Data))}
		if s.Clock != nil {
			one.Clock = orNull(wholeSeries(t, s.Clock))
		}
		told.Streams = append(told.Streams, one)
	}
	text, err := json.Marshal(told)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// orNull are numbers as JSON can hold them.
func orNull(all []float64) []any {
	out := make([]any, len(all))
	for i, v := range all {
		if !math.IsNaN(v) {
			out[i] = v
		}
	}
	return out
}

func wholeSeries(t testing.TB, s dataset.Series) []float64 {
	t.Helper()
	all, err := s.Read(0, s.Len())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// gzipTo stores a file as gzip.
func gzipTo(t testing.TB, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	z, _ := gzip.NewWriterLevel(f, gzip.BestCompression)
	if _, err = z.Write(b); err == nil {
		err = z.Close()
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}
