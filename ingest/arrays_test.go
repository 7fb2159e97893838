package ingest_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/ingest/ingesttest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// arraysSamples are the sample's files of named arrays: a way of keeping spikes
// and trials each.
var arraysSamples = []string{"sample.h5", "sample.npz", "sample.mat", "sample.73.mat"}

// TestArraysSuite holds the source to the contract with stored files.
func TestArraysSuite(t *testing.T) {
	for _, name := range arraysSamples {
		t.Run(name, func(t *testing.T) {
			ingesttest.Run(t, ingesttest.Case{Source: "arrays", Write: func(t testing.TB, dir string, _ *dataset.Recording) string {
				return testenv.Gunzip(t, "testdata/arrays_"+name+".gz", filepath.Join(dir, name))
			}})
		})
	}
}

// TestArraysSuiteOfPython does with what h5py, numpy and scipy write now.
func TestArraysSuiteOfPython(t *testing.T) {
	python := testenv.Python(t, "h5py", "scipy.io")
	for _, name := range arraysSamples {
		t.Run(name, func(t *testing.T) {
			ingesttest.Run(t, ingesttest.Case{Source: "arrays", Write: func(t testing.TB, dir string, r *dataset.Recording) string {
				told, path := filepath.Join(t.TempDir(), "recording.json"), filepath.Join(dir, name)
				if err := os.WriteFile(told, recordingJSON(t, r), 0o666); err != nil {
					t.Fatal(err)
				}
				if out, err := exec.Command(python, "testdata/arrays_sample.py", told, path).CombinedOutput(); err != nil {
					t.Fatalf("%v: %s", err, out)
				}
				if os.Getenv("AUTOLFADS_UPDATE") == "1" {
					gzipTo(t, path, "testdata/arrays_"+name+".gz")
				}
				return path
			}})
		})
	}
}

// Nothing of the sample is told not to be read.
func TestArraysReadAll(t *testing.T) {
	for _, name := range arraysSamples {
		r, err := ingest.Open(testenv.Gunzip(t, "testdata/arrays_"+name+".gz", filepath.Join(t.TempDir(), name)), ingest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if notes := strings.Join(r.Notes, "; "); strings.Contains(notes, "not read") || strings.Contains(notes, "left out") {
			t.Errorf("%s: %s", name, notes)
		}
	}
}

// What scripts of laboratories leave, in other words than the sample's.
func TestArraysOfLaboratories(t *testing.T) {
	python := testenv.Python(t, "h5py", "scipy.io")
	dir := t.TempDir()
	if out, err := exec.Command(python, "testdata/laboratories.py", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []struct {
		file   string
		ids    string
		trials int
	}{
		{"struct.mat", "1 2 3 4", 5},
		{"structs.mat", "10 11 12 13", 5},
		{"cells.mat", "1 2 3 4", 0},
		{"samples.h5", "0 1 3", 0},
		{"named.h5", "neuron9 neuron10 neuron11 neuron12", 0},
		{"sessions.h5", "unit_0 unit_1 unit_2 unit_3", 0},
		{"table.npz", "0 1 3", 0},
		{"ragged.h5", "4 5 6 7", 0},
	} {
		t.Run(want.file, func(t *testing.T) {
			r, err := ingest.Open(filepath.Join(dir, want.file), ingest.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if got := strings.Join(r.Units.IDs, " "); got != want.ids || r.Units.Total() != 350 {
				t.Errorf("%d spikes of units %s, want 350 of %s", r.Units.Total(), got, want.ids)
			}
			if s := survey(t, r); s.Span.Start != .25 || s.Span.Stop != 19.75 {
				t.Errorf("from %v to %v s", s.Span.Start, s.Span.Stop)
			}
			if trials := r.Trials(); want.trials > 0 && (trials == nil || trials.Rows != want.trials || trials.Intervals()[4].Stop != 19) {
				t.Errorf("trials %+v", trials)
			}
		})
	}
}
