package ingest_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/internal/testenv"
)

// The layout of the primate reaching set: cells of channel x unit, empty ones
// among them, and kinematics that share a clock.
func TestReachingLayout(t *testing.T) {
	r, err := ingest.Open(testenv.Gunzip(t, "testdata/reaching.mat.gz", filepath.Join(t.TempDir(), "indy.mat")), ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if want := []string{"M1 001/0", "M1 001/1", "M1 002/0", "M1 002/1", "M1 003/0", "M1 003/1"}; !slices.Equal(r.Units.IDs, want) {
		t.Errorf("units %q, want %q", r.Units.IDs, want)
	}
	for i, want := range []int{1, 2, 0, 7, 11, 12} {
		times, err := r.Units.Spikes.Times(i)
		if err != nil || len(times) != want || r.Units.Spikes.Count(i) != want {
			t.Fatalf("unit %d has %d spikes (%v), want %d", i, len(times), err, want)
		}
		for k, got := range times {
			if got != 1000+float64(k)/8 {
				t.Errorf("spike %d of unit %d at %v", k, i, got)
			}
		}
	}
	cursor := r.Stream("cursor_pos")
	if cursor == nil || cursor.Features != 2 || cursor.Len() != 500 || len(r.Streams) != 3 {
		t.Fatalf("streams %+v", r.Streams)
	}
	if c := r.Units.Columns.Column("channel"); c == nil || c.Words[3] != "M1 002" || r.Units.Columns.Numbers("unit")[3] != 1 {
		t.Errorf("columns of units %+v", r.Units.Columns)
	}
	if finger := r.Stream("finger_pos"); cursor.Unit != "mm" || finger.Unit != "cm" || !slices.Equal(finger.Names, []string{"z", "-x", "-y"}) {
		t.Errorf("cursor in %s, finger in %s: %q", cursor.Unit, finger.Unit, finger.Names)
	}
	values, err := cursor.Data.Read(3, 5)
	times, timesErr := cursor.Times(3, 5)
	if err != nil || timesErr != nil || !slices.Equal(values, []float64{3. / 8, 503. / 8, 4. / 8, 504. / 8}) || times[1] != 1000+4./250 {
		t.Errorf("cursor %v at %v (%v, %v)", values, times, err, timesErr)
	}
	if notes := strings.Join(r.Notes, "; "); !strings.Contains(notes, "not read: wf") {
		t.Errorf("notes %q", notes)
	}
}
