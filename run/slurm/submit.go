package slurm

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/autolfads/autolfads/internal/durable"
)

// send implements fleet.
func (a *arrays) send(members []int) (sent []int, err error) {
	if !a.refused.IsZero() && time.Since(a.refused) < a.pause {
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
		s := submission{Name: a.name(), Dir: a.dir, Generation: a.generation, Tasks: tasks[:n], number: a.last + 1}
		if err := s.write(a.dir); err != nil {
			return 0, err
		}
		a.last++
		a.sent = append(a.sent, s)
		job, err := a.sbatch(&s)
		if err == nil {
			a.log.say("generation %d: %d tasks sent as job %s", a.generation, n, job)
			a.accepted(job, n, n == len(tasks))
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
		a.full(err)
	}
	return 0, nil
}

// accepted notes the number of a submission that was taken, for whoever looks for it where
// its name is not known, and whether it was all that was to be sent.
func (a *arrays) accepted(job string, tasks int, all bool) {
	a.executor.taken = true
	a.sent[len(a.sent)-1].Job = job
	_ = a.sent[len(a.sent)-1].write(a.dir) // it is found by its name as well
	a.room, a.pause = tasks, a.site.Ask/3
	if all {
		a.refused = time.Time{}
	}
}

// full notes that the queue takes no more, and says so, each hour again. While tasks of ours are
// in it there will be room soon; else the pause grows.
func (a *arrays) full(err error) {
	const longest = 5 * time.Minute
	if a.refused.IsZero() {
		a.since = time.Now()
	}
	again := time.Since(a.refused) > a.site.Ask/3 // not one of a row of halves
	a.refused, a.room = time.Now(), 0
	hour := int(time.Since(a.since) / time.Hour)
	if a.alive > 0 {
		a.pause = max(a.pause, a.site.Ask/3)
		a.log.once(fmt.Sprint("full ", hour), "SLURM takes no more tasks now than it has (%v): the others are sent when some are done", err)
		return
	}
	if a.pause = max(a.pause, a.site.Ask/3); again {
		a.pause = min(2*a.pause, max(longest, a.site.Ask))
	}
	a.log.once(fmt.Sprint("full, none ", hour), "SLURM takes no more tasks now than it has (%v), and none of this generation is in the queue: other jobs of yours fill it, or what is asked for is more than is allowed (--slurm time=, mem=, --threads); it is tried again", err)
}

// name is that of the next job: no other has it.
func (a *arrays) name() string {
	return fmt.Sprintf("%s%s-g%03d-%03d", prefix, identity(&a.executor.folder.Joined), a.generation, a.last+1)
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

// pattern is the name of a file of several tasks as sbatch takes it: in the path before it, too, it would
// replace what begins with %, be it in what --chdir says.
func pattern(dir, name string) string {
	return filepath.Join(strings.ReplaceAll(dir, "%", "%%"), name)
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
		"--chdir=" + a.dir, "--output=" + pattern(filepath.Join(a.dir, folder), fmt.Sprintf("g%03d-%03d-%%a.log", s.Generation, s.number)),
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
