package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// Any file of a run folder cut short, emptied or removed, and any checkpoint
// changed: resume ends with the same bits, or says in a sentence what to do, and
// when that is done ends with them.
func TestAnyFileDamaged(t *testing.T) {
	dir := testenv.MemoryDir(t)
	data, first := bareData(t, dir), filepath.Join(dir, "first")
	changes := countChanges(t, ";often", bareRun(data, first, longUnits...)...)
	want := promised(t, first)
	stopped := filepath.Join(dir, "stopped")
	r := execute(t, broken(fmt.Sprintf("kill %d;often", changes*3/5), bareRun(data, stopped, longUnits...)...))
	if r.code != -1 {
		t.Fatalf("exit code %d: %s", r.code, r.stderr)
	}
	for _, from := range []string{first, stopped} {
		t.Run(filepath.Base(from), func(t *testing.T) {
			t.Parallel()
			for _, name := range filesOf(t, from) {
				for what, damage := range damages {
					if what == "changed" && filepath.Ext(name) != ".safetensors" || name == "lock" {
						continue
					}
					out := filepath.Join(dir, "damaged "+filepath.Base(from))
					if err := os.CopyFS(out, os.DirFS(from)); err != nil {
						t.Fatal(err)
					}
					damage(t, filepath.Join(out, name))
					heal(t, out, from, name+" "+what)
					sameFiles(t, name+" "+what, promised(t, out), want)
					if err := os.RemoveAll(out); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
	}
}

var damages = map[string]func(t *testing.T, path string){
	"cut short": func(t *testing.T, path string) { cut(t, path, 2) },
	"emptied":   func(t *testing.T, path string) { cut(t, path, 1<<30) },
	"removed": func(t *testing.T, path string) {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	},
	"changed": func(t *testing.T, path string) {
		text, err := os.ReadFile(path)
		if err == nil {
			text[len(text)*3/4] ^= 1
			err = os.WriteFile(path, text, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	},
}

// cut shortens a file to a part of its length.
func cut(t *testing.T, path string, part int64) {
	t.Helper()
	info, err := os.Stat(path)
	if err == nil {
		err = os.Truncate(path, info.Size()/part)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// remedy is the advice to remove a file, at the end of an error.
var remedy = regexp.MustCompile("remove (?:that file|(.*/result.json)) and go on with `autolfads resume (.*)`")

// heal resumes a run and does what the error says, if there is one. Without
// run.yaml, which holds what the user asked for, there is no run: it is put back
// from the folder called from.
func heal(t *testing.T, out, from, what string) {
	t.Helper()
	for range 3 {
		r := execute(t, sound("resume", out, "--workers", "1", "--threads", "1"))
		if r.code == 0 {
			return
		}
		_, message, _ := strings.Cut(r.stderr, "autolfads: ")
		if strings.Contains(message, "goroutine ") {
			t.Fatalf("%s: %s", what, message)
		}
		if advice := remedy.FindStringSubmatch(message); advice != nil {
			path := advice[1]
			if path == "" {
				path, _, _ = strings.Cut(message, ": ")
				path = path[strings.Index(path, "/"):]
			}
			if err := os.Remove(path); err != nil {
				t.Fatalf("%s: %v; the advice was: %s", what, err, message)
			}
			continue
		}
		if !strings.HasPrefix(what, "run.yaml") || !strings.Contains(message, "start a new run") && !strings.Contains(message, "holds no run") {
			t.Fatalf("%s: no advice in: %s", what, message)
		}
		text, err := os.ReadFile(filepath.Join(from, "run.yaml"))
		if err == nil {
			err = os.WriteFile(filepath.Join(out, "run.yaml"), text, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Fatalf("%s: the advice does not help", what)
}

// filesOf lists the files of a folder by their path in it.
func filesOf(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
