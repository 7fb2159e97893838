package run_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/run"
)

// What is seen of a unit from outside: nothing, an attempt that gets on, one that failed,
// the result.
func TestSeen(t *testing.T) {
	dir := t.TempDir()
	f := run.Files{Dir: dir}
	u := run.Unit{Generation: 2, Member: 3, FirstEpoch: 10, Epochs: 4}
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, "generations/002/member-003", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	see := func(done, attempts int, failed string) run.Seen {
		t.Helper()
		s, err := f.Seen(u)
		if err != nil || s.Progress.Done != done || s.Progress.Epoch != 10+done || s.Attempts != attempts || s.Failed != failed {
			t.Errorf("seen %+v (%v), want %d epochs of %d attempts, failed: %q", s, err, done, attempts, failed)
		}
		return s
	}
	see(0, 0, "")
	write("attempts/001/metrics.jsonl", "")
	see(0, 1, "")
	write("attempts/001/metrics.jsonl", `{"generation":2,"member":3,"epoch":11,"score":2,"seconds":1,"time":"2026-01-01T00:00:00Z"}`+"\n"+`{"generation":2,"mem`)
	if s := see(1, 1, ""); s.Progress.Score != 2 || s.Progress.Epochs != 4 {
		t.Errorf("progress is %+v", s.Progress)
	}
	write("attempts/001/error.txt", "2026-01-01T00:00:00Z\ngeneration 2, member 3\nhyper-parameters: a=1\ndisk on fire\nstack\n")
	if s := see(1, 1, "disk on fire"); !strings.HasSuffix(s.Error, "attempts/001/error.txt") {
		t.Errorf("more is said in %s", s.Error)
	}
	write("attempts/001/error.txt", "2026-01-01")
	see(1, 1, "2026-01-01")
	write("attempts/002/metrics.jsonl", "")
	see(0, 2, "")
	write("result.json", `{"generation":2,"member":3,"score":null,"metrics":"generations/002/member-003/attempts/001/metrics.jsonl"}`)
	if s := see(1, 2, ""); s.Result == nil {
		t.Error("the result is not seen")
	}
	write("result.json", `{"generation":2,`)
	if _, err := f.Seen(u); err == nil {
		t.Error("a damaged result is no error")
	}
}
