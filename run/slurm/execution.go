package slurm

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"syscall"
	"time"

	"github.com/autolfads/autolfads/run"
)

// fleet is a way to have members of a generation executed elsewhere.
type fleet interface {
	// send has members executed, as many of them as there is room for now, and returns
	// those. What it could not ask (silent) may have been taken all the same.
	send(members []int) (sent []int, err error)
	// ask says where members are of which it knows. One that is not named is nowhere.
	ask() (map[int]place, error)
	// stop has what works for members save and end, and returns when it has.
	stop()
	// leave has it go on without this process, where it can.
	leave()
	// finish takes back what is not needed any more, for every member has its result. It
	// looks for it if something was disturbed.
	finish(ctx context.Context, disturbed bool)
	// often is how long an answer of ask is good for.
	often() time.Duration
	// woken tells that something may have changed.
	woken() <-chan struct{}
}

// place is where a member is executed.
type place struct {
	task
	log string // what it prints, inside the run folder
}

// unit is a unit that is waited for.
type unit struct {
	run.Unit
	seen   run.Seen
	looked bool
	most   int // epochs that any attempt has done
	begun  int // attempts that are accounted for: those that were there, and one for each time it was sent
	failed int // attempts till the newest whose error is known

	sent  bool      // it is with SLURM, as far as is known
	idle  time.Time // since when a task works for it, and it has no attempt; zero: that is not so
	tries int       // how often it was sent since it last got on
	done  int       // epochs it had when it was sent last
	gone  time.Time // since when it is in no queue, and has not got on; zero: it is
	then  [2]int    // attempts, and epochs of the newest, when it was seen to get on last
	last  place     // where it was
	freed int       // times that it was released since it last got on
	stuck time.Time // since when it waits for what is not to be expected; zero: it does not

	unread time.Time // since when its folder cannot be read; zero: it can
}

// execution is one call of Execute.
type execution struct {
	site    *Site
	files   run.Files
	log     *journal
	fleet   fleet
	queue   queue
	units   map[int]*unit // those that have no result yet, by member
	observe func(run.Progress)

	asked     time.Time // when the queue answered last, or did not
	known     bool      // what of these units the queue holds
	doubtful  bool      // a submission may have been taken, or not
	taken     *bool     // a submission of this run was taken: what is asked for is allowed
	troubled  time.Time // since when submissions are refused that were allowed; zero: they are not
	silent    time.Time // since when it does not answer; zero: it does
	disturbed bool      // something happened after which tasks may be left
	unjudged  bool      // there is no accounting to be asked
	changed   time.Time // when something was seen last
	pace      time.Duration

	// What is to be told in one sentence each: of the last answer, and of the last look.
	back, held, suspended []stay
	interrupted           []interruption
}

// run executes the units.
func (e *execution) run(ctx context.Context) error {
	for {
		err := e.look()
		if err == nil && len(e.units) == 0 {
			e.fleet.finish(ctx, e.disturbed)
			return nil
		}
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		if err == nil {
			err = e.ask()
		}
		if err == nil {
			err = e.send()
		}
		switch {
		case err != nil && leaves(err):
			e.fleet.leave()
			return err
		case err != nil:
			e.fleet.stop()
			return err
		}
		select {
		case <-ctx.Done():
		case <-e.fleet.woken():
		case <-time.After(e.pace):
		}
	}
}

// members are the units that are waited for, in order.
func (e *execution) members(of func(*unit) bool) []int {
	var all []int
	for m, u := range e.units {
		if of(u) {
			all = append(all, m)
		}
	}
	slices.Sort(all)
	return all
}

func everyUnit(*unit) bool { return true }

// look looks at the folders of units: who has a result, how far the others are, and what
// has gone wrong. It takes a tenth of the time at most, and is done less often where
// nothing has changed for minutes, as in a queue.
func (e *execution) look() error {
	began := time.Now()
	for _, m := range e.members(everyUnit) {
		if err := e.lookAt(m, e.units[m]); err != nil {
			return err
		}
	}
	e.sayInterrupted()
	e.pace = max(e.site.Look, 9*time.Since(began), min(10*e.site.Look, time.Since(e.changed)/60))
	return nil
}

func (e *execution) lookAt(m int, u *unit) error {
	seen, err := e.files.Seen(u.Unit)
	if err != nil {
		return e.unreadable(u, err)
	}
	u.unread = time.Time{}
	if !u.looked {
		u.looked, u.begun = true, seen.Attempts
		if seen.Failed != "" {
			u.failed = seen.Attempts // of an earlier time
		}
	}
	e.noteInterrupted(u, &seen)
	if p := seen.Progress; seen.Attempts > 0 && (p.Done != u.seen.Progress.Done || u.seen.Attempts == 0) {
		e.observe(p)
		e.changed = time.Now()
	}
	u.seen = seen
	if seen.Progress.Done > u.most {
		u.most, u.freed = seen.Progress.Done, 0
	}
	if seen.Result != nil {
		delete(e.units, m)
		e.changed = time.Now()
		return nil
	}
	if seen.Failed == "" || seen.Attempts <= u.failed {
		return nil
	}
	u.failed = seen.Attempts
	return e.attemptFailed(u)
}

// unreadable bears for a while that a folder cannot be read: on a network file system
// names may lead to what is gone.
func (e *execution) unreadable(u *unit, err error) error {
	if u.unread.IsZero() {
		u.unread = time.Now()
		e.log.say("%s: its folder cannot be read (%v): it is tried again", u, err)
	}
	if time.Since(u.unread) < e.site.Lost {
		return nil
	}
	return fmt.Errorf("%s: %w", u, err)
}

// attemptFailed has a unit sent again whose attempt ended with an error, for that may be its
// node's; not on a full disk, which is that of all.
func (e *execution) attemptFailed(u *unit) error {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT} {
		if isOf(u.seen.Failed, full) {
			return fmt.Errorf("%s: %w", u, full)
		}
	}
	return e.again(u, "failed: "+u.seen.Failed, u.seen.Error)
}

// again has a unit sent again, for a reason of which a file says more; an error if that was done
// too often.
func (e *execution) again(u *unit, why, details string) error {
	if u.most > u.done {
		u.tries, u.done = 0, u.most // it gets on
	}
	if u.tries >= e.site.Tries {
		if u.seen.Attempts == 0 {
			details += "; no process of it was seen in the run folder: the folder, and this program, must lie on a file system that all nodes share"
		}
		return fmt.Errorf("%s: %s, %d times without an epoch between\n  hyper-parameters: %v\n  details: %s", u, why, u.tries, u.Hyper, details)
	}
	u.sent, u.gone = false, time.Time{}
	e.log.say("%s: %s: sent again (%d of %d)", u, why, u.tries+1, e.site.Tries)
	return nil
}

// send has units executed that are nowhere.
func (e *execution) send() error {
	members := e.members(func(u *unit) bool { return !u.sent })
	if !e.known || len(members) == 0 {
		return nil
	}
	sent, err := e.fleet.send(members)
	for _, m := range sent {
		u := e.units[m]
		u.sent, u.gone, u.done = true, time.Time{}, u.most
		u.tries++
		u.begun++
	}
	if silent(err) {
		e.known, e.doubtful = false, true // it may have been taken: that is asked first
		e.unanswered(err)
		return nil
	}
	return e.bear(err)
}

// bear bears a refusal of what was allowed before, for a while: a partition that is down for
// maintenance, a controller that has lost accounts for a moment.
func (e *execution) bear(err error) error {
	refused := (*refusal)(nil)
	if err == nil {
		e.troubled = time.Time{}
	}
	if !errors.As(err, &refused) || !*e.taken {
		return err
	}
	if e.troubled.IsZero() {
		e.troubled = time.Now()
		e.log.say("%v: it is tried again for %s, for it was allowed before; what is executed goes on", err, e.site.Bear)
	}
	if time.Since(e.troubled) > e.site.Bear {
		return err
	}
	e.known, e.asked = false, time.Now() // the next time is after the next question
	return nil
}
