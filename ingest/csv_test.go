package ingest_test

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/ingest/ingesttest"
)

func TestCSVFolder(t *testing.T) {
	ingesttest.Run(t, ingesttest.Case{
		Source: "csv",
		Write: func(t testing.TB, dir string, r *dataset.Recording) string {
			store(t, filepath.Join(dir, "spikes.csv"), spikesText(t, r, ","))
			store(t, filepath.Join(dir, "units.csv"), "unit,depth\n3,10\n4,20\n7,30\n12,\n20,50\n")
			store(t, filepath.Join(dir, "README.txt"), "what this is\n")
			storeBeside(t, dir, r)
			return dir
		},
		Files: []string{"spikes.csv", "trials.csv", "units.csv", "hand_vel.tsv"},
	})
}

func TestCSVFile(t *testing.T) {
	ingesttest.Run(t, ingesttest.Case{
		Source: "csv",
		Write: func(t testing.TB, dir string, r *dataset.Recording) string {
			path := filepath.Join(dir, "session 1.csv")
			store(t, path, spikesText(t, r, ";"))
			store(t, filepath.Join(dir, "session 1_trials.csv"), tableText(r.Trials()))
			return path
		},
		Holds: func(r *dataset.Recording) { silent(r); r.Streams = nil },
	})
}

// The same spikes in every way of writing them.
func TestCSVWaysToWrite(t *testing.T) {
	const want = "2[0.5 1.25]10[0.125]"
	for name, text := range map[string]string{
		"names":             "unit,time\n2,0.5\n10,0.125\n2,1.25\n",
		"windows":           "\xef\xbb\xbfUnit;Time\r\n2;0.5\r\n10;0.125\r\n2;1.25\r\n",
		"decimal commas":    "neuron;spike_time\n2;0,5\n10;0,125\n2;1,25\n",
		"tabs and commas":   "cluster_id\tt\n2\t0,5\n10\t,125\n2\t1,25",
		"spaces":            "# written by np.savetxt\n# unit time\n2.0 5e-1\n10.0 1.25e-1\n2.0 1.25\n",
		"no names":          "2,.5\n10,.125\n2,1.25\n",
		"other order":       "0.5,2\n0.125,10\n1.25,2\n",
		"milliseconds":      "time_ms,unit\n500,2\n125,10\n1250,2\n",
		"in brackets":       "\"Spike time (ms)\",Neuron ID\n500,2\n125,10\n1250,2\n",
		"microseconds":      "unit,time [µs]\n2,500000\n10,125000\n2,1250000\n",
		"more columns":      "time,amplitude,unit,label\n.5,1,2,a\n.125,2,10,b\n1.25,3,2,\"c, d\"\n",
		"quotes":            "\"unit\",\"time\"\n\"2\",\"0.5\"\n\"10\",\"0.125\"\n\"2\",\"1.25\"\n",
		"blank lines":       "\n\nunit,time\n\n2,0.5\n  \n10,0.125\n# a comment\n2,1.25\n\n",
		"spaces at fields":  "unit , time\n2 , 0.5\n 10,0.125 \n2,\t1.25\n",
		"one unit two ways": "unit,time\n2,0.5\n10.0,0.125\n2.0,1.25\n",
	} {
		path := filepath.Join(t.TempDir(), "x.csv")
		store(t, path, text)
		if got := told(t, opened(t, path, ingest.Options{})); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestCSVNotes(t *testing.T) {
	for text, says := range map[string]string{
		"unit,time\n1,0.5\n":                    "taken for seconds: the name of their column says no unit",
		"unit,time\n1,300000\n2,900001\n":       "whole numbers up to 900001: for milliseconds call the column time_ms",
		"unit,time\n1,300000.5\n2,900001\n":     "reach 900001",
		"0.5,2\n0.25,3\n":                       "column 2 is taken for units, column 1 for times",
		"unit,time_s,amplitude,x\n1,0.5,70,3\n": "columns of spikes that are not read: amplitude, x",
	} {
		path := filepath.Join(t.TempDir(), "x.csv")
		store(t, path, text)
		if notes := strings.Join(opened(t, path, ingest.Options{}).Notes, "; "); !strings.Contains(notes, says) {
			t.Errorf("%q: %s; want %q", text, notes, says)
		}
	}
	path := filepath.Join(t.TempDir(), "x.csv")
	store(t, path, "unit,time_s\n1,0.5\n")
	if r := opened(t, path, ingest.Options{}); len(r.Notes) > 0 {
		t.Errorf("there is nothing to say but %q", r.Notes)
	}
}

func TestCSVSamples(t *testing.T) {
	for _, text := range []string{"unit,time_samples\n2,15000\n10,3750\n2,37500\n", "unit,sample\n2,15000\n10,3750\n2,37500\n", "unit,time\n2,15000\n10,3750\n2,37500\n"} {
		path := filepath.Join(t.TempDir(), "x.csv")
		store(t, path, text)
		if got := told(t, opened(t, path, ingest.Options{SampleRate: 30000})); got != "2[0.5 1.25]10[0.125]" {
			t.Errorf("%q: %s", text, got)
		}
		if !strings.Contains(text, "unit,time\n") {
			refused(t, path, ingest.Options{}, "give --sample-rate")
		}
	}
}

func TestCSVRefused(t *testing.T) {
	for text, says := range map[string]string{
		"":                                  "it is empty",
		"\n\n":                              "it has no rows",
		"unit,time\n":                       "no spikes",
		"\xff\xfeu\x00n\x00i\x00t\x00,\x00": "UTF-16",
		"unit,time\r1,2\r":                  "carriage returns",
		"unit,time\n1,0.5\n2\n":             "line 3 has 1 fields, the lines before it have 2",
		"unit,time\n1,0.5\n2,0.5,7\n":       "line 3 has 3 fields",
		"unit,time\n1,0.5\n2,half\n":        `line 3, column 2: "half" is no time`,
		"unit,time\n1,0x1p-2\n":             `"0x1p-2" is no time`,
		"unit,time\n1,1_000\n":              "is no time",
		"unit,time\n,0.5\n":                 "line 2, column 1: a spike without a unit",
		"unit,trial,t\n1,0,0.5\n2,1,0.5\n":  "count from each trial's start",
		"unit,time\n1.5,0.5\n":              `the unit "1.5" is no whole number`,
		"a,b,c\nx,y,z\n":                    "its columns are called a, b, c; expected one of units",
		"0.5,0.25\n0.75,0.5\n":              "neither has whole numbers or words",
		"times\n0.5\n":                      "it has one column",
		"time,n1,n2,n3\n0,1,0,2\n1,0,0,1\n": "counts of 3 neurons",
		"0,1,0,2\n1,0,0,1\n":                "counts of 4 neurons",
		"unit,time\n\"1,0.5\n":              "a quote that is not closed",
		"unit,time\n1," + strings.Repeat("0", 2<<20) + "\n": "line 2 has more than 1048576 bytes",
	} {
		path := filepath.Join(t.TempDir(), "x.csv")
		store(t, path, text)
		if text == "" {
			refused(t, path, ingest.Options{}, "no known recording")
			continue
		}
		refused(t, path, ingest.Options{}, says)
	}
}

// Trials have the usual names of what they have, in seconds.
func TestCSVTrials(t *testing.T) {
	for name, c := range map[string]struct{ text, starts, stops string }{
		"usual":     {"start_time,stop_time,go\n1,2,x\n3,4,y\n", "[1 3]", "[2 4]"},
		"short":     {"trial;start;end\n1;1,0;2\n2;3,0;4\n", "[1 3]", "[2 4]"},
		"ms":        {"start_ms,stop_ms\n1000,2000\n3000,4000\n", "[1 3]", "[2 4]"},
		"durations": {"onset\tduration\n1\t1\n3\t1\n", "[1 3]", "[2 4]"},
		"no stop":   {"start,go_cue_time\n1,1.5\n3,3.5\n", "[1 3]", "[NaN NaN]"},
	} {
		dir := t.TempDir()
		store(t, filepath.Join(dir, "spikes.csv"), "unit,time_s\n1,1.5\n")
		store(t, filepath.Join(dir, "trials.csv"), c.text)
		trials := opened(t, dir, ingest.Options{}).Trials()
		if trials == nil || trials.Name != dataset.TrialsTable {
			t.Errorf("%s: no trials", name)
			continue
		}
		if got := toldNumbers(trials.Numbers(dataset.ColumnStart)); got != c.starts {
			t.Errorf("%s: starts %s", name, got)
		}
		if got := toldNumbers(trials.Numbers(dataset.ColumnStop)); got != c.stops {
			t.Errorf("%s: stops %s", name, got)
		}
	}
	for text, says := range map[string]string{
		"go,color\n1,red\n":               "expected start_time and stop_time",
		"start,stop\n1,soon\n":            "has words where times should be",
		"start_samples,stop_samples\n1,2": "give --sample-rate",
		"a,a\n1,2":                        "two columns are called a",
	} {
		dir := t.TempDir()
		store(t, filepath.Join(dir, "spikes.csv"), "unit,time_s\n1,1.5\n")
		store(t, filepath.Join(dir, "trials.csv"), text)
		refused(t, dir, ingest.Options{}, says)
	}
}

func toldNumbers(v []float64) string {
	s := make([]string, len(v))
	for i := range v {
		s[i] = exact(v[i])
	}
	return "[" + strings.Join(s, " ") + "]"
}

// Tables beside spikes become what they are: a stream, events, columns of units,
// or a note.
func TestCSVBeside(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"spikes.csv":   "unit,time_s\nM1 002,1.5\nM1 001,1.75\n",
		"behavior.csv": "time_ms,x,y\n0,1,2\n5,3,\n",
		"cues.csv":     "time,what\n1,go\n2,stop\n",
		"depths.csv":   "unit,depth\nM1 001,7\nother,8\n",
		"map.csv":      "a,b\n1,2\n",
		"probe.csv":    "1,2\n3,4\n",
		"notes.txt":    "The monkey, named J, was tired.\nVery tired\n",
	} {
		store(t, filepath.Join(dir, name), text)
	}
	r := opened(t, dir, ingest.Options{})
	if !slices.Equal(r.Units.IDs, []string{"M1 002", "M1 001"}) {
		t.Errorf("units %v", r.Units.IDs)
	}
	s := r.Stream("behavior")
	if s == nil || s.Features != 2 || s.Len() != 2 || !slices.Equal(s.Names, []string{"x", "y"}) {
		t.Fatalf("stream %+v", s)
	}
	if times, err := s.Times(0, 2); err != nil || times[1] != .005 {
		t.Error(times, err)
	}
	if len(r.Events) != 1 || r.Events[0].Name != "cues" || r.Events[0].Column("what").Words[1] != "stop" {
		t.Errorf("events %v", r.Events)
	}
	if got := toldNumbers(r.Units.Columns.Numbers("depth")); got != "[NaN 7]" {
		t.Errorf("depths %s", got)
	}
	if notes := strings.Join(r.Notes, "; "); !strings.Contains(notes, "not read: map.csv") || !strings.Contains(notes, "not read: probe.csv") || !strings.Contains(notes, "not read: notes.txt") {
		t.Errorf("notes %s", notes)
	}
}

// FuzzCSV looks for text that makes the reader panic.
func FuzzCSV(f *testing.F) {
	f.Add([]byte("unit,time\n1,0.5\n\"2\",1e3\n"))
	f.Add([]byte("# a b\n1 2\n3 4\n"))
	f.Add([]byte("\xef\xbb\xbfstart;stop\r\n1,5;2\r\n"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, name := range []string{"spikes.csv", "trials.csv"} {
			if err := os.WriteFile(filepath.Join(dir, name), b, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if r, err := ingest.Open(dir, ingest.Options{SampleRate: 1}); err == nil {
			r.Close()
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%q", err)
		}
	})
}

// A table of spikes takes 8 bytes a spike, and a few times that while it grows;
// whoever asks hears how much of it is read.
func TestCSVMemory(t *testing.T) {
	const rows = 300_000
	path := filepath.Join(t.TempDir(), "x.csv")
	store(t, path, "unit,time_s\n"+strings.Repeat("1,0.123456789\n2,100.123456789\n", rows/2))
	var read, of int64
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r := opened(t, path, ingest.Options{Progress: func(a, b int64) { read, of = a, b }})
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 7*8*rows+1<<20 {
		t.Errorf("%d bytes a spike", took/rows)
	}
	if n := r.Units.Total(); n != rows || read != of || of != 12+rows/2*(14+16) {
		t.Errorf("%d spikes; %d of %d bytes told", n, read, of)
	}
}
