package run

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/internal/regular"
)

// mostBytes is more than any of these files has, of as many members as there can be: a folder may
// hold anything.
const mostBytes = 64 << 20

// Files reads the files of the run in a folder. It takes no lock and changes
// nothing: the run may be under way, in this process or another.
type Files struct{ Dir string }

func (f Files) path(name string) string { return filepath.Join(f.Dir, name) }

// Generations returns the numbers of the generations that are begun, ascending.
func (f Files) Generations() ([]int, error) { return f.numbered("generations", "") }

// Members returns the numbers of a generation's members, ascending.
func (f Files) Members(generation int) ([]int, error) {
	return f.numbered(generationDir(generation), "member-")
}

// numbered returns the numbers after prefix in the names of a folder's
// entries, ascending; none if there is no such folder yet.
func (f Files) numbered(dir, prefix string) ([]int, error) {
	entries, err := os.ReadDir(f.path(dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var numbers []int
	for _, e := range entries {
		var n int
		if _, err := fmt.Sscanf(e.Name(), prefix+"%d", &n); err == nil {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// Unit returns what a member has to do in a generation. The error is
// [fs.ErrNotExist] if it has not been said yet.
func (f Files) Unit(generation, member int) (Unit, error) {
	var u Unit
	path := f.path(filepath.Join(Unit{Generation: generation, Member: member}.dir(), "unit.json"))
	text, err := regular.Read(path, mostBytes)
	if err == nil {
		err = decodeJSON(path, text, &u)
	}
	if err == nil && (u.Generation != generation || u.Member != member) {
		err = fmt.Errorf("%s is of %s: the run folder was edited", path, u)
	}
	return u, err
}

// Result returns the published result of u, or nil if there is none.
func (f Files) Result(u Unit) (*Result, error) {
	path := f.path(filepath.Join(u.dir(), "result.json"))
	text, err := regular.Read(path, mostBytes)
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
	if r.Checkpoint == "" && !math.IsNaN(float64(r.Score)) {
		return nil, fmt.Errorf("%s has a score and no checkpoint: it was changed; remove that file and go on with `autolfads resume %s`, which makes it again", path, f.Dir)
	}
	return &r, nil
}

// results returns the published results of units, in order, and the units that
// have none.
func (f Files) results(units []Unit) (results []Result, missing []Unit, err error) {
	for _, u := range units {
		r, err := f.Result(u)
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

// Metrics returns the path of the metrics of u: those that its result r names,
// or, while there is none (nil), those of the newest attempt; "" if nobody has
// begun it.
func (f Files) Metrics(u Unit, r *Result) (string, error) {
	if r != nil {
		return f.path(r.Metrics), nil
	}
	dirs, err := f.attempts(u)
	if err != nil || len(dirs) == 0 {
		return "", err
	}
	return f.path(filepath.Join(slices.Max(dirs), metricsName)), nil
}

// State returns where the run stands by its own account (state.json); zero
// before the first.
func (f Files) State() (s State, err error) {
	err = f.readJSON("state.json", &s)
	return s, err
}

// Best returns the best model of all completed generations, nil before the first.
func (f Files) Best() (b *Best, err error) {
	err = f.readJSON(filepath.Join("best", "best.json"), &b)
	return b, err
}

// Holder names the host and the process that drove the run last.
func (f Files) Holder() (string, error) {
	text, err := regular.Read(f.path("lock"), mostBytes)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return strings.TrimSpace(string(text)), err
}

// attempts returns the folders of the attempts at u, inside the run folder.
func (f Files) attempts(u Unit) ([]string, error) {
	parent := filepath.Join(u.dir(), "attempts")
	entries, err := os.ReadDir(f.path(parent))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var dirs []string
	for _, e := range entries {
		if e.IsDir() {
			dirs = append(dirs, filepath.Join(parent, e.Name()))
		}
	}
	return dirs, nil
}

// readJSON reads a file of the run folder that may not be there yet.
func (f Files) readJSON(name string, v any) error {
	path := f.path(name)
	text, err := regular.Read(path, mostBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return decodeJSON(path, text, v)
}

// decodeJSON reads one JSON file of the run folder.
func decodeJSON(path string, text []byte, target any) error {
	if err := json.Unmarshal(text, target); err != nil {
		var at *json.SyntaxError
		if errors.As(err, &at) {
			err = fmt.Errorf("byte %d: %w", at.Offset, err)
		}
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
