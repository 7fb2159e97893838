package ingest_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// TestElectrodesOfUnits: a unit is where all its electrodes are; one with electrodes in
// several places is in none.
func TestElectrodesOfUnits(t *testing.T) {
	path := testenv.Gunzip(t, nwbFeatures+"_latest.nwb.gz", filepath.Join(t.TempDir(), "features.nwb"))
	units := &opened(t, path, ingest.Options{}).Units
	for name, want := range map[string][]string{
		"electrode_location":   {"PMd", "", "", "PMd", ""},
		"electrode_group_name": {"PMd probe", "", "", "PMd probe", ""},
	} {
		if c := units.Columns.Column(name); c == nil || !slices.Equal(c.Words, want) {
			t.Errorf("%s is %+v, want %q", name, c, want)
		}
	}
}
