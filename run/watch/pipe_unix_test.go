//go:build unix

package watch_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/autolfads/autolfads/run/watch"
)

// A pipe in the place of a file or folder, to which nobody writes, is an error: it is not waited for.
func TestPipes(t *testing.T) {
	for _, name := range []string{
		"state.json", "best/best.json", "lock", "generations", "generations/000",
		member(0, 0) + "unit.json", member(0, 0) + "result.json", member(0, 0) + "attempts", member(0, 1) + "attempts/001/metrics.jsonl",
	} {
		f := folder{t, t.TempDir()}
		f.write("best/best.json", "{}")
		f.unit(0, 0, nil)
		f.unit(0, 1, nil)
		f.write(member(0, 1)+"attempts/001/metrics.jsonl", "{}\n")
		path := filepath.Join(f.dir, name)
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Skip("no pipes here:", err)
		}
		ended := make(chan error, 1)
		go func() {
			_, err := watch.New(f.dir).Status(10)
			ended <- err
		}()
		select {
		case err := <-ended:
			if err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s is a pipe: %v", name, err)
			}
		case <-time.After(30 * time.Second): // of what takes a moment
			t.Fatalf("%s is a pipe, and is waited for", name)
		}
	}
}
