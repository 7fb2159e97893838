package run

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// saved is a checkpoint file of an attempt.
type saved struct {
	dir   string // of the attempt, inside the run folder
	epoch int
}

func (s saved) path() string { return filepath.Join(s.dir, epochFile("epoch", s.epoch)) }

// epochFile is the name of a checkpoint, "epoch-000105.safetensors".
func epochFile(kind string, epoch int) string {
	return fmt.Sprintf("%s-%06d%s", kind, epoch, checkpointSuffix)
}

const checkpointSuffix = ".safetensors"

// checkpoints returns the checkpoints of all attempts at u, the newest first.
func (f Files) checkpoints(u Unit) ([]saved, error) {
	dirs, err := f.attempts(u)
	if err != nil {
		return nil, err
	}
	var found []saved
	for _, dir := range dirs {
		entries, err := os.ReadDir(f.path(dir))
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			digits, isEpoch := strings.CutPrefix(strings.TrimSuffix(e.Name(), checkpointSuffix), "epoch-")
			if epoch, err := strconv.Atoi(digits); isEpoch && err == nil {
				found = append(found, saved{dir, epoch})
			}
		}
	}
	slices.SortFunc(found, func(a, b saved) int {
		return cmp.Or(cmp.Compare(b.epoch, a.epoch), cmp.Compare(b.dir, a.dir))
	})
	return found, nil
}
