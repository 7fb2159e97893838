package slurm

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/autolfads/autolfads/run/executortest"
)

// unitWord has this binary execute units, as SLURM has the program do it.
const unitWord = "execute-units"

func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == unitWord {
		os.Exit(executeUnits(os.Args[2], os.Args[3:]))
	}
	os.Exit(m.Run())
}

// executeUnits is the unit command of these tests.
func executeUnits(faults string, args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	values := map[string]string{}
	for i := 0; i+1 < len(args); i += 2 {
		values[args[i]] = args[i+1]
	}
	dir, members := values["--run"], []int{}
	generation, err := strconv.Atoi(values["--generation"])
	if m, has := values["--member"]; has {
		n, _ := strconv.Atoi(m)
		members = []int{n}
	} else if err == nil {
		members, err = Assigned(dir, values["--tasks"])
	}
	for _, m := range members {
		err = errors.Join(err, executortest.Execute(ctx, dir, faults, generation, m))
	}
	if err != nil {
		fmt.Println(strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	switch {
	case ctx.Err() != nil:
		return 75
	case err != nil:
		return 1
	}
	return 0
}

// cluster is SLURM in this process, as far as the executor sees it: it starts tasks as
// processes, and does wrong what a test plants.
type cluster struct {
	t *testing.T

	mu    sync.Mutex
	jobs  int
	tasks []*fakeTask
	calls []string // commands, in order

	most   int                      // MaxArraySize
	limit  int                      // tasks that may be in the queue; 0: any number
	down   bool                     // the controller does not answer
	refuse string                   // what sbatch says to everything
	begin  func(t *fakeTask) string // the state in which a task ends instead of being executed, or waits; "": it is executed
}

// fakeTask is a task of an array.
type fakeTask struct {
	task
	script, dir, log string
	process          *os.Process
	begun            int // times
	hidden           bool
}

func newCluster(t *testing.T) *cluster {
	c := &cluster{t: t, most: 1001}
	t.Cleanup(c.end)
	return c
}

// site is a site on the cluster, quick in all that it does.
func (c *cluster) site(faults string) Site {
	program, err := os.Executable()
	if err != nil {
		c.t.Fatal(err)
	}
	s := Site{
		Unit: []string{program, unitWord, faults}, Look: 5 * time.Millisecond, Ask: 40 * time.Millisecond, Lost: 400 * time.Millisecond, Bear: 800 * time.Millisecond,
	}
	s.slurm, s.start = c.execute, c.srun
	return s
}

// end kills what is left.
func (c *cluster) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.tasks {
		if t.process != nil {
			_ = t.process.Kill()
		}
	}
}

var errDown = &refusal{command: "squeue", words: "slurm_load_jobs error: Unable to contact slurm controller (connect failure)"}

// away has the controller not answer for a while. It is called by commands, which hold c.mu.
func (c *cluster) away(d time.Duration) {
	c.down = true
	time.AfterFunc(d, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.down = false
	})
}

// execute is a command.
func (c *cluster) execute(_ context.Context, name string, args ...string) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, name+" "+strings.Join(args, " "))
	if c.down {
		return "", errDown
	}
	switch name {
	case "sbatch":
		return c.sbatch(args)
	case "squeue":
		return c.squeue(option(args, "name"), option(args, "jobs"), strings.HasSuffix(option(args, "format"), "|%Z")), nil
	case "scancel":
		c.scancel(args)
		return "", nil
	case "scontrol":
		return c.scontrol(args)
	case "sacct":
		var b strings.Builder
		for id := range strings.SplitSeq(option(args, "jobs"), ",") {
			fmt.Fprintf(&b, "%[1]s|PREEMPTED\n%[1]s|RUNNING\n", id)
		}
		return b.String(), nil
	}
	return "", fmt.Errorf("no command %s", name)
}

// option is the value of a long option; "" if it is not given.
func option(args []string, key string) string {
	for _, a := range args {
		if value, is := strings.CutPrefix(a, "--"+key+"="); is {
			return value
		}
	}
	return ""
}

func (c *cluster) sbatch(args []string) (string, error) {
	indices, _, _ := strings.Cut(option(args, "array"), "%")
	_, last, _ := strings.Cut(indices, "-")
	n, err := strconv.Atoi(last)
	if err != nil {
		return "", fmt.Errorf("array %q", indices)
	}
	alive := len(c.alive())
	switch {
	case c.refuse != "":
		return "", &refusal{command: "sbatch", words: c.refuse}
	case n+1 > c.most:
		return "", &refusal{command: "sbatch", words: "sbatch: error: Batch job submission failed: Invalid job array specification"}
	case c.limit > 0 && alive+n+1 > c.limit:
		return "", &refusal{command: "sbatch", words: "sbatch: error: AssocMaxSubmitJobLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)"}
	}
	c.jobs++
	for i := range n + 1 {
		t := &fakeTask{
			task:   task{Job: option(args, "job-name"), ID: fmt.Sprintf("%d_%d", c.jobs, i), Index: i, State: "PENDING", Reason: "None"},
			script: option(args, "wrap"), dir: option(args, "chdir"), log: strings.NewReplacer("%%", "%", "%a", strconv.Itoa(i)).Replace(option(args, "output")),
		}
		c.tasks = append(c.tasks, t)
		c.launch(t)
	}
	return fmt.Sprintln(c.jobs), nil
}

// launch begins a task.
func (c *cluster) launch(t *fakeTask) {
	t.begun++
	if c.begin != nil {
		if state := c.begin(t); state != "" {
			t.State, t.Reason, _ = strings.Cut(state, " ")
			return
		}
	}
	log, err := os.OpenFile(t.log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		c.t.Error(err)
		return
	}
	s := exec.Command("sh", "-c", t.script)
	s.Dir, s.Stdout, s.Stderr = t.dir, log, log
	job, _, _ := strings.Cut(t.ID, "_")
	s.Env = append(os.Environ(), "SLURM_ARRAY_JOB_ID="+job, fmt.Sprintf("SLURM_ARRAY_TASK_ID=%d", t.Index))
	if err := s.Start(); err != nil {
		c.t.Error(err)
		return
	}
	t.State, t.Reason, t.Node, t.process = "RUNNING", "None", "n1", s.Process
	go c.await(t, s, log)
}

// await notes the end of a task's process.
func (c *cluster) await(t *fakeTask, s *exec.Cmd, log *os.File) {
	err := s.Wait()
	log.Close()
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.process = nil; t.State != "RUNNING" {
		return // it was ended
	}
	if t.State = "COMPLETED"; err != nil {
		t.State = "FAILED"
	}
}

func (c *cluster) alive() (alive []*fakeTask) {
	for _, t := range c.tasks {
		if t.alive() {
			alive = append(alive, t)
		}
	}
	return alive
}

func (c *cluster) squeue(names, jobs string, folders bool) string {
	var b strings.Builder
	for _, t := range c.tasks {
		job, index, _ := strings.Cut(t.ID, "_")
		if !t.hidden && (slices.Contains(strings.Split(names, ","), t.Job) || slices.Contains(strings.Split(jobs, ","), job)) {
			fmt.Fprintf(&b, "%s|%s|%s|%s|%s|%s", t.Job, job, index, t.State, t.Node, t.Reason)
			if folders {
				fmt.Fprintf(&b, "|%s", t.dir)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func (c *cluster) scancel(args []string) {
	for _, t := range c.tasks {
		if !slices.Contains(args, t.ID) || !t.alive() {
			continue
		}
		if option(args, "signal") == "TERM" {
			if t.process != nil {
				_ = t.process.Signal(syscall.SIGTERM)
			}
			continue
		}
		c.endTask(t, "CANCELLED")
	}
}

// endTask ends a task in a state, without leave to save anything.
func (c *cluster) endTask(t *fakeTask, state string) {
	t.State = state
	if t.process != nil {
		_ = t.process.Kill()
	}
}

func (c *cluster) scontrol(args []string) (string, error) {
	if args[0] == "show" {
		return fmt.Sprintf("MaxArraySize            = %d\n", c.most), nil
	}
	for _, t := range c.tasks {
		if args[0] == "release" && t.ID == args[1] {
			c.launch(t)
		}
	}
	return "", nil
}

// srun starts a step.
func (c *cluster) srun(args []string, log *os.File) (process, error) {
	c.mu.Lock()
	c.calls = append(c.calls, strings.Join(args, " "))
	c.mu.Unlock()
	first := slices.IndexFunc(args[1:], func(a string) bool { return !strings.HasPrefix(a, "--") }) + 1
	return startProcess(args[first:], log)
}

// called returns the commands of a kind.
func (c *cluster) called(kind string) (calls []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, call := range c.calls {
		if strings.HasPrefix(call, kind) {
			calls = append(calls, call)
		}
	}
	return calls
}
