package dataset

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// TestTargets: of what nlb_tools make, targets of eval trials stand in a group of their
// own, and are read with the tensors at the top.
func TestTargets(t *testing.T) {
	stored := filepath.Join("..", "prepare", "nlb", "testdata", "golden", "maze", "maze.h5.gz")
	path := testenv.Gunzip(t, stored, filepath.Join(t.TempDir(), "maze.h5"))
	d, err := Load(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	test := d.Test
	if test.Recon == nil || test.Recon.Bins != 180 || test.Behavior == nil || test.Behavior.Bins != 140 || test.Behavior.Trials != test.Trials() {
		t.Fatalf("eval trials have %v and behaviour %v", test.Recon, test.Behavior)
	}
	for bin := 140; bin < 180; bin++ {
		if slices.ContainsFunc(test.Recon.Bin(0, bin), IsMissing) {
			t.Fatalf("forward bin %d is not known", bin)
		}
	}
	if len(d.Train.Condition) != d.Train.Trials() || len(test.Condition) != test.Trials() {
		t.Errorf("conditions %v and %v", d.Train.Condition, test.Condition)
	}
	if want := []string{"psth"}; !slices.Equal(d.Unread, want) {
		t.Errorf("not read: %v, want %v", d.Unread, want)
	}
}
