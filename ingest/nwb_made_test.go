package ingest_test

import (
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/hdf5"
	"github.com/autolfads/autolfads/ingest"
)

// nwbMade is a file told by its data sets, and its attributes as PATH@NAME.
type nwbMade map[string]any

// of is values of a shape.
type of struct {
	shape []int
	data  any
}

// smallNWB is a file of two units with three spikes and a table of two trials.
func smallNWB() nwbMade {
	return nwbMade{
		"@neurodata_type": "NWBFile", "@nwb_version": "2.7.0", "identifier": "small",
		"units/id": []int64{4, 9}, "units/spike_times": []float64{.5, 1.5, 1.25}, "units/spike_times_index": []int64{1, 3},
		"units@neurodata_type": "Units", "units@colnames": []string{"spike_times"},
		"intervals/trials/id": []int64{0, 1}, "intervals/trials/start_time": []float64{0, 1}, "intervals/trials/stop_time": []float64{1, 2},
		"intervals/trials@colnames": []string{"start_time", "stop_time"},
	}
}

// write makes the file, with some of it changed or, if nil, left away.
func (m nwbMade) write(t *testing.T, changes nwbMade) string {
	t.Helper()
	maps.Copy(m, changes)
	path := filepath.Join(t.TempDir(), "made.nwb")
	w, err := hdf5.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.SortedFunc(maps.Keys(m), datasetsFirst) {
		object, attr, isAttr := strings.Cut(name, "@")
		switch v := m[name].(type) {
		case nil:
		case of:
			err = w.Write(name, v.data, v.shape)
		default:
			if isAttr {
				err = w.SetAttr("/"+object, attr, v)
			} else {
				err = w.Write(name, v, lengthOf(v))
			}
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func datasetsFirst(a, b string) int {
	if x, y := strings.Contains(a, "@"), strings.Contains(b, "@"); x != y {
		if x {
			return 1
		}
		return -1
	}
	return strings.Compare(a, b)
}

func lengthOf(v any) []int {
	switch v := v.(type) {
	case []float64:
		return []int{len(v)}
	case []float32:
		return []int{len(v)}
	case []int64:
		return []int{len(v)}
	case []string:
		return []int{len(v)}
	case []bool:
		return []int{len(v)}
	}
	return nil
}

func TestBrokenUnitsAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		changes nwbMade
		want    string
	}{
		"descending index":  {nwbMade{"units/spike_times_index": []int64{3, 1}}, "units/spike_times_index: row 1 ends at 1, before the one in front of it at 3"},
		"negative index":    {nwbMade{"units/spike_times_index": []int64{-1, 3}}, "row 0 ends at -1"},
		"index beyond":      {nwbMade{"units/spike_times_index": []int64{1, 4}}, "row 1 ends at 4, but there are 3 values"},
		"short index":       {nwbMade{"units/spike_times_index": []int64{3}}, "its index has 1 rows, but there are 2 units"},
		"no index":          {nwbMade{"units/spike_times_index": nil}, "no spike_times_index that says whose they are"},
		"words for spikes":  {nwbMade{"units/spike_times": []string{"a", "b", "c"}}, "should hold numbers"},
		"a matrix":          {nwbMade{"units/spike_times": of{[]int{1, 3}, []float64{1, 2, 3}}}, "has the shape [1 3], should have one dimension"},
		"fractional index":  {nwbMade{"units/spike_times_index": []float64{1.5, 3}}, "units/spike_times"},
		"observed":          {nwbMade{"units/obs_intervals": []float64{1, 2}}, "units/obs_intervals: has the shape [2], should be pairs"},
		"observed of fewer": {nwbMade{"units/obs_intervals": of{[]int{1, 2}, []float64{1, 2}}}, "units/obs_intervals: has 1 rows, but there are 2 units"},
		"no NWB": {
			nwbMade{"@nwb_version": nil, "@neurodata_type": nil, "identifier": nil},
			"called .nwb, but nothing in it says that it is NWB (no nwb_version; it has intervals, units)",
		},
		"NWB 1": {nwbMade{"@nwb_version": "NWB-1.0.5"}, "an NWB 1 file (NWB 1.0.5), but NWB 2 is read"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := ingest.Open(smallNWB().write(t, c.changes), ingest.Options{})
			if err == nil {
				r.Close()
				t.Fatal("opened")
			}
			if text := err.Error(); !strings.Contains(text, c.want) || strings.Count(text, "made.nwb") != 1 {
				t.Errorf("%s\nwant %s", text, c.want)
			}
		})
	}
}

func TestWhatIsOddIsNoted(t *testing.T) {
	for name, c := range map[string]struct {
		changes nwbMade
		note    string
		what    string // what is read all the same
	}{
		"short column": {
			nwbMade{"intervals/trials/side": []string{"left"}, "intervals/trials@colnames": []string{"start_time", "stop_time", "side"}},
			"left out: column intervals/trials/side: has 1 rows, but intervals/trials has 2", "trials 2x2",
		},
		"absent column": {
			nwbMade{"intervals/trials@colnames": []string{"start_time", "stop_time", "side"}},
			"left out: column intervals/trials/side: listed in colnames, but not there", "trials 2x2",
		},
		"no colnames": {nwbMade{"intervals/trials@colnames": nil}, "", "trials 2x2"},
		"no stop":     {nwbMade{"intervals/trials/stop_time": nil}, "intervals/trials has no stop_time", "trials 2x2"},
		"stop of words": {
			nwbMade{"intervals/trials/stop_time": []string{"a", "b"}}, "left out: intervals/trials: its stop_time cannot be read as numbers", "",
		},
		"no ids": {nwbMade{"intervals/trials/id": nil}, "intervals/trials has no ids", "trials 2x2"},
		"broken ids": {
			nwbMade{"intervals/trials/id": of{[]int{1, 2}, []int64{0, 1}}},
			"left out: intervals/trials: intervals/trials/id: has the shape [1 2]", "",
		},
		"other ids": {nwbMade{"intervals/trials/id": []int64{7, 8}}, "", "trials 2x3"},
		"lying index": {
			nwbMade{"intervals/trials/tags": []string{"a", "b"}, "intervals/trials/tags_index": []int64{2, 1}},
			"left out: column intervals/trials/tags: intervals/trials/tags_index: row 1 ends at 1", "trials 2x2",
		},
		"version":    {nwbMade{"@nwb_version": "3.1.0"}, "NWB 3.1.0 is a version that this program does not know", "trials 2x2"},
		"no version": {nwbMade{"@nwb_version": nil}, "does not say which version", "trials 2x2"},
		"twice one id": {
			nwbMade{"units/id": []int64{4, 4}}, "several units have the id 4: the second of one is called 4_2", "trials 2x2",
		},
		"spikes of nobody": {nwbMade{"units/spike_times_index": []int64{1, 2}}, "1 of 3 spike times belong to no unit", "trials 2x2"},
		"clock too short": {
			nwbMade{"acquisition/x/data": []float64{1, 2, 3}, "acquisition/x/timestamps": []float64{0, 1}},
			"left out: acquisition/x: has 3 samples, but 2 timestamps", "trials 2x2",
		},
		"turned": {
			nwbMade{"acquisition/x/data": of{[]int{2, 3}, []float64{1, 2, 3, 4, 5, 6}}, "acquisition/x/timestamps": []float64{0, 1, 2}, "acquisition/x/data@unit": "m"},
			"acquisition/x: its data is 2 x 3 and has 3 timestamps, so that it was stored turned", "trials 2x2; x 3x2 m 0",
		},
		"rate of 0": {
			nwbMade{"acquisition/x/data": []float64{1}, "acquisition/x/starting_time": 0., "acquisition/x/starting_time@rate": 0.},
			"left out: acquisition/x: its rate is 0", "trials 2x2",
		},
		"odd conversion": {
			nwbMade{"acquisition/x/data": []float64{1}, "acquisition/x/timestamps": []float64{0}, "acquisition/x/data@conversion": math.NaN()},
			"acquisition/x: its conversion is NaN", "trials 2x2; x 1x1  0",
		},
		"matrix as conversion": {
			nwbMade{"acquisition/x/data": []float64{1}, "acquisition/x/timestamps": []float64{0}, "acquisition/x/data@conversion": []float64{1, 2}},
			"left out: acquisition/x: attribute conversion has 2 numbers", "trials 2x2",
		},
		"moments": {nwbMade{"processing/ttl/on/timestamps": []float64{1, 2, 3}}, "", "trials 2x2; on 3x1"},
		"labelled": {
			nwbMade{"acquisition/ttl/timestamps": []float64{1, 2}, "acquisition/ttl/data": []int64{1, 7}, "acquisition/ttl/data@labels": []string{"off", "on"}},
			"", "trials 2x2; ttl 2x2",
		},
		"events in rows": {
			nwbMade{
				"processing/e/table/id": []int64{0, 1}, "processing/e/table/event_times": []float64{1, 2, 3}, "processing/e/table/event_times_index": []int64{1, 3},
				"processing/e/table/label": []string{"lick", "reward"}, "processing/e/table@colnames": []string{"event_times", "label"},
			},
			"", "trials 2x2; table 3x2",
		},
		"no units":  {nwbMade{"units/id": nil, "units/spike_times": nil, "units/spike_times_index": nil, "units@neurodata_type": nil, "units@colnames": nil}, "the file has no units", "trials 2x2"},
		"no spikes": {nwbMade{"units/spike_times": nil, "units/spike_times_index": nil}, "units has no spike_times", "trials 2x2"},
	} {
		t.Run(name, func(t *testing.T) {
			r := openNWB(t, smallNWB().write(t, c.changes))
			if c.note != "" {
				holdsAll(t, "note", r.Notes, []string{c.note})
			} else if len(r.Notes) > 0 {
				t.Errorf("notes: %q", r.Notes)
			}
			if got := nwbContents(r); got != c.what {
				t.Errorf("%s, want %s", got, c.what)
			}
			survey(t, r)
		})
	}
}

func TestTurnedDataIsReadRight(t *testing.T) {
	r := openNWB(t, smallNWB().write(t, nwbMade{
		"acquisition/x/data": of{[]int{2, 3}, []float64{1, 2, 3, 4, 5, 6}}, "acquisition/x/timestamps": []float64{0, 1, 2},
		"acquisition/x/data@conversion": 2., "acquisition/x/data@offset": 1.,
	}))
	got, err := r.Stream("x").Data.Read(1, 3)
	if err != nil || !slices.Equal(got, []float64{5, 11, 7, 13}) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := r.Stream("x").Data.Read(1, 1); err != nil || len(got) > 0 {
		t.Errorf("nothing read as %v, %v", got, err)
	}
}

func TestEventsAreReadRight(t *testing.T) {
	r := openNWB(t, smallNWB().write(t, nwbMade{
		"acquisition/ttl/timestamps": []float64{1, 2}, "acquisition/ttl/data": []int64{1, 7}, "acquisition/ttl/data@labels": []string{"off", "on"},
		"processing/e/table/id": []int64{0, 1}, "processing/e/table/event_times": []float64{1, 2, 3}, "processing/e/table/event_times_index": []int64{1, 3},
		"processing/e/table/label": []string{"lick", "reward"}, "processing/e/table@colnames": []string{"event_times", "label"},
		"acquisition/run/timestamps": []float64{1, 2, 3}, "acquisition/run/data": []int64{1, -1, -2}, "acquisition/run@neurodata_type": "IntervalSeries",
	}))
	for name, want := range map[string][]string{"table": {"lick", "reward", "reward"}, "ttl": {"on", "7"}} {
		i := slices.IndexFunc(r.Events, func(t *dataset.Table) bool { return t.Name == name })
		if got := r.Events[i].Column("label").Words; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if run := r.Intervals[1]; run.Rows != 1 || run.Intervals()[0] != (dataset.Interval{Start: 1, Stop: 2}) {
		t.Errorf("%+v", run)
	}
	holdsAll(t, "note", r.Notes, []string{"acquisition/run: 1 of its 3 marks stop an interval that did not start"})
}

// TestWhatIsCalledNWBAndIsNot says of files that are no HDF5 what they are.
func TestWhatIsCalledNWBAndIsNot(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "the file is empty",
		"version https://git-lfs.github.com/a": "git lfs pull",
		"/annex/objects/MD5E-s1--0.nwb":        "datalad get",
		"<!DOCTYPE html>":                      "a web page",
		"unit,time":                            "begins with \"unit,time\"",
	} {
		path := filepath.Join(t.TempDir(), "session.nwb")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ingest.Open(path, ingest.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	folder := filepath.Join(t.TempDir(), "session.nwb.zarr")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, ".zattrs"), []byte(`{"neurodata_type": "NWBFile"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ingest.Open(folder, ingest.Options{}); err == nil || !strings.Contains(err.Error(), "NWB file in Zarr") {
		t.Errorf("%v", err)
	}
}
