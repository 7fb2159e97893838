package ingest_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// TestNWBRecordings holds what is read of files of the field to what pynwb and
// h5py count in them.
func TestNWBRecordings(t *testing.T) {
	for name, want := range map[string]struct {
		units, spikes int
		what          string // tables by rows and columns, then streams by samples, features, unit and rate
		odd           []string
		notes         []string
	}{
		"sub-anm372793_ses-20170508.nwb": {
			1, 2434,
			"trials 340x10; lick_left_times 1758x1 a.u. 0; lick_right_times 3431x1 a.u. 0",
			[]string{"340 of 340 rows of trials have no stop_time (NaN)", "1 of 1 units have spikes out of order: 1001 (20 spikes)"},
			nil,
		},
		"sub-4_ses-4_ecephys+image.nwb": {
			35, 214278,
			"encoding_table 90x9; recognition_table 180x14; timediscrimination_table 180x14; events 1717x1  0; experiment_ids 1717x1  0",
			[]string{"stream events: 1 of 1717 timestamps lie before time 0", "stream events: 12 of 1717 timestamps lie before"},
			[]string{"StimulusPresentation_encoding: images are not read", "not among its colnames, read all the same: response_time"},
		},
		"ecephys_tutorial.nwb": {
			3, 10, "trials 3x4; ECoG 1000x10 V 200", nil,
			[]string{"taken from processing/cellular/clustering (Clustering)"},
		},
		"test_TimeIntervals.nwb": {
			0, 0, "epochs 4x5; a 11x1 flubs 0; b 13x1 flubs 0", nil,
			[]string{"the file has no units", "column intervals/epochs/timeseries"},
		},
		"test_TimeSeries.nwb": {0, 0, "test_timeseries 10x1 SIunit 0", nil, []string{"the file has no units"}},
		"test_Units.nwb":      {2, 6, "", nil, []string{"taken from acquisition/UnitsTest"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := openNWB(t, testenv.Data(t, "nwb/"+name))
			spikes := 0
			if r.Units.Len() > 0 {
				spikes = r.Units.Total()
			}
			if r.Units.Len() != want.units || spikes != want.spikes {
				t.Errorf("%d units, %d spikes, want %d, %d", r.Units.Len(), spikes, want.units, want.spikes)
			}
			if got := nwbContents(r); got != want.what {
				t.Errorf("%s\nwant %s", got, want.what)
			}
			holdsAll(t, "note", r.Notes, want.notes)
			holdsAll(t, "oddity", survey(t, r).Oddities, want.odd)
		})
	}
}

// nwbContents lists the tables and streams of a recording.
func nwbContents(r *dataset.Recording) string {
	var all []string
	for _, t := range slices.Concat(r.Intervals, r.Events) {
		all = append(all, fmt.Sprintf("%s %dx%d", t.Name, t.Rows, len(t.Columns)))
	}
	for _, s := range r.Streams {
		all = append(all, fmt.Sprintf("%s %dx%d %s %g", s.Name, s.Len(), s.Features, s.Unit, s.Rate))
	}
	return strings.Join(all, "; ")
}

// holdsAll checks that each part stands in one of some sentences.
func holdsAll(t *testing.T, what string, all, parts []string) {
	t.Helper()
	for _, part := range parts {
		if !slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, part) }) {
			t.Errorf("no %s with %q among %q", what, part, all)
		}
	}
}

func TestNWB1IsRefusedByName(t *testing.T) {
	_, err := ingest.Open(testenv.Data(t, "nwb/20080606_R1.nwb"), ingest.Options{})
	if err == nil || !strings.Contains(err.Error(), "NWB 1.0.6") || !strings.Contains(err.Error(), "processing/Cells/UnitTimes") {
		t.Errorf("%v", err)
	}
}

func openNWB(t *testing.T, path string) *dataset.Recording {
	t.Helper()
	r, err := ingest.Open(path, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	if r.Format != "nwb" {
		t.Fatalf("%s read as %s", filepath.Base(path), r.Format)
	}
	return r
}
