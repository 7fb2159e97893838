package autolfads_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/internal/testenv"
)

// promise is what a version promises, by its checksum.
type promise struct {
	Version string `json:"version"`
	SHA256  string `json:"sha256"`
}

// A run goes on only under the version it was started with, for bits, decisions and
// keys are promised within one: so the version moves when one of these does.
func TestVersionMovesWithWhatItPromises(t *testing.T) {
	is := promise{autolfads.Version, promised(t)}
	was := testenv.Stored(t, filepath.Join("testdata", "version.json"), is)
	switch {
	case is.SHA256 != was.SHA256 && is.Version == was.Version:
		t.Errorf("trained bits, inferred bits, a search's decisions or the keys of a configuration are others than those of version %s: move Version, say it in CHANGELOG.md, then AUTOLFADS_UPDATE=1 go test -run Version .", was.Version)
	case is != was:
		t.Errorf("testdata/version.json is of version %s, this is %s: AUTOLFADS_UPDATE=1 go test -run Version .", was.Version, is.Version)
	}
}

// promised returns the checksum of what a version promises: stored bits and
// decisions, and the keys with their types.
func promised(t *testing.T) string {
	h := sha256.New()
	for _, path := range []string{"train/testdata/bits.json", "train/testdata/bits_of_kinds.json", "infer/testdata/bits.json", "pbt/testdata/decisions.txt"} {
		text, err := os.ReadFile(filepath.FromSlash(path))
		if err != nil {
			t.Fatal(err)
		}
		h.Write(text)
	}
	c := autolfads.DefaultConfig()
	for _, s := range settings.List(&c) {
		fmt.Fprintln(h, s.Key, s.Type)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}
