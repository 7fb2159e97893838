package slurm

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Job is the job of SLURM that this process is part of.
type Job struct {
	ID   string    // 123; 123_4 of a task of an array
	Ends time.Time // when its time is over; zero: never, or nobody knows

	slurm command
	known bool      // when it ends, be it never
	asked time.Time // the queue
}

// ThisJob returns the job that this process is part of; nil: it is part of none. The end is
// asked for where the environment does not say it, as that of SLURM 22.05. A job whose time is over
// is one that has no end (OverTimeLimit), or one that this process was part of once, in a terminal that stayed.
func ThisJob() *Job {
	j := thisJob(os.Getenv, execute)
	if j == nil || !j.past(time.Now()) {
		return j
	}
	if j.Ask(); j.past(time.Now()) {
		j.Ends, j.known = time.Time{}, true
	}
	return j
}

func thisJob(env func(string) string, slurm command) *Job {
	j := &Job{ID: env("SLURM_JOB_ID"), slurm: slurm}
	if j.ID == "" {
		return nil
	}
	// The number of an array's last task is that of the array: it would name all of them.
	if array, index := env("SLURM_ARRAY_JOB_ID"), env("SLURM_ARRAY_TASK_ID"); array != "" && index != "" {
		j.ID = array + "_" + index
	}
	if seconds, err := strconv.ParseInt(env("SLURM_JOB_END_TIME"), 10, 64); err == nil && seconds > 0 {
		j.Ends, j.known = time.Unix(seconds, 0), true
	} else {
		j.Ask()
	}
	return j
}

func (j *Job) past(now time.Time) bool { return !j.Ends.IsZero() && j.Ends.Before(now) }

// Ask asks the queue when the job's time is over: that may have been changed. Where the
// queue does not say, what was known stays.
func (j *Job) Ask() {
	const soon = 5 * time.Second // training waits for it
	ctx, cancel := context.WithTimeout(context.Background(), soon)
	defer cancel()
	j.asked = time.Now()
	text, err := j.slurm(ctx, "squeue", "--noheader", "--jobs="+j.ID, "--format=%e")
	if err != nil {
		j.known = j.known || noJob.MatchString(err.Error())
		return
	}
	text = strings.TrimSpace(text)
	if ends, err := time.ParseInLocation("2006-01-02T15:04:05", text, time.Local); err == nil {
		j.Ends, j.known = ends, true
	}
	if slices.Contains([]string{"NONE", "N/A", "UNLIMITED"}, strings.ToUpper(text)) {
		j.Ends, j.known = time.Time{}, true
	}
}

// What squeue says of a job that is not there.
var noJob = regexp.MustCompile(`(?i)invalid job id`)

// Known reports whether it is known when the job's time is over, be it never. If not, the queue
// has not answered yet, and is to be asked again.
func (j *Job) Known() bool { return j.known }

// Requeue puts the job back into the queue, which ends this process and all others of the job: also
// the command that asks for it, perhaps before it has its answer.
func (j *Job) Requeue() error {
	_, err := j.slurm(context.Background(), "scontrol", "requeue", j.ID)
	if r := (*refusal)(nil); errors.As(err, &r) && r.killed {
		return nil
	}
	return err
}

// Clock says when what trains in a job is to stop, so that all of it is saved when the
// job's time is over. Signals alone do not: what SLURM sends, and how long before,
// is another matter on each cluster.
type Clock struct {
	Job *Job // nil: there is no end

	last    time.Time     // an epoch ended, or a unit began
	longest time.Duration // epoch
}

// saving is more time than it takes to save a member and to end.
const saving = 10 * time.Second

// Begin notes that a unit begins or goes on.
func (c *Clock) Begin(now time.Time) { c.last = now }

// Epoch notes that an epoch ended.
func (c *Clock) Epoch(now time.Time) {
	c.longest = max(c.longest, now.Sub(c.last))
	c.last = now
}

// Over reports whether there is no time for another epoch: half as long again as the
// longest so far. The queue is asked before it is said.
func (c *Clock) Over(now time.Time) bool {
	if c.Job == nil {
		return false
	}
	if !c.Job.known && now.Sub(c.Job.asked) > time.Minute {
		c.Job.Ask()
	}
	if !c.short(now) {
		return false
	}
	c.Job.Ask()
	return c.short(now)
}

func (c *Clock) short(now time.Time) bool {
	return !c.Job.Ends.IsZero() && now.Add(c.longest+c.longest/2+saving).After(c.Job.Ends)
}

// Ending is the error of what is stopped because its job's time is almost over.
type Ending struct{ Ends time.Time }

// Error implements error.
func (e Ending) Error() string {
	return fmt.Sprintf("the job's time is over at %s", e.Ends.Format(time.TimeOnly))
}

// Before returns when a process that waits for others must stop them: a minute before the
// end, or a fifth of the time that is left now if that is less; zero: never. And when it must
// have done what is to be done before the end, whatever is still under way.
func (j *Job) Before(now time.Time) (stop, last time.Time) {
	if j == nil || j.Ends.IsZero() {
		return stop, last
	}
	left := max(0, j.Ends.Sub(now))
	return j.Ends.Add(-min(time.Minute, left/5)), j.Ends.Add(-min(time.Minute/4, left/20))
}

// RequeueVariable is set by scripts that begin a run or go on with it, whichever is to be
// done: their jobs may be begun again.
const RequeueVariable = "AUTOLFADS_REQUEUE"
