package checkpoint

import (
	"path/filepath"
	"slices"
	"testing"
)

// A file keeps of whom a state is the mean; one of a member does not speak of it.
func TestMeanOf(t *testing.T) {
	for _, members := range [][]string{nil, {"7/0", "7/3"}} {
		s := averaged()
		s.MeanOf = members
		path := filepath.Join(t.TempDir(), "mean.safetensors")
		if err := Write(path, s); err != nil {
			t.Fatal(err)
		}
		got, err := Read(path)
		if err != nil || (got.MeanOf == nil) != (members == nil) || !slices.Equal(got.MeanOf, members) {
			t.Errorf("%q is read as %q, %v", members, got.MeanOf, err)
		}
		checkSame(t, got, s)
		if clone := s.Clone(); members != nil && &clone.MeanOf[0] == &s.MeanOf[0] {
			t.Error("a clone shares its members")
		}
	}
}
