package watch

import (
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads/run"
)

// Runs returns the run folders that a folder stands for: itself if it is one, else those that lie
// directly in it, by their names; nil if there are none. Links in it are not followed: what is found lies in
// folders that were given.
func Runs(folder string) (dirs []string) {
	if run.Exists(folder) == nil {
		return []string{folder}
	}
	entries, _ := os.ReadDir(folder) // what cannot be read holds nothing; whoever reads the folder itself is told why
	for _, e := range entries {
		if dir := filepath.Join(folder, e.Name()); e.IsDir() && run.Exists(dir) == nil {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}
