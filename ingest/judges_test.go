package ingest_test

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// Tables that pandas and NumPy write, and a folder like phy's, have the very spikes
// that Python knows.
func TestWrittenInPython(t *testing.T) {
	python := testenv.Python(t, "numpy", "pandas")
	dir := t.TempDir()
	out, err := exec.Command(python, "testdata/tables.py", dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	var files map[string]map[string][]float64
	if err := json.Unmarshal(out, &files); err != nil || len(files[""]) != 7 {
		t.Fatalf("%d units, %v", len(files[""]), err)
	}
	for _, name := range []string{"pandas.csv", "german.csv", "tabs.tsv", "savetxt.txt", "header.txt", "ms.csv", "phy", "matlab"} {
		units := files[name]
		if units == nil {
			units = files[""]
		}
		r := opened(t, filepath.Join(dir, name), ingest.Options{})
		if r.Units.Len() != len(units) {
			t.Errorf("%s: units %v", name, r.Units.IDs)
			continue
		}
		for i, id := range r.Units.IDs {
			times, err := r.Units.Spikes.Times(i)
			if want := units[id]; err != nil || !slices.Equal(times, want) {
				t.Errorf("%s: unit %s: %d spikes, %v; want %d, or they differ", name, id, len(times), err, len(want))
			}
		}
		trials := r.Trials()
		if trials == nil || trials.Rows != 3 {
			t.Errorf("%s: no trials", name)
		} else if got := strings.Join(trials.Column("result").Words, " ") + toldNumbers(trials.Numbers("stop_time")); got != "hit  miss[1.5 NaN 4.25]" {
			t.Errorf("%s: trials %q", name, got)
		}
	}
}
