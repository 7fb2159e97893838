package ingest_test

import (
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// storeArrays writes an HDF5 file of arrays along one axis, by their paths.
func storeArrays(t testing.TB, arrays map[string]any) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "session.h5")
	f, err := hdf5.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range arrays {
		n := 0
		switch v := values.(type) {
		case []float64:
			n = len(v)
		case []int64:
			n = len(v)
		case []string:
			n = len(v)
		}
		if err := f.Write(name, values, []int{n}); err != nil {
			t.Fatal(name, err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// What stands beside the columns of trials does not hide them, wherever it comes in
// the order of names; and stops need not be known.
func TestArraysTrialsBesideOthers(t *testing.T) {
	path := storeArrays(t, map[string]any{
		"spike_times": []float64{.5, 1.5, 2.5}, "spike_clusters": []int64{1, 2, 1},
		"trials/about": []string{"by hand"}, "trials/start_time": []float64{0, 1}, "trials/target": []string{"left", "right"},
	})
	r := opened(t, path, ingest.Options{})
	trials, notes := r.Trials(), strings.Join(r.Notes, "; ")
	if trials == nil || trials.Rows != 2 || len(trials.Intervals()) != 2 || trials.Column("target").Words[1] != "right" {
		t.Fatalf("trials %+v; %s", trials, notes)
	}
	if !strings.Contains(notes, "column about of trials is left out") || !strings.Contains(notes, "trials has no stop_time: taken as not known") {
		t.Error(notes)
	}
}

// Columns of trials are found by a prefix, whatever parts it from their names, or by
// their length where start_time stands alone.
func TestArraysTrialsByName(t *testing.T) {
	for name, prefix := range map[string]string{"underscore": "trials_", "dot": "trials.", "none": ""} {
		r := opened(t, storeArrays(t, map[string]any{
			"spike_times": []float64{.5, 1.5, 2.5, 3}, "spike_clusters": []int64{1, 2, 1, 1}, "sizes": []float64{1, 2, 3},
			prefix + "start_time": []float64{0, 1}, prefix + "stop_time": []float64{1, 3}, prefix + "target": []string{"left", "right"},
		}), ingest.Options{})
		trials, notes := r.Trials(), strings.Join(r.Notes, "; ")
		if trials == nil || trials.Rows != 2 || len(trials.Columns) != 3 || trials.Column("target").Words[1] != "right" || told(t, r) != "1[0.5 2.5 3]2[1.5]" {
			t.Fatalf("%s: trials %+v; %s", name, trials, notes)
		}
		if bare := strings.Contains(notes, "start_time and what else has its length, 2, are taken for columns of trials"); bare != (prefix == "") || !strings.Contains(notes, "not read: sizes") {
			t.Errorf("%s: %s", name, notes)
		}
	}
}

// What a file knows of its units is in the order of their ids; without these it is not
// read, and what is as long as trials is none of their columns.
func TestArraysUnitColumns(t *testing.T) {
	all := map[string]any{
		"spike_times": []float64{.5, 1.5, 2.5, 3}, "spike_clusters": []int64{7, 2, 7, 7}, "unit_ids": []int64{7, 2, 4},
		"start_time": []float64{0, 1, 2}, "unit_heldout": []int64{1, 0, 0}, "units_region": []string{"M1", "PMd", "M1"}, "unit_depth": []float64{1, 2},
	}
	r := opened(t, storeArrays(t, all), ingest.Options{})
	columns, notes := &r.Units.Columns, strings.Join(r.Notes, "; ")
	if len(columns.Columns) != 2 || columns.Rows != 3 || toldNumbers(columns.Numbers("heldout")) != "[1 0 0]" || columns.Column("region").Words[1] != "PMd" {
		t.Fatalf("columns %+v of %v; %s", columns, r.Units.IDs, notes)
	}
	if len(r.Trials().Columns) != 2 || r.Units.IDs[0] != "7" || !strings.Contains(notes, "not read: unit_depth") {
		t.Errorf("%v, trials %+v; %s", r.Units.IDs, r.Trials(), notes)
	}
	delete(all, "unit_ids")
	if r := opened(t, storeArrays(t, all), ingest.Options{}); len(r.Units.Columns.Columns) != 0 {
		t.Errorf("columns %+v of units %v without a list", r.Units.Columns, r.Units.IDs)
	}
}

// Whole moments of trials are on the clock of the spikes.
func TestArraysTrialsInSamples(t *testing.T) {
	path := storeArrays(t, map[string]any{
		"spike_times": []int64{5, 15, 25}, "spike_clusters": []int64{1, 2, 1}, "sample_rate": []float64{10},
		"trials/start_time": []int64{0, 10}, "trials/stop_time": []int64{10, 30}, "trials/go_time": []float64{.5, 1.5}, "trials/target": []int64{3, 4},
	})
	r := opened(t, path, ingest.Options{})
	got := ""
	for _, name := range []string{dataset.ColumnStart, dataset.ColumnStop, "go_time", "target"} {
		got += toldNumbers(r.Trials().Numbers(name))
	}
	if want := "[0 1][1 3][0.5 1.5][3 4]"; got != want || told(t, r) != "1[0.5 2.5]2[1.5]" {
		t.Errorf("trials %s, want %s; spikes %s", got, want, told(t, r))
	}
	if notes := strings.Join(r.Notes, "; "); !strings.Contains(notes, "start_time of trials are whole numbers (int64), taken for 10 a second, as the spike times are") {
		t.Error(notes)
	}
}

// Cells that hold themselves are no words, and followed no further.
func TestArraysLoops(t *testing.T) {
	r := opened(t, testenv.Gunzip(t, "testdata/arrays_loops.h5.gz", filepath.Join(t.TempDir(), "loops.h5")), ingest.Options{})
	if notes := strings.Join(r.Notes, "; "); told(t, r) != "1[0.5 1]2[2]" || !strings.Contains(notes, "column who of trials is left out") {
		t.Errorf("%s; %s", told(t, r), notes)
	}
}

// What opening takes grows as the number of names does, not as its square.
func TestArraysManyNames(t *testing.T) {
	took := func(names int) float64 {
		all := map[string]any{"spike_times": []float64{.5, 1}, "spike_clusters": []int64{1, 2}}
		for i := range names {
			all["thing"+strconv.Itoa(i)] = []float64{1, 2, 3}
		}
		path := storeArrays(t, all)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		opened(t, path, ingest.Options{})
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	if few, many := took(500), took(4000); many > 12*few {
		t.Errorf("%.3g bytes for 500 names, %.3g for 4000", few, many)
	}
}

// Of columns that may be starts and stops, those called so are, and the others are what
// they are called, whatever comes first in the file.
func TestArraysStartAmongOthers(t *testing.T) {
	for _, prefix := range []string{"trials/", "trials_"} {
		path := storeArrays(t, map[string]any{
			"spike_times": []float64{.5, 1.5, 2.5}, "spike_clusters": []int64{1, 2, 1},
			prefix + "begin": []float64{.1, 1.1}, prefix + "end": []float64{.7, 1.7}, prefix + "onset": []float64{.2, 1.2},
			prefix + "start": []float64{0, 1}, prefix + "StopTime": []float64{1, 2},
		})
		r := opened(t, path, ingest.Options{})
		rows := r.Trials().Intervals()
		if len(rows) != 2 || rows[1] != (dataset.Interval{Start: 1, Stop: 2}) || r.Trials().Numbers("end")[1] != 1.7 || r.Trials().Numbers("begin")[1] != 1.1 {
			t.Errorf("%s: trials %v; %q", prefix, rows, r.Notes)
		}
	}
}
