package ingest_test

import (
	"testing"

	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// Real recordings of two columns in MATLAB 5 files, against what scipy.io reads:
// units are numbered from 1 on.
func TestAplysia(t *testing.T) {
	for _, want := range []struct {
		name          string
		units, spikes int
		ofFirst       int // spikes of unit 1
		ofLast        int
		first, last   float64 // s
	}{
		{"Jun0214da01", 136, 23681, 115, 115, 0.021476345339633062, 122.72197336933178},
		{"Jun0214da02", 136, 25768, 126, 118, 0.0012272197336933178, 122.72135975946493},
		{"Jun0214da03", 136, 27178, 198, 127, 0.018408296005399765, 122.72135975946493},
		{"Jun0414Bda01", 105, 13961, 150, 68, 0.10247284776339204, 122.71583727066331},
		{"P10_Jun0414da01p10", 1, 5902, 5902, 5902, 4.251089157513653, 122.63054549917162},
	} {
		r, err := ingest.Open(testenv.Data(t, "aplysia/"+want.name+".mat"), ingest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		s := survey(t, r)
		got := want
		got.units, got.spikes = len(s.Units), s.Spikes
		got.ofFirst, got.ofLast = s.Units[0].Spikes, s.Units[len(s.Units)-1].Spikes
		got.first, got.last = s.Span.Start, s.Span.Stop
		if got != want || s.Units[0].ID != "1" {
			t.Errorf("read %+v, scipy reads %+v", got, want)
		}
	}
}
