package outside

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/ingest/ingesttest"
	"github.com/autolfads/autolfads/prepare"
)

// writeRig stores a recording as the recorder does.
func writeRig(t testing.TB, dir string, r *dataset.Recording) string {
	s := session{Rig: 2}
	for i, id := range r.Units.IDs {
		times, err := r.Units.Spikes.Times(i)
		if err != nil {
			t.Fatal(err)
		}
		s.Units = append(s.Units, unit{id, times})
	}
	for _, row := range r.Trials().Intervals() {
		s.Trials = append(s.Trials, [2]*float64{&row.Start, &row.Stop})
	}
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "session.json")
	if err := os.WriteFile(path, text, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// holds takes out of the sample what the recorder does not store.
func holds(r *dataset.Recording) {
	trials := r.Trials()
	trials.Columns = []*dataset.Column{trials.Column(dataset.ColumnStart), trials.Column(dataset.ColumnStop)}
	r.Streams = nil
}

// The suite of sources takes one of another module.
func TestRecorder(t *testing.T) {
	ingesttest.Run(t, ingesttest.Case{Source: "rig", Write: writeRig, Holds: holds})
}

// What it opens becomes trials as any recording does.
func TestRecorderPrepared(t *testing.T) {
	r, err := ingest.Open(writeRig(t, t.TempDir(), ingesttest.Sample()), ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	d, report, err := prepare.Trials(r, prepare.Options{BinMs: 10})
	if err != nil || d.Train.Trials()+d.Valid.Trials() != 4 || report.Counted == 0 {
		t.Errorf("%v, %+v", err, report)
	}
}
