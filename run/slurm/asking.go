package slurm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/autolfads/autolfads/internal/regular"
)

// ask asks the queue, if it is time to, and does what follows from the answer.
func (e *execution) ask() error {
	if time.Since(e.asked) < e.fleet.often() {
		return nil
	}
	e.asked = time.Now()
	places, err := e.fleet.ask()
	if refused := (*refusal)(nil); errors.As(err, &refused) { // whatever it says: units go on
		e.unanswered(err)
		return nil
	}
	if err != nil {
		return err
	}
	e.answered()
	e.adopt(places)
	for _, m := range e.members(func(u *unit) bool { return u.sent }) {
		if err := e.follow(e.units[m], places[m]); err != nil {
			return err
		}
	}
	e.sayPutBack()
	e.sayHeld()
	e.saySuspended()
	e.sayReasons(places)
	e.sayIdle(places)
	return nil
}

// unanswered notes that the queue could not be asked. Units go on meanwhile, and their
// results are seen.
func (e *execution) unanswered(err error) {
	e.asked, e.disturbed = time.Now(), true
	if e.silent.IsZero() {
		e.silent = time.Now()
		e.log.say("SLURM does not answer (%v): it is asked again every %s; what is executed goes on", err, e.site.Ask)
	}
}

func (e *execution) answered() {
	if !e.silent.IsZero() {
		e.log.say("SLURM answers again, after %s", time.Since(e.silent).Round(time.Second))
	}
	e.silent, e.known = time.Time{}, true
}

// adopt takes over what the queue holds for units that were not sent by this process, or not
// for certain: by one that drove the run before.
func (e *execution) adopt(places map[int]place) {
	adopted := e.members(func(u *unit) bool {
		p := places[u.Member]
		return !u.sent && (u.tries == 0 || e.doubtful) && p.alive() && p.ID != ""
	})
	e.doubtful = false
	for _, m := range adopted {
		u := e.units[m]
		u.sent, u.done, u.gone = true, u.most, time.Time{}
		u.tries++
		u.begun++
	}
	if len(adopted) > 0 {
		e.log.say("generation %d: of members %s there are tasks still in the queue, sent before: they are waited for", e.units[adopted[0]].Generation, numbers(adopted))
	}
}

// follow does what is to be done about a unit that was sent.
func (e *execution) follow(u *unit, p place) error {
	was := u.last
	if p.ID != "" {
		u.last = p
	}
	if p.ID == "" || !p.alive() {
		return e.missed(u, p)
	}
	u.gone = time.Time{}
	if isPutBack(&was.task, &p.task) {
		e.back = append(e.back, stay{u, p})
	}
	if slices.Contains([]string{"SUSPENDED", "STOPPED"}, p.State) {
		e.suspended = append(e.suspended, stay{u, p})
	}
	switch heldBy(&p.task) {
	case byQueue:
		return e.release(u, p)
	case byPerson:
		e.held = append(e.held, stay{u, p})
	case forever:
		return e.unlikely(u, p)
	}
	u.stuck = time.Time{}
	return nil
}

// unlikely bears for a while that a task waits for what is hardly to be expected, and then
// stops the run. Of several partitions only the one that was tried last is named: they are waited for.
func (e *execution) unlikely(u *unit, p place) error {
	if u.stuck.IsZero() {
		u.stuck = time.Now()
	}
	e.log.once("unlikely "+p.Reason, "%s is not started by SLURM (%s): %s", u, p.Reason, advice(&p.task))
	if time.Since(u.stuck) < min(e.site.Bear, 5*e.site.Lost) || strings.Contains(e.site.Options.Value("partition"), ",") {
		return nil
	}
	return fmt.Errorf("%s is not started by SLURM (%s): %s; then go on with `autolfads resume`", u, p.Reason, advice(&p.task))
}

// release lets a task start again that SLURM holds after a start that failed.
func (e *execution) release(u *unit, p place) error {
	u.freed++
	if u.freed > e.site.Tries {
		return fmt.Errorf("%s: SLURM could not start task %s (%s), %d times: `scontrol show job %s` says more", u, p.ID, p.Reason, u.freed, p.ID)
	}
	if err := e.queue.release(context.Background(), p.ID); err != nil {
		e.log.once("unreleased "+p.ID, "%s is held by SLURM (%s) as task %s, and cannot be released (%v)", u, p.why(), p.ID, err)
		return nil
	}
	e.log.say("%s was held by SLURM (%s) as task %s: released (%d of %d)", u, p.why(), p.ID, u.freed, e.site.Tries)
	return nil
}

// missed notes that a unit is in no queue. Its result may be on the way through a network
// file system: after a while it is sent again.
func (e *execution) missed(u *unit, p place) error {
	if now := [2]int{u.seen.Attempts, u.seen.Progress.Done}; u.gone.IsZero() || now != u.then {
		if !u.gone.IsZero() && p.ID == "" {
			e.log.once("unseen", "%s gets on, and the queue does not show it: is it the queue of another cluster, or are jobs renamed there? It is not sent again", u)
		}
		u.gone, u.then = time.Now(), now
	}
	wait := e.site.Lost
	if p.wrong() && p.ID != "" {
		wait /= 4 // no result is to be expected
	}
	if time.Since(u.gone) < wait {
		return nil
	}
	why := "is in no queue and has no result"
	if p.wrong() && p.ID != "" {
		why = fmt.Sprintf("task %s ended as %s, %s, without a result", p.ID, p.State, ending(p.State))
	}
	details := filepath.Join(e.files.Dir, u.last.log)
	if last := lastLine(details); last != "" {
		why += fmt.Sprintf(" (it said last: %s)", last)
	}
	return e.again(u, why, details)
}

// numbers writes members.
func numbers(members []int) string {
	return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(members)), ", "), "[]")
}

// isOf reports whether a text of elsewhere names an error of the system.
func isOf(text string, err error) bool { return strings.Contains(text, err.Error()) }

// lastLine returns the last line that a task printed, as far as it fits into a log.
func lastLine(path string) string {
	const most = 4 << 10
	f, err := regular.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return ""
	}
	text := make([]byte, min(most, info.Size()))
	if _, err := f.ReadAt(text, info.Size()-int64(len(text))); err != nil && !errors.Is(err, io.EOF) {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	last := []rune(clean(strings.ToValidUTF8(lines[len(lines)-1], "?")))
	return string(last[:min(len(last), 300)])
}
