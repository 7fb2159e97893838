package slurmtest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/executortest"
	"github.com/autolfads/autolfads/run/slurm"
)

// unitWord makes this test binary the command that executes units: the folder of
// what they do wrong comes after it, then what the executor adds.
const unitWord = "execute-units"

// stopped is the exit code of a unit that saved and stopped: it wants to go on.
const stopped = 75

func TestMain(m *testing.M) {
	if len(os.Args) < 3 || os.Args[1] != unitWord {
		os.Exit(m.Run())
	}
	if err := executeUnits(os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		if errors.Is(err, context.Canceled) {
			os.Exit(stopped)
		}
		os.Exit(1)
	}
}

// The contract of executors, on the real queue.
func TestSlurmContract(t *testing.T) {
	allocate(t, Open(t), 12, 2)
	for _, mode := range []string{slurm.Array, slurm.Steps} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			executortest.RunLate(t, lateEpoch, factory(slurm.Site{Mode: mode}))
		})
	}
}

// lateEpoch is how long an epoch of a late unit takes: long enough for the coordinator
// to see it in the folder and for a word to come through the queue, before the unit ends.
const lateEpoch = 300 * time.Millisecond

// factory makes executors of the suite's model.
func factory(s slurm.Site) executortest.Factory {
	return func(f *run.Folder, faults string) run.Executor {
		s.Unit = []string{os.Args[0], unitWord, faults}
		s.Options = slurm.Options{{Key: "mem", Value: "50M"}} // without, one unit would take a whole node's
		s.Ask, s.Lost = time.Second, 5*time.Second
		return s.Executor(f, nil)
	}
}

// allocate makes this process one that runs in a job of so many tasks, of which each
// executor uses some at a time.
func allocate(t *testing.T, c *Cluster, tasks, each int) {
	t.Helper()
	c.Run(t, "salloc", "--no-shell", "--quiet", "--job-name=slurmtest", fmt.Sprint("--ntasks=", tasks), "--mem-per-cpu=50M")
	job := c.Run(t, "squeue", "-h", "-n", "slurmtest", "-o", "%A")
	t.Cleanup(func() { c.Run(t, "scancel", job) })
	for name, value := range map[string]string{"SLURM_JOB_ID": job, "SLURM_NTASKS": strconv.Itoa(each)} {
		if err := os.Setenv(name, value); err != nil { // T.Setenv is for tests without parallel ones
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Unsetenv(name) })
	}
}

// executeUnits does what `autolfads unit` does, for the suite's model.
func executeUnits(faults string, args []string) error {
	var members []int
	flags := flag.NewFlagSet(unitWord, flag.ContinueOnError)
	dir := flags.String("run", "", "run folder")
	generation := flags.Int("generation", 0, "of the units")
	tasks := flags.String("tasks", "", "file that says which members a task executes")
	flags.Int("threads", 1, "of a unit")
	flags.Func("member", "members, parted by commas", func(text string) error {
		for word := range strings.SplitSeq(text, ",") {
			m, err := strconv.Atoi(word)
			if err != nil {
				return err
			}
			members = append(members, m)
		}
		return nil
	})
	err := flags.Parse(args)
	if err == nil && *tasks != "" {
		members, err = slurm.Assigned(*dir, *tasks)
	}
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	for _, m := range members {
		if err := executortest.Execute(ctx, *dir, faults, *generation, m); err != nil {
			return err
		}
	}
	return nil
}
