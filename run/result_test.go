package run

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A result that names no checkpoint for its score is no result of this program.
func TestResultWithoutCheckpointIsRefused(t *testing.T) {
	f, u := Files{Dir: t.TempDir()}, Unit{Member: 1}
	path := filepath.Join(f.Dir, u.dir(), "result.json")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		`{"generation": 0, "member": 1, "score": 0.5, "epoch": 3, "epochs": 3}`:                           "has a score and no checkpoint",
		`{"generation": 0, "member": 1, "score": null, "epoch": 3, "epochs": 3}`:                          "",
		`{"generation": 0, "member": 1, "score": 0.5, "epoch": 3, "epochs": 3, "checkpoint": "a", "x":1}`: "",
	} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Result(u); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
