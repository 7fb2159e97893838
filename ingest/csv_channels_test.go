package ingest_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/ingest"
)

// Units that are counted in each channel are not one, whatever else a table has.
func TestCSVChannels(t *testing.T) {
	for text, want := range map[string]string{
		"channel,unit,time\n7,1,0.5\n9,1,0.25\n7,1.0,0.75\n7,2,1\n": "7/1[0.5 0.75]9/1[0.25]7/2[1]",
		"channel,unit,time\n7,1,0.5\n9,2,0.25\n":                    "1[0.5]2[0.25]",
		"electrode,time\n7,0.5\n9,0.25\n":                           "7[0.5]9[0.25]",
		"trial,unit,time\n0,1,0.5\n1,1,4.25\n":                      "1[0.5 4.25]",
		"unit,time\n1,0.5\n,\n,\n":                                  "1[0.5]",
		"unit,time\n9007199254740995,0.5\n9007199254740993,1\n":     "9007199254740993[1]9007199254740995[0.5]",
	} {
		path := filepath.Join(t.TempDir(), "spikes.csv")
		store(t, path, text)
		r := opened(t, path, ingest.Options{})
		if got := told(t, r); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
		if said := strings.Contains(strings.Join(r.Notes, ";"), "CHANNEL/UNIT"); said != strings.Contains(want, "/") {
			t.Errorf("%q: notes %q", text, r.Notes)
		}
	}
}
