package slurm

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/run"
)

// arrays has members executed by arrays of jobs: a fleet.
//
// Questions and orders to SLURM outlast the context of the run: a submission that is cut
// short would leave a job of which nobody knows.
type arrays struct {
	site       *Site
	executor   *executor
	dir        string // run folder
	queue      queue
	log        *journal
	generation int
	sent       []submission // with members that are waited for, the oldest first
	last       int          // number of the last submission of the generation
	refused    time.Time    // when the queue took no more; zero: it took all
	room       int          // tasks that it took then
}

func newArrays(e *executor, units []run.Unit, log *journal) (*arrays, error) {
	a := &arrays{site: &e.site, executor: e, dir: e.dir, queue: queue{e.site.slurm}, log: log, generation: units[0].Generation}
	earlier, last, err := submissions(a.dir, a.generation)
	a.last = last
	for _, s := range earlier {
		if slices.ContainsFunc(units, func(u run.Unit) bool { return s.has(u.Member) }) {
			a.sent = append(a.sent, s)
		}
	}
	return a, err
}

func (s *submission) has(member int) bool {
	return slices.ContainsFunc(s.Tasks, func(members []int) bool { return slices.Contains(members, member) })
}

func (a *arrays) often() time.Duration { return a.site.Ask }

func (a *arrays) woken() <-chan struct{} { return nil }

// send implements fleet.
func (a *arrays) send(members []int) (sent []int, err error) {
	if !a.refused.IsZero() && time.Since(a.refused) < a.site.Ask/3 {
		return nil, nil
	}
	tasks := slices.Collect(slices.Chunk(members, a.site.Members))
	if most := max(1, 2*a.room); !a.refused.IsZero() && len(tasks) > most {
		tasks = tasks[:most] // it will hardly take more than it did
	}
	for len(tasks) > 0 {
		most, err := a.mostTasks()
		if err != nil {
			return sent, err
		}
		asked := tasks[:min(len(tasks), most)]
		took, err := a.submit(asked)
		sent = append(sent, slices.Concat(asked[:took]...)...)
		if err != nil || took < len(asked) {
			return sent, err
		}
		tasks = tasks[took:]
	}
	return sent, nil
}

// mostTasks is how many tasks an array may have; asked once.
func (a *arrays) mostTasks() (int, error) {
	if a.executor.most == 0 {
		a.executor.most = a.queue.mostTasks(context.Background())
	}
	if a.executor.most < 1 {
		a.executor.most = 0
		return 0, errors.New("this cluster has no arrays of jobs (MaxArraySize is 0): use --slurm mode=steps in a job, as `autolfads slurm script` writes one")
	}
	return a.executor.most, nil
}

// submit sends tasks as one array: if that is more than the queue takes, half of them, and
// so on. It returns how many it took.
func (a *arrays) submit(tasks [][]int) (int, error) {
	for n := len(tasks); n > 0; n /= 2 {
		s := submission{Name: a.name(), Generation: a.generation, Tasks: tasks[:n], number: a.last + 1}
		if err := s.write(a.dir); err != nil {
			return 0, err
		}
		a.last++
		a.sent = append(a.sent, s)
		job, err := a.sbatch(&s)
		if err == nil {
			a.log.say("generation %d: %d tasks sent as job %s", a.generation, n, job)
			if a.room = n; n == len(tasks) {
				a.refused = time.Time{}
			}
			return n, nil
		}
		if silent(err) {
			return 0, err // it may have been taken
		}
		a.drop()
		if tooLarge(err) && n > 1 {
			a.executor.most = n / 2 // whatever MaxArraySize is
			continue
		}
		if !limited(err) {
			return 0, refusedBySbatch(err)
		}
		a.refused, a.room = time.Now(), 0
		a.log.once("full", "SLURM takes no more tasks now than it has (%v): the others are sent when some are done", err)
	}
	return 0, nil
}

// name is that of the next job: no other has it.
func (a *arrays) name() string {
	return fmt.Sprintf("autolfads-%s-g%03d-%03d", identity(&a.executor.folder.Joined), a.generation, a.last+1)
}

// drop forgets the last submission, which was refused.
func (a *arrays) drop() {
	a.sent = a.sent[:len(a.sent)-1]
	_ = durable.Remove(filepath.Join(a.dir, file(a.generation, a.last))) // it names members that nobody executes: no harm
}

// refusedBySbatch says what to do about a submission that is refused for good.
func refusedBySbatch(err error) error {
	if r := (*refusal)(nil); errors.As(err, &r) {
		return fmt.Errorf("SLURM refuses the tasks of the generation (%w): look at --slurm partition=, account=, qos=, time= and mem=, then go on with `autolfads resume`", err)
	}
	return err
}

// sbatch submits an array.
func (a *arrays) sbatch(s *submission) (job string, err error) {
	unit, err := a.site.unit(a.dir, a.generation)
	if err != nil {
		return "", err
	}
	indices := fmt.Sprintf("0-%d", len(s.Tasks)-1)
	if a.site.AtOnce > 0 {
		indices += "%" + strconv.Itoa(a.site.AtOnce)
	}
	args := []string{
		"--parsable", "--requeue", "--open-mode=append", "--job-name=" + s.Name, "--array=" + indices,
		// Beside the folder, not in its path: % there would stand for something.
		"--chdir=" + a.dir, "--output=" + filepath.Join(folder, fmt.Sprintf("g%03d-%03d-%%a.log", s.Generation, s.number)),
		"--nodes=1", "--ntasks=1", fmt.Sprintf("--cpus-per-task=%d", a.site.Threads),
	}
	args = append(args, a.site.asks()...)
	// exec: signals to the script are the unit's.
	script := "exec " + line(append(unit, "--tasks", file(s.Generation, s.number)))
	return a.queue.submit(context.Background(), append(args, "--wrap="+script))
}

// asks are the site's options, and what memory a unit needs if they do not say.
func (s *Site) asks() []string {
	args := s.Options.args()
	if s.memory > 0 && !s.Options.has("mem", "mem-per-cpu", "mem-per-gpu", "exclusive") {
		const mebi = 1 << 20
		args = append(args, fmt.Sprintf("--mem=%dM", (s.memory+mebi-1)/mebi))
	}
	return args
}

// ask implements fleet.
func (a *arrays) ask() (map[int]place, error) {
	tasks, err := a.tasks()
	if err != nil {
		return nil, err
	}
	places := map[int]place{}
	for _, s := range a.sent { // of two, the one that is alive; else the later
		for _, t := range tasks {
			if t.Job != s.Name || t.Index >= len(s.Tasks) {
				continue
			}
			for _, m := range s.Tasks[t.Index] {
				if p, has := places[m]; !has || !p.alive() || t.alive() {
					places[m] = place{t, s.log(t.Index)}
				}
			}
		}
	}
	return places, nil
}

// tasks are those of the members that are waited for.
func (a *arrays) tasks() ([]task, error) { return a.tasksOf(a.sent) }

// tasksOf are the tasks of submissions.
func (a *arrays) tasksOf(sent []submission) ([]task, error) {
	var names []string
	for _, s := range sent {
		names = append(names, s.Name)
	}
	return a.queue.tasks(context.Background(), names)
}

// aMoment is longer than a task takes to end when its last result is there.
const aMoment = 2 * time.Second

// finish implements fleet. Of members that were sent more than once, too, tasks may be left;
// and of the generation before, if its controller lost what it knew and did not answer then.
func (a *arrays) finish(disturbed bool) {
	if !disturbed && !a.twice() {
		return
	}
	time.Sleep(min(a.site.Ask, aMoment)) // for tasks that end just now
	before, _, _ := submissions(a.dir, a.generation-1)
	began := time.Now()
	for {
		tasks, err := a.tasksOf(slices.Concat(before, a.sent))
		if left := idsOf(tasks, (*task).alive); err == nil && len(left) > 0 {
			a.log.say("generation %d: %d tasks are left in the queue for which there is nothing to do: they are cancelled", a.generation, len(left))
			err = a.queue.cancel(context.Background(), left)
		}
		if err == nil {
			return
		}
		if time.Since(began) > a.site.Lost {
			a.log.say("generation %d is complete; tasks of it may be left in the queue (%v): `squeue --me` shows them, `scancel` takes them back, and they find nothing to do", a.generation, err)
			return
		}
		time.Sleep(a.site.Ask)
	}
}

// twice reports whether a member was sent more than once.
func (a *arrays) twice() bool {
	seen := map[int]bool{}
	for _, s := range a.sent {
		for _, m := range slices.Concat(s.Tasks...) {
			if seen[m] {
				return true
			}
			seen[m] = true
		}
	}
	return false
}

// idsOf are the names of tasks of a kind.
func idsOf(tasks []task, of func(*task) bool) (ids []string) {
	for _, t := range tasks {
		if of(&t) {
			ids = append(ids, t.ID)
		}
	}
	return ids
}
