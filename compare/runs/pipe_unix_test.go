//go:build unix

package runs_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/autolfads/autolfads/compare/runs"
)

// A pipe in the place of a file, to which nobody writes, is damage: it is not waited for.
func TestPipes(t *testing.T) {
	for _, name := range []string{"run.yaml", "state.json", "best/best.json", "timing.json", "scores.json", "lock"} {
		dir := write(t, filepath.Join(t.TempDir(), "results"), written{scores: twoScores})
		path := filepath.Join(dir, name)
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Skip("no pipes here:", err)
		}
		compared := make(chan *runs.Comparison, 1)
		go func() { compared <- runs.Compare([]string{dir}) }()
		select {
		case c := <-compared:
			if r := c.Runs[0]; r.State != runs.Damaged || !strings.Contains(r.Why, name) {
				t.Errorf("%s is a pipe: %s, %s", name, r.State, r.Why)
			}
		case <-time.After(30 * time.Second): // of what takes a moment
			t.Fatalf("%s is a pipe, and is waited for", name)
		}
	}
}
