package durable

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	for _, s := range []string{"first", "second"} {
		if err := WriteFile(path, text(s)); err != nil || content(t, path) != s {
			t.Fatalf("%v, file holds %q", err, content(t, path))
		}
	}
	fault := errors.New("half way")
	err := WriteFile(path, func(w io.Writer) error { text("third")(w); return fault })
	if !errors.Is(err, fault) || content(t, path) != "second" {
		t.Errorf("a failed write gave %v and left %q", err, content(t, path))
	}
	onlyFile(t, dir, "a")
}

func TestPublishKeepsTheFirst(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := Publish(path, text("first")); err != nil {
		t.Fatal(err)
	}
	if err := Publish(path, text("second")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("publishing again: %v, want ErrExist", err)
	}
	if got := content(t, path); got != "first" {
		t.Errorf("file holds %q", got)
	}
	onlyFile(t, dir, "a")
}

func TestSweep(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", ".a.123.tmp", ".hidden", "b.tmp"} {
		os.WriteFile(filepath.Join(dir, name), nil, 0o600)
	}
	if err := Sweep(dir); err != nil {
		t.Fatal(err)
	}
	left, _ := os.ReadDir(dir)
	if len(left) != 3 {
		t.Errorf("left %v, want all but .a.123.tmp", left)
	}
}

func onlyFile(t *testing.T, dir, name string) {
	t.Helper()
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 || entries[0].Name() != name {
		t.Errorf("folder holds %v, want only %s", entries, name)
	}
}

func TestAppend(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	for _, c := range []struct {
		keep       int64
		add, whole string
	}{{0, "first", "first"}, {5, " second", "first second"}, {6, "2", "first 2"}} {
		f, err := Append(path, c.keep)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, c.add); err != nil || f.Close() != nil || content(t, path) != c.whole {
			t.Errorf("%v, file holds %q, want %q", err, content(t, path), c.whole)
		}
	}
	onlyFile(t, dir, "a")
}
