package extensions

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// A module that is not this one trains a model with its own likelihood, its own
// augmentation and its own place where members train, and opens its own recordings.
func TestOutsideModule(t *testing.T) {
	root := testenv.Root()
	dir := filepath.Join(root, "testdata", "outside")
	out, err := run(dir, "go", "test", "-count=1", "-modfile="+outsideModfile(t, root, dir), "./...")
	if err != nil {
		t.Fatal(out)
	}
	if !strings.Contains(out, "ok") {
		t.Fatalf("no test ran:\n%s", out)
	}
}

// outsideModfile is the outside module's go.mod with what this module requires
// besides, as `go mod tidy` would write it there, and with its sums.
func outsideModfile(t *testing.T, root, dir string) string {
	read := func(path ...string) string {
		text, err := os.ReadFile(filepath.Join(path...))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	text := read(dir, "go.mod")
	text = strings.Replace(text, "=> ../..", "=> "+filepath.ToSlash(root), 1)
	ours := read(root, "go.mod")
	for from := strings.Index(ours, "require ("); from >= 0; from = strings.Index(ours, "require (") {
		length := strings.Index(ours[from:], "\n)") + 2
		text += "\n" + ours[from:from+length] + "\n"
		ours = ours[from+length:]
	}
	path := filepath.Join(t.TempDir(), "go.mod")
	for name, content := range map[string]string{path: text, strings.TrimSuffix(path, ".mod") + ".sum": read(root, "go.sum")} {
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return path
}
