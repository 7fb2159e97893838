package runs

import (
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads/run"
)

// found are the run folders that dir stands for: itself, or, if it holds no run, those
// folders in it that do. A dir with neither stands for itself, to be told what is wrong.
func found(dir string) []string {
	if run.Exists(dir) == nil {
		return []string{dir}
	}
	entries, _ := os.ReadDir(dir) // what cannot be read holds nothing; the run itself says why
	var all []string
	for _, e := range entries {
		if inside := filepath.Join(dir, e.Name()); run.Exists(inside) == nil {
			all = append(all, inside)
		}
	}
	if len(all) == 0 {
		return []string{dir}
	}
	return all
}
