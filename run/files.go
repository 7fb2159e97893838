package run

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/internal/durable"
)

// publish makes r the unit's result unless it has one. The name of the folder
// with its checkpoint is durable before.
func (a *Attempt) publish(r Result) error {
	text, err := marshal(r)
	if err == nil {
		err = durable.SyncFolder(a.folder.path(filepath.Dir(a.dir)))
	}
	if err != nil {
		return err
	}
	err = durable.Publish(a.folder.path(filepath.Join(a.Unit.dir(), "result.json")), func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// result returns the published result of u, or nil if there is none.
func (f *Folder) result(u Unit) (*Result, error) {
	path := f.path(filepath.Join(u.dir(), "result.json"))
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var r Result
	if err := decodeJSON(path, text, &r); err != nil {
		return nil, fmt.Errorf("%w: it was cut short or changed; remove that file and go on with `autolfads resume %s`, which makes it again from the unit's checkpoint", err, f.Dir)
	}
	if r.Generation != u.Generation || r.Member != u.Member {
		return nil, fmt.Errorf("%s is the result of generation %d, member %d: the run folder was edited", path, r.Generation, r.Member)
	}
	return &r, nil
}

// results returns the published results of units, in order, and the units that
// have none.
func (f *Folder) results(units []Unit) (results []Result, missing []Unit, err error) {
	for _, u := range units {
		r, err := f.result(u)
		if err != nil {
			return nil, nil, err
		}
		if r == nil {
			missing = append(missing, u)
		} else {
			results = append(results, *r)
		}
	}
	return results, missing, nil
}

// plan writes u's unit.json, or checks that the one on disk says the same. One
// that was cut short is written again, for it follows from the results; and one
// whose parent was trained again since, with the same bits in another attempt.
func (f *Folder) plan(u Unit) error {
	path := filepath.Join(u.dir(), "unit.json")
	text, err := marshal(u)
	if err != nil {
		return err
	}
	old, err := os.ReadFile(f.path(path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := durable.MkdirAll(f.path(u.dir())); err != nil {
			return err
		}
		return f.write(path, text)
	case err != nil:
		return err
	case bytes.Equal(old, text):
		return nil
	case !replaceable(old, u):
		return fmt.Errorf("%s is not what follows from the results before it: the run folder was edited, or another version wrote it", f.path(path))
	}
	return f.write(path, text)
}

// syncGeneration makes the names of generation g and of its units durable: what
// is published in them must not go with them in a power cut.
func (f *Folder) syncGeneration(g int) error {
	dir := f.path(generationDir(g))
	return errors.Join(durable.SyncFolder(dir), durable.SyncFolder(filepath.Dir(dir)))
}

// replaceable reports whether a unit.json is no unit any more, or is u but for
// the place of its parent's checkpoint.
func replaceable(text []byte, u Unit) bool {
	var old Unit
	if json.Unmarshal(text, &old) != nil {
		return true
	}
	if old.Parent != nil && u.Parent != nil && old.Parent.SHA256 == u.Parent.SHA256 {
		old.Parent.Checkpoint = u.Parent.Checkpoint
	}
	return reflect.DeepEqual(old, u)
}

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
func (f *Folder) checkpoints(u Unit) ([]saved, error) {
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
