package regular

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := os.WriteFile(path, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := Read(path, 5); err != nil || string(text) != "12345" {
		t.Errorf("read %q, %v", text, err)
	}
	for _, c := range []struct {
		path string
		most int64
		want string
	}{{path, 4, "more than 4 bytes"}, {dir, 5, "no regular file"}, {filepath.Join(dir, "b"), 5, "b: "}, {os.DevNull, 5, "no regular file"}} {
		text, err := Read(c.path, c.most)
		if of := new(fs.PathError); !errors.As(err, &of) || of.Path != c.path || !strings.Contains(err.Error(), c.want) || text != nil {
			t.Errorf("%s of %d: %q, %v, want %q", c.path, c.most, text, err, c.want)
		}
	}
	if _, err := Read(filepath.Join(dir, "b"), 5); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is not there: %v", err)
	}
}
