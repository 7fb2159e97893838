package slurm

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// Whatever stands behind --slurm is refused, or asks for what it says in arguments of one
// line, and is read again as it was kept.
func FuzzSet(f *testing.F) {
	for _, word := range []string{"partition=a,b,time=1:00", "exclusive", "mode=steps,ask=2s", "exclude=n[1,3],mem=2G", "=", "a=b=c", "x,y=z,,"} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		var s Site
		if s.Set(word) != nil {
			return
		}
		for _, arg := range s.asks() {
			if !strings.HasPrefix(arg, "--") || strings.ContainsAny(arg, "\n\r\x00") {
				t.Errorf("%q asks for %q", word, arg)
			}
		}
		var again Site
		if err := again.Set(s.Options.Words()...); err != nil || !reflect.DeepEqual(again.Options, s.Options) {
			t.Errorf("%q is kept as %q and read as %q (%v)", word, s.Options.Words(), again.Options, err)
		}
	})
}

// A line of the queue is a task that can be named and told of in a line, or nothing.
func FuzzTaskOf(f *testing.F) {
	for _, text := range []string{"a|1|2|RUNNING|n1|None", "a|1|2|PENDING||launch failed requeued held", "a|1|N/A|RUNNING|n|x", "|||||", "a|1|99999999999999999999|R|n|x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if task, ok := taskOf(text); ok && (task.Index < 0 || strings.ContainsAny(task.Reason, "\n\r\x1b")) {
			t.Errorf("%q is %+v", text, task)
		}
	})
}

// Files that are damaged, or made by somebody else, are an error or what they say.
func FuzzFiles(f *testing.F) {
	for _, text := range []string{`{"name": "a", "generation": 1, "tasks": [[0], [1, 2]]}`, `{"mode": "array", "threads": 1, "members": 1, "options": ["time=1"]}`, `{"tasks": null}`, "[", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{siteName, filepath.Base(file(1, 1))} {
			if err := os.WriteFile(filepath.Join(dir, folder, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if s, err := Read(dir); err == nil && (s.Threads < 1 || s.Members < 1 || s.Mode == "") {
			t.Errorf("%q is read as %+v", text, s)
		}
		all, _, err := submissions(dir, 1)
		if err != nil || len(all) > 1 {
			t.Errorf("%q gives %d submissions (%v)", text, len(all), err)
		}
	})
}
