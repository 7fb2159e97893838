package ingest_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
)

// Two columns of whole numbers are units and samples, as two arrays are.
func TestArraysMatrixInSamples(t *testing.T) {
	path := filepath.Join(t.TempDir(), "spikes.npy")
	store(t, path, npyText("<i8", "(4, 2)", []int64{2, 5, 1, 10, 2, 25, 2, 30}))
	refused(t, path, ingest.Options{}, "add --sample-rate HZ")
	if got := told(t, opened(t, path, ingest.Options{SampleRate: 10})); got != "1[1]2[0.5 2.5 3]" {
		t.Error(got)
	}
	store(t, path, npyText("<f8", "(4, 2)", []float64{2, .5, 1, 1, 2, 2.5, 2, 3}))
	if got := told(t, opened(t, path, ingest.Options{})); got != "1[1]2[0.5 2.5 3]" {
		t.Error(got)
	}
}

// Durations have units, too.
func TestCSVDurations(t *testing.T) {
	for heading, want := range map[string]string{
		"onset_samples,duration_samples": "[1 3][2 4]",
		"onset_s,duration (ms)":          "[10 30][10.01 30.01]",
		"onset_s,duration":               "[10 30][20 40]",
		"onset_s,duration_samples":       "[10 30][11 31]",
	} {
		dir := t.TempDir()
		store(t, filepath.Join(dir, "spikes.csv"), "unit,time_s\n1,1.5\n")
		store(t, filepath.Join(dir, "trials.csv"), heading+"\n10,10\n30,10\n")
		trials := opened(t, dir, ingest.Options{SampleRate: 10}).Trials()
		if got := toldNumbers(trials.Numbers(dataset.ColumnStart)) + toldNumbers(trials.Numbers(dataset.ColumnStop)); got != want {
			t.Errorf("%s: %s, want %s", heading, got, want)
		}
		if strings.Contains(heading, "samples") {
			refused(t, dir, ingest.Options{}, "give --sample-rate")
		}
	}
}

// Truths of units stay truths if there is one of each.
func TestCSVUnitTruths(t *testing.T) {
	dir := t.TempDir()
	store(t, filepath.Join(dir, "spikes.csv"), "unit,time_s\n1,1.5\n2,1.75\n")
	for text, kind := range map[string]string{"unit,held\n1,True\n2,False\n": "true or false", "unit,held\n1,True\n": "word"} {
		store(t, filepath.Join(dir, "held.csv"), text)
		if c := opened(t, dir, ingest.Options{}).Units.Columns.Column("held"); c == nil || c.Kind() != kind || c.Text(0) != "true" {
			t.Errorf("%q: %+v, want one of kind %s", text, c, kind)
		}
	}
}

// Units of one id are told apart, as those of NWB are; long ids are kept whole.
func TestArraysIDs(t *testing.T) {
	path := storeArrays(t, map[string]any{
		"spike_times": []float64{.5, 1.5, 2.5}, "spike_times_index": []int64{1, 2, 3}, "unit_ids": []int64{1, 1234567890123, 1},
	})
	r := opened(t, path, ingest.Options{})
	if got, notes := told(t, r), strings.Join(r.Notes, "; "); got != "1[0.5]1234567890123[1.5]1_2[2.5]" || !strings.Contains(notes, "several units have the id 1: the second of one is called 1_2") {
		t.Errorf("%s; %s", got, notes)
	}
}
