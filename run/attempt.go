package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
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
	Finish             bool    // it is of a finish, after the last generation of a search
}

// Attempt is one try to execute a unit, in a folder of its own.
type Attempt struct {
	Unit    Unit
	Threads int // that the unit may use; the result does not depend on it
	run     *Joined
	dir     string // inside the run folder
}

// Execute makes one attempt at u and publishes its result. If another attempt
// was first, its result stays, and is the same; this one may then have lost its
// files to the process that drives the run, which is no error. An error names
// the unit, its hyper-parameters and the file with the details.
func (f *Joined) Execute(ctx context.Context, u Unit, threads int, work Worker, observe func(Progress)) error {
	a, err := f.newAttempt(u, threads)
	if err != nil {
		return err
	}
	result, err := a.call(ctx, work, observe)
	if err == nil {
		err = a.publish(result)
	} else if published, _ := f.Result(u); published != nil && ctx.Err() == nil {
		return nil
	}
	if err == nil || ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return err
	}
	file := filepath.Join(a.dir, errorName)
	text := fmt.Sprintf("%v\n%v\nhyper-parameters: %v\n%v\n", time.Now().Format(time.RFC3339), u, u.Hyper, err)
	return errors.Join(fmt.Errorf("%s: %w\n  hyper-parameters: %v\n  details: %s",
		u, shortError{err}, u.Hyper, f.path(file)), f.write(file, []byte(text)))
}

// errorName is the file of what went wrong in an attempt: when, in which unit, with which
// hyper-parameters (errorHead lines), and the error.
const (
	errorName = "error.txt"
	errorHead = 3
)

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
func (f *Joined) newAttempt(u Unit, threads int) (*Attempt, error) {
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
		return &Attempt{Unit: u, Threads: threads, run: f, dir: dir}, err
	}
}

// publish makes r the unit's result unless it has one. The name of the folder
// with its checkpoint is durable before.
func (a *Attempt) publish(r Result) error {
	text, err := marshal(r)
	if err == nil {
		err = durable.SyncFolder(a.run.path(filepath.Dir(a.dir)))
	}
	if err != nil {
		return err
	}
	err = durable.Publish(a.run.path(filepath.Join(a.Unit.dir(), "result.json")), func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}
