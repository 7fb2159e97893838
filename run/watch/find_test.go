package watch_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/autolfads/autolfads/run/watch"
)

// A folder stands for itself, or for the runs in it, but not for those deeper or elsewhere.
func TestRuns(t *testing.T) {
	top := folder{t, t.TempDir()}
	for _, name := range []string{"runs/b", "runs/a", "runs/a/inside", "runs/more/deep", "elsewhere", "none/x"} {
		top.write(name+"/state.json", "{}")
		if name != "none/x" {
			top.write(name+"/run.yaml", "run: {}\n")
		}
	}
	top.write("runs/run.yaml.old", "run: {}\n")
	in := func(name string) string { return filepath.Join(top.dir, filepath.FromSlash(name)) }
	if err := os.Symlink(in("elsewhere"), in("runs/link")); err != nil {
		t.Log("no links here:", err)
	}
	for dir, want := range map[string][]string{"runs": {in("runs/a"), in("runs/b")}, "runs/a": {in("runs/a")}, "none": nil, "nowhere": nil, "runs/link": {in("runs/link")}} {
		if dir == "runs/link" && watch.Runs(in(dir)) == nil {
			continue // there are no links here
		}
		if got := watch.Runs(in(dir)); !slices.Equal(got, want) {
			t.Errorf("%s stands for %q, want %q", dir, got, want)
		}
	}
}
