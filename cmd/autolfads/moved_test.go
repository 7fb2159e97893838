package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// A run whose data file has moved goes on where it is told that it lies, and
// from then on by itself; its outputs keep the name and the bytes. Other content
// is refused.
func TestDataMoved(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, out := bareData(t, dir), filepath.Join(dir, "out")
	carryOn(t, bareRun(data, out)...)
	want := withoutHeader(t, out)
	moved := filepath.Join(dir, "other name.h5")
	if err := os.Rename(data, moved); err != nil {
		t.Fatal(err)
	}
	refuseIn(t, dir, []string{data, "is not where it was", "if it has moved, go on with `autolfads resume " + out + " --data FILE`"}, goOnWith(out)...)
	refuseIn(t, dir, []string{"other.h5", "no such file"}, goOnWith(out, "--data", filepath.Join(dir, "other.h5"))...)
	refuseIn(t, dir, []string{"run.yaml is not the file this run was started with", "its SHA-256 begins", "start a new run"},
		goOnWith(out, "--data", filepath.Join(out, "run.yaml"))...)

	r := execute(t, sound(goOnWith(out, "--data", moved)...))
	if r.code != 0 || !strings.Contains(r.stderr, moved) {
		t.Errorf("exit code %d; it does not say where the data are now:\n%s", r.code, r.stderr)
	}
	for _, part := range []string{"path: " + moved, "name: tiny.h5", "key: data.path", "from: " + data} {
		if header, _ := splitHeader(t, out); !strings.Contains(header, part) {
			t.Errorf("run.yaml lacks %q:\n%s", part, header)
		}
	}
	if err := os.RemoveAll(filepath.Join(out, "outputs")); err != nil {
		t.Fatal(err)
	}
	carryOn(t, goOnWith(out)...)
	sameFiles(t, "data renamed", withoutHeader(t, out), want)

	if err := os.Rename(moved, data); err != nil {
		t.Fatal(err)
	}
	carryOn(t, goOnWith(out, "--data", data)...)
	if header, _ := splitHeader(t, out); strings.Contains(header, "name:") {
		t.Errorf("the file has its old name again, and run.yaml says:\n%s", header)
	}
}

// A folder that holds a run and its data may move as a whole: the run finds its
// data, if the content is the same.
func TestRunAndDataMovedTogether(t *testing.T) {
	dir := testenv.MemoryDir(t)
	for _, name := range []string{"project/data", "project/runs", "new"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	data := bareData(t, filepath.Join(dir, "project", "data"))
	carryOn(t, bareRun(data, filepath.Join(dir, "project", "runs", "1"))...)
	if err := os.Rename(filepath.Join(dir, "project"), filepath.Join(dir, "new", "project")); err != nil {
		t.Fatal(err)
	}
	out, now := filepath.Join(dir, "new", "project", "runs", "1"), filepath.Join(dir, "new", "project", "data", "tiny.h5")
	text, err := os.ReadFile(now)
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(now, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("other data")
	refuseIn(t, dir, []string{data, "is not where it was", now + " is another: its SHA-256 begins", "--data FILE"}, goOnWith(out)...)
	write(string(text))
	r := execute(t, sound(goOnWith(out)...))
	if r.code != 0 || !strings.Contains(r.stderr, "data.path is "+now+" from now on, was "+data) {
		t.Errorf("exit code %d; it does not say where the data are now:\n%s", r.code, r.stderr)
	}
}
