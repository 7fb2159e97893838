package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/autolfads/autolfads/internal/durable"
)

// Worker executes a unit: it trains in the attempt's folder and returns what
// came of it. When ctx is cancelled it saves where it is and returns ctx's
// error. An error of type [*Diverged] is for the Worker to turn into a Result.
type Worker func(ctx context.Context, a *Attempt, observe func(Progress)) (Result, error)

// Progress is where a unit stands.
type Progress struct {
	Generation, Member int
	Epoch              int     // completed epochs over the member's life
	Done, Epochs       int     // of this unit: completed, and to train at most
	Score              float64 // smoothed validation reconstruction loss
}

// Attempt is one try to execute a unit, in a folder of its own.
type Attempt struct {
	Unit    Unit
	Threads int // that the unit may use; the result does not depend on it
	folder  *Folder
	dir     string // inside the run folder
}

// Execute makes one attempt at u and publishes its result. If another attempt
// was first, its result stays, and is the same. An error names the unit, its
// hyper-parameters and the file with the details.
func (f *Folder) Execute(ctx context.Context, u Unit, threads int, work Worker, observe func(Progress)) error {
	a, err := f.newAttempt(u, threads)
	if err != nil {
		return err
	}
	result, err := a.call(ctx, work, observe)
	if err == nil {
		err = a.publish(result)
	}
	if err == nil || ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return err
	}
	file := filepath.Join(a.dir, "error.txt")
	text := fmt.Sprintf("%v\n%v\nhyper-parameters: %v\n%v\n", time.Now().Format(time.RFC3339), u, u.Hyper, err)
	return errors.Join(fmt.Errorf("%s: %w\n  hyper-parameters: %v\n  details: %s",
		u, shortError{err}, u.Hyper, f.path(file)), f.write(file, []byte(text)))
}

// call runs the worker; a panic of it becomes an error with the stack.
func (a *Attempt) call(ctx context.Context, work Worker, observe func(Progress)) (r Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v\n%s", p, debug.Stack())
		}
	}()
	return work(ctx, a, observe)
}

// shortError is an error whose text is the first line of another's: that has a
// stack, or says the same twice.
type shortError struct{ error }

func (e shortError) Error() string {
	line, _, _ := strings.Cut(e.error.Error(), "\n")
	return line
}

func (e shortError) Unwrap() error { return e.error }

// newAttempt makes the folder of the next attempt at u.
func (f *Folder) newAttempt(u Unit, threads int) (*Attempt, error) {
	parent := filepath.Join(u.dir(), "attempts")
	if err := durable.MkdirAll(f.path(parent)); err != nil {
		return nil, err
	}
	earlier, err := f.attempts(u)
	if err != nil {
		return nil, err
	}
	for id := len(earlier) + 1; ; id++ {
		dir := filepath.Join(parent, fmt.Sprintf("%03d", id))
		err := durable.Mkdir(f.path(dir))
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		return &Attempt{Unit: u, Threads: threads, folder: f, dir: dir}, err
	}
}

// attempts returns the folders of the attempts at u, inside the run folder.
func (f *Folder) attempts(u Unit) ([]string, error) {
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
