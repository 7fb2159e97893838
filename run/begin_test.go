package run_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/run"
)

// made reserves a folder and makes a file of data in it.
func made(t *testing.T, dir string) *run.Folder {
	t.Helper()
	f, err := run.Reserve(dir)
	if err != nil {
		t.Fatal(err)
	}
	data, err := f.MakeData()
	if err == nil {
		err = os.WriteFile(filepath.Join(data, "trials.h5"), []byte("trials"), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// What a run makes of a recording goes with the run that is given up, or with the next
// attempt if its process was killed; what others put there stays, and is in the way.
func TestDataOfARunThatHasNotBegun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	if err := made(t, dir).Abandon(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder that was made is left")
	}
	made(t, dir).Close() // as if it was killed
	f, err := run.Reserve(dir)
	if err != nil {
		t.Fatal(err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 || entries[0].Name() != "lock" {
		t.Errorf("left of the one before: %v", entries)
	}
	if _, err := run.Reserve(dir); err == nil {
		t.Error("two hold the folder")
	}
	if err := f.Abandon(); err != nil {
		t.Error(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err = run.Reserve(dir)
	wantError(t, err, "is not empty (it holds data)")
}

// Once the run has begun, its data stay; they are found in the folder itself, wherever
// that is, before they are looked for where they were.
func TestDataInTheFolder(t *testing.T) {
	parent := t.TempDir()
	dir, copied := filepath.Join(parent, "run"), filepath.Join(parent, "copy")
	f := made(t, dir)
	data, err := run.DataFile(filepath.Join(dir, "data", "trials.h5"))
	if err == nil {
		err = run.Begin(f, run.Header{Version: version, Data: data}, toyConfig{})
	}
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{dir, copied} {
		f, err := run.Open(dir, run.Program{Version: version}, &toyConfig{}, "")
		if err != nil {
			t.Fatal(err)
		}
		if want := filepath.Join(dir, "data", "trials.h5"); f.Header.Data.Path != want {
			t.Errorf("the data of %s are %s", dir, f.Header.Data.Path)
		}
		if _, err := os.Stat(filepath.Join(dir, ".data.tmp")); err == nil {
			t.Error("the mark is left")
		}
		f.Close()
	}
}
