package hdf5

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// recordings are files of the field.
var recordings = []string{
	"lorenz/lfads_lorenz.h5", "mc_maze_large/mc_maze_large_05ms.h5",
	"nwb/20080606_R1.nwb", "nwb/ecephys_tutorial.nwb", "nwb/sub-4_ses-4_ecephys+image.nwb",
	"nwb/sub-anm372793_ses-20170508.nwb", "nwb/test_TimeIntervals.nwb", "nwb/test_TimeSeries.nwb", "nwb/test_Units.nwb",
}

// TestRecordings compares what this package and h5py read from them: every data
// set and attribute, links followed, of whatever type.
func TestRecordings(t *testing.T) {
	m := &mutants{t: t, python: testenv.Python(t, "h5py")}
	var questions []question
	for _, name := range recordings {
		questions = append(questions, question{File: testenv.Data(t, name), Alone: true})
	}
	answers := m.ask(questions)
	for i, q := range questions {
		t.Run(filepath.Base(q.File), func(t *testing.T) {
			want := answers[i]
			slices.Sort(want)
			got := everything(t, must[[]byte](t)(os.ReadFile(q.File)))
			if len(want) < 3 || !slices.Equal(got, want) {
				t.Errorf("%d values, h5py reads %d; %s", len(got), len(want), firstDifference(got, want))
			}
		})
	}
}
