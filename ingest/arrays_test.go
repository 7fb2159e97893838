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
				return gunzipTo(t, "testdata/arrays_"+name+".gz", filepath.Join(dir, name))
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
		r, err := ingest.Open(gunzipTo(t, "testdata/arrays_"+name+".gz", filepath.Join(t.TempDir(), name)), ingest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if notes := strings.Join(r.Notes, "; "); strings.Contains(notes, "not read") || strings.Contains(notes, "left out") {
			t.Errorf("%s: %s", name, notes)
		}
	}
}
