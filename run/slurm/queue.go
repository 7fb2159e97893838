package slurm

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// queue is what is asked of SLURM's queue.
type queue struct{ slurm command }

// task is a task of an array as the queue has it.
type task struct {
	Job    string // name of the job
	ID     string // of the task: 123_4
	Index  int
	State  string // PENDING, RUNNING, ...
	Node   string
	Reason string // why it is pending
	Dir    string // in which it works; "": it was not asked for
}

// taskFormat are the fields of a task, %r last: it may hold anything.
const taskFormat = "%j|%F|%K|%T|%N|%r"

// over are states of a task that no process works for any more. COMPLETING is one: what is
// completed then is what SLURM does around it.
var over = []string{
	"COMPLETED", "COMPLETING", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "PREEMPTED", "OUT_OF_MEMORY", "BOOT_FAIL", "DEADLINE", "REVOKED",
}

// alive reports whether a task waits or is executed.
func (t *task) alive() bool { return !slices.Contains(over, t.State) }

// working reports whether a process works for it.
func (t *task) working() bool {
	return t.alive() && slices.Contains([]string{"RUNNING", "SIGNALING"}, t.State)
}

// wrong reports whether the queue says that it ended before its time.
func (t *task) wrong() bool {
	return !t.alive() && t.State != "COMPLETED" && t.State != "COMPLETING"
}

// tasks returns the tasks of jobs by their names, those too that ended a short while ago.
func (q queue) tasks(ctx context.Context, names []string) ([]task, error) {
	if len(names) == 0 {
		return nil, nil
	}
	// By user and name, not by number: a number that is forgotten is an error, and the
	// controller is asked for the jobs of one user alone.
	text, err := q.slurm(ctx, "squeue", "--noheader", "--array", "--states=all", mine(), "--name="+strings.Join(names, ","), "--format="+taskFormat)
	if err != nil {
		return nil, err
	}
	return tasksIn(text), nil
}

// mine restricts a question to jobs of who runs this.
func mine() string { return "--user=" + strconv.Itoa(os.Getuid()) }

// numbered returns the tasks of jobs by their numbers, if the queue still knows them, with the folders in
// which they work.
func (q queue) numbered(ctx context.Context, jobs []string) ([]task, error) {
	if len(jobs) == 0 {
		return nil, nil
	}
	text, err := q.slurm(ctx, "squeue", "--noheader", "--array", "--states=all", mine(), "--jobs="+strings.Join(jobs, ","), "--format="+taskFormat+"|%Z")
	if err != nil && !silent(err) {
		return nil, nil // it has forgotten them
	}
	var tasks []task
	for text := range strings.Lines(text) {
		line, dir, _ := cutLast(strings.TrimSpace(text), "|")
		if t, ok := taskOf(line); ok {
			t.Dir = dir
			tasks = append(tasks, t)
		}
	}
	return tasks, err
}

// cutLast cuts at the last of some separators.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// of returns the tasks of submissions: by the names of their jobs, and where the queue shows
// none of one, by its number; a cluster's rules may have given it another name.
func (q queue) of(ctx context.Context, sent []submission) ([]task, error) {
	var names, unseen []string
	for _, s := range sent {
		names = append(names, s.Name)
	}
	tasks, err := q.tasks(ctx, names)
	if err != nil {
		return nil, err
	}
	for _, s := range sent {
		if s.Job != "" && !slices.ContainsFunc(tasks, func(t task) bool { return s.is(&t) }) {
			unseen = append(unseen, s.Job)
		}
	}
	more, err := q.numbered(ctx, unseen)
	for _, t := range more {
		if slices.ContainsFunc(sent, func(s submission) bool { return s.is(&t) }) {
			tasks = append(tasks, t)
		}
	}
	return tasks, err
}

// tasksIn reads the lines of the queue.
func tasksIn(text string) (tasks []task) {
	for text := range strings.Lines(text) {
		if t, ok := taskOf(text); ok {
			tasks = append(tasks, t)
		}
	}
	return tasks
}

// taskOf reads a line of the queue. What has no index is no task of ours.
func taskOf(text string) (task, bool) {
	f := strings.SplitN(strings.TrimSpace(text), "|", 6)
	if len(f) < 6 {
		return task{}, false
	}
	index, err := strconv.Atoi(f[2])
	if err != nil || index < 0 {
		return task{}, false
	}
	return task{Job: f[0], ID: f[1] + "_" + f[2], Index: index, State: f[3], Node: f[4], Reason: clean(f[5])}, true
}

// clean makes text of elsewhere fit for a line of a log.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// submit has a job submitted by arguments of sbatch, and returns its number.
func (q queue) submit(ctx context.Context, args []string) (string, error) {
	text, err := q.slurm(ctx, "sbatch", args...)
	if err != nil {
		return "", err
	}
	job, _, _ := strings.Cut(strings.TrimSpace(text), ";") // a cluster's name may follow
	if _, err := strconv.Atoi(job); err != nil {
		return "", fmt.Errorf("sbatch says %q where it should say a job's number", clean(text))
	}
	return job, nil
}

// cancel ends tasks.
func (q queue) cancel(ctx context.Context, ids []string) error { return q.scancel(ctx, ids) }

// terminate asks what works for tasks to save and end, batch script and all: else the
// signal goes to steps alone, and there is none.
func (q queue) terminate(ctx context.Context, ids []string) error {
	return q.scancel(ctx, ids, "--signal=TERM", "--full")
}

func (q queue) scancel(ctx context.Context, ids []string, args ...string) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := q.slurm(ctx, "scancel", append(append([]string{"--quiet"}, args...), ids...)...)
	return err
}

// release lets a held task be started.
func (q queue) release(ctx context.Context, id string) error {
	_, err := q.slurm(ctx, "scontrol", "release", id)
	return err
}

// verdicts are how tasks ended before they were put back into the queue, as far as the
// accounting knows it yet. An error: there is no accounting, or it is slow.
func (q queue) verdicts(ctx context.Context, ids []string) (states []string, err error) {
	const soon = 3 * time.Second
	ctx, cancel := context.WithTimeout(ctx, soon)
	defer cancel()
	text, err := q.slurm(ctx, "sacct", "--noheader", "--duplicates", "--allocations", "--parsable2", "--jobs="+strings.Join(ids, ","), "--format=JobID,State")
	if err != nil {
		return nil, err
	}
	last := map[string]string{}
	for text := range strings.Lines(text) {
		id, state, _ := strings.Cut(clean(text), "|")
		word, _, _ := strings.Cut(state, " ") // CANCELLED by 1000
		if t := (task{State: word}); t.wrong() || word == "REQUEUED" {
			last[id] = word
		}
	}
	for _, id := range ids {
		if last[id] != "" {
			states = append(states, last[id])
		}
	}
	return states, nil
}

// usualArray is what MaxArraySize is where nobody set it.
const usualArray = 1001

// mostTasks is how many tasks an array may have on this cluster: with indices from 0 on,
// MaxArraySize of them.
func (q queue) mostTasks(ctx context.Context) int {
	text, err := q.slurm(ctx, "scontrol", "show", "config")
	if err != nil {
		return usualArray
	}
	for text := range strings.Lines(text) {
		key, value, _ := strings.Cut(text, "=")
		if n, err := strconv.Atoi(strings.TrimSpace(value)); strings.TrimSpace(key) == "MaxArraySize" && err == nil {
			return n
		}
	}
	return usualArray
}
