package run_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// A population whose finish is taken away goes on as if it had none yet: nothing that
// its finish wrote is left, neither in its generation nor for TensorBoard.
func TestDropFinish(t *testing.T) {
	short, long := population(), population()
	short.Config.FinishEpochs, short.Config.MaxGenerations = 2, 3
	long.Config.FinishEpochs = 2
	dir, want := reference(t, short), reference(t, long)
	f := reopen(t, dir)
	if err := f.DropFinish(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"generations/003", "events.out.tfevents.0000000003.autolfads"} {
		if _, err := os.Stat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is still there (%v)", name, err)
		}
	}
	if err := f.DropFinish(); err != nil {
		t.Errorf("where there is no finish: %v", err)
	}
	if _, err := drive(t.Context(), f, long, &hooks{}, 2); err != nil {
		t.Fatal(err)
	}
	checkSame(t, dir, want)
}
