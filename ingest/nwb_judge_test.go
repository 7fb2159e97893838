package ingest_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/testenv"
)

// nwbTold is what pynwb reads of a file: columns by name, of numbers, words,
// truths, or lists of them; NaN is null.
type nwbTold struct {
	Units  map[string][]any
	Tables map[string]map[string][]any
	Words  map[string]map[string][]any
	Series map[string]struct {
		Unit        string
		Features    int
		Data, Times []any
	}
}

// nwbFeatures are the stored files that have every feature, and what pynwb told of
// them.
const nwbFeatures = "testdata/nwb_features"

// TestNWBFeatures compares stored files of every feature, value by value, with what
// pynwb read of them, so that it says something without Python too.
func TestNWBFeatures(t *testing.T) {
	told := readGzip(t, nwbFeatures+".json.gz")
	for i, want := range decodeTold(t, told) {
		name := []string{"earliest", "latest"}[i]
		t.Run(name, func(t *testing.T) {
			path := testenv.Gunzip(t, nwbFeatures+"_"+name+".nwb.gz", filepath.Join(t.TempDir(), name+".nwb"))
			r := openNWB(t, path)
			compareTold(t, r, want)
			holdsAll(t, "note", r.Notes, []string{
				"processing/ecephys/bands: the 12 values of a sample",
				"left out: units/waveforms, acquisition/waveforms: waveforms are not read",
				"left out: acquisition/video: images are not read",
				"left out: column intervals/epochs/timeseries",
				"left out: processing/behavior/notes: tables without a column of times",
			})
			if len(r.Notes) != 5 {
				t.Errorf("notes: %q", r.Notes)
			}
		})
	}
}

// TestNWBAgainstPynwb does with what pynwb writes now, and with files of the field.
func TestNWBAgainstPynwb(t *testing.T) {
	dir := t.TempDir()
	runPynwb(t, "testdata/nwb_features.py", dir)
	made := []string{filepath.Join(dir, "earliest.nwb"), filepath.Join(dir, "latest.nwb")}
	told := runPynwb(t, append([]string{"testdata/nwb_judge.py"}, made...)...)
	if os.Getenv("AUTOLFADS_UPDATE") == "1" {
		path := filepath.Join(dir, "told")
		if err := os.WriteFile(path, told, 0o666); err != nil {
			t.Fatal(err)
		}
		gzipTo(t, path, nwbFeatures+".json.gz")
		gzipTo(t, made[0], nwbFeatures+"_earliest.nwb.gz")
		gzipTo(t, made[1], nwbFeatures+"_latest.nwb.gz")
	}
	field := []string{testenv.Data(t, "nwb/sub-4_ses-4_ecephys+image.nwb"), testenv.Data(t, "nwb/sub-anm372793_ses-20170508.nwb")}
	told = append(told, runPynwb(t, append([]string{"testdata/nwb_judge.py"}, field...)...)...)
	for i, want := range decodeTold(t, told) {
		path := append(made, field...)[i]
		t.Run(filepath.Base(path), func(t *testing.T) { compareTold(t, openNWB(t, path), want) })
	}
}

func decodeTold(t *testing.T, text []byte) (all []nwbTold) {
	t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var one nwbTold
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if len(all) < 2 {
		t.Fatalf("%d answers", len(all))
	}
	return all
}

func compareTold(t *testing.T, r *dataset.Recording, want nwbTold) {
	if len(want.Units) == 0 || len(want.Series) == 0 || len(want.Tables) == 0 {
		t.Fatal("pynwb told nothing")
	}
	compareUnits(t, r, want.Units)
	tables := map[string]*dataset.Table{}
	for _, table := range append(r.Intervals, r.Events...) {
		tables[table.Name] = table
	}
	for _, told := range []map[string]map[string][]any{want.Tables, want.Words} {
		for name, columns := range told {
			compareTable(t, name, tables[name], columns)
		}
	}
	for name, s := range want.Series {
		got := r.Stream(name)
		if got == nil {
			t.Errorf("no stream %s", name)
			continue
		}
		times, err := got.Times(0, got.Len())
		if err != nil {
			t.Fatal(err)
		}
		compareValues(t, name, orNull(wholeSeries(t, got.Data)), s.Data)
		compareValues(t, "times of "+name, orNull(times), s.Times)
		if none := s.Unit == "n.a." || s.Unit == "NA"; got.Features != s.Features || got.Unit != s.Unit && !none {
			t.Errorf("%s: %d features in %q, pynwb reads %d in %q", name, got.Features, got.Unit, s.Features, s.Unit)
		}
	}
}

func compareUnits(t *testing.T, r *dataset.Recording, want map[string][]any) {
	for column, rows := range want {
		switch column {
		case "id":
			if got := fmt.Sprint(r.Units.IDs); got != fmt.Sprint(rows) {
				t.Errorf("ids %s, pynwb reads %v", got, rows)
			}
		case "spike_times":
			for i, row := range rows {
				times, err := r.Units.Spikes.Times(i)
				if err != nil {
					t.Fatal(err)
				}
				compareValues(t, "spikes of unit "+r.Units.IDs[i], orNull(times), row.([]any))
			}
		case "obs_intervals":
			for i, row := range rows {
				var got []float64
				for _, o := range r.Units.Observed[i] {
					got = append(got, o.Start, o.Stop)
				}
				compareValues(t, "intervals of unit "+r.Units.IDs[i], orNull(got), row.([]any))
			}
		default:
			compareTable(t, "units", &r.Units.Columns, map[string][]any{column: rows})
		}
	}
}

func compareTable(t *testing.T, name string, got *dataset.Table, want map[string][]any) {
	if got == nil {
		t.Errorf("no table %s", name)
		return
	}
	for column, rows := range want {
		if column == "timestamp" {
			column = dataset.ColumnTime
		}
		c := got.Column(column)
		if c == nil {
			if column != "id" || rows[0] != 0. {
				t.Errorf("%s has no column %s", name, column)
			}
			continue
		}
		compareValues(t, name+"/"+column, valuesOf(c), joinWords(rows))
	}
}

// valuesOf are a column's values as JSON has them.
func valuesOf(c *dataset.Column) (all []any) {
	for i := range c.Len() {
		switch {
		case c.Words != nil:
			all = append(all, c.Words[i])
		case c.Flags != nil:
			all = append(all, c.Flags[i])
		case c.Lists != nil:
			all = append(all, orNull(c.Lists[i]))
		case math.IsNaN(c.Numbers[i]):
			all = append(all, nil)
		default:
			all = append(all, c.Numbers[i])
		}
	}
	return all
}

// joinWords makes words of lists of words, where a column has any.
func joinWords(rows []any) []any {
	isWords := false
	for _, row := range rows {
		if list, ok := row.([]any); ok && len(list) > 0 {
			_, isWords = list[0].(string)
		}
	}
	if !isWords {
		return rows
	}
	joined := make([]any, len(rows))
	for i, row := range rows {
		var words []string
		for _, word := range row.([]any) {
			words = append(words, word.(string))
		}
		joined[i] = strings.Join(words, ", ")
	}
	return joined
}

func compareValues(t *testing.T, what string, got, want []any) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d values, pynwb reads %d", what, len(got), len(want))
		return
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("%s: value %d is %v, pynwb reads %v", what, i, got[i], want[i])
			return
		}
	}
}

func readGzip(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(testenv.Gunzip(t, path, filepath.Join(t.TempDir(), "unpacked")))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestNWBLinksIntoOtherFiles reads a signal that stands in another file of the
// folder, as NWB keeps raw data apart.
func TestNWBLinksIntoOtherFiles(t *testing.T) {
	python := testenv.Python(t, "h5py")
	path := smallNWB().write(t, nwbMade{"acquisition/y/data": []float64{1}, "acquisition/y/timestamps": []float64{0}})
	script := `import h5py, sys
with h5py.File(sys.argv[1] + "/raw.h5", "w") as f: f["x/data"], f["x/timestamps"] = [1.5, 2.5], [0.0, 1.0]
with h5py.File(sys.argv[1] + "/made.nwb", "a") as f: f["acquisition/x"] = h5py.ExternalLink("raw.h5", "/x"); f["acquisition/z"] = h5py.ExternalLink("lost.h5", "/z")`
	if out, err := exec.Command(python, "-c", script, filepath.Dir(path)).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	r := openNWB(t, path)
	if got := nwbContents(r); got != "trials 2x2; x 2x1  0; y 1x1  0" {
		t.Fatalf("%s; notes %q", got, r.Notes)
	}
	if got := wholeSeries(t, r.Stream("x").Data); !slices.Equal(got, []float64{1.5, 2.5}) {
		t.Errorf("%v", got)
	}
	holdsAll(t, "note", r.Notes, []string{"left out: acquisition/z: "})
}
