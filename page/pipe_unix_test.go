//go:build unix

package page_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/autolfads/autolfads/page"
)

// A pipe in the place of a file, to which nobody writes, is not waited for; the page says which file is
// missing.
func TestPipes(t *testing.T) {
	c := population(3, 4, 2)
	f := begin(t, c, "results")
	stopIn(t, f, c, 2)
	const u = "generations/002/member-000/"
	for _, name := range []string{
		"scores.csv", "hyperparameters.csv", "exploits.csv", "metrics.jsonl", "state.json", "best/best.json", "timing.json", "lock", "scores.json",
		"page/sample.json", "run.yaml", u + "unit.json", u + "result.json", u + "attempts/001/metrics.jsonl",
	} {
		path := filepath.Join(f.Dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		whole, missing := os.ReadFile(path)
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Skip("no pipes here:", err)
		}
		documents := make(chan *page.Document, 1)
		go func() {
			d, _ := page.Read(f.Dir) // its error leaves nil
			documents <- d
		}()
		select {
		case d := <-documents:
			if d == nil || len(d.Notes) == 0 {
				t.Errorf("%s is a pipe, and nothing is said of it: %+v", name, d)
			}
		case <-time.After(30 * time.Second): // of what takes a moment
			t.Fatalf("%s is a pipe, and is waited for", name)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if missing == nil {
			write(t, f.Dir, name, string(whole))
		}
	}
}
