package slurmtest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// PowerOff takes the power from a node, until the test has ended: all its processes
// are gone at once, and nobody is told.
func (c *Cluster) PowerOff(t testing.TB, node string) {
	t.Helper()
	c.do(t, "node-down", node)
	t.Cleanup(func() {
		c.do(t, "node-up", node)
		c.heal(t)
	})
}

// heal puts nodes into service that SLURM took out of it, and waits until all can take jobs.
func (c *Cluster) heal(t testing.TB) {
	t.Helper()
	Await(t, "all nodes are idle", time.Minute, func() bool {
		for _, node := range strings.Fields(c.try("sinfo", "-h", "-N", "-p", "main", "-t", "drain", "-o", "%N")) {
			c.try("scontrol", "update", "NodeName="+node, "State=RESUME") // refused while the controller has not heard of the node
		}
		states := strings.Fields(c.try("sinfo", "-h", "-N", "-p", "main", "-o", "%t"))
		return strings.Join(states, " ") == "idle idle idle"
	})
}

// AwaitSaved waits until the controller has written what it knows of jobs: it does so a few
// seconds after something has changed.
func (c *Cluster) AwaitSaved(t testing.TB) {
	t.Helper()
	began := time.Now()
	c.Run(t, "scancel", c.Run(t, "sbatch", "--parsable", "--hold", "-o", "/dev/null", "--wrap", "true")) // a change
	Await(t, "the controller has written its state", time.Minute, func() bool {
		info, err := os.Stat(filepath.Join(c.dir, "state", "job_state"))
		return err == nil && info.ModTime().After(began)
	})
}

// KillController kills the controller with -9, with what it has not written yet. While it is
// away SLURM's commands fail, and what runs goes on. StartController starts it again, and
// so does the test's end.
func (c *Cluster) KillController(t testing.TB) {
	t.Helper()
	c.do(t, "controller-down")
	t.Cleanup(func() {
		c.StartController(t)
		c.heal(t)
	})
}

// Forget takes from a controller that is away all that it knows of jobs, as if it had died
// before it wrote anything. When it is back it ends what runs on nodes, and gives new jobs the
// numbers of old ones.
func (c *Cluster) Forget(t testing.TB) {
	t.Helper()
	for _, name := range []string{"job_state", "job_state.old"} {
		if err := os.Remove(filepath.Join(c.dir, "state", name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

// StartController starts the controller if it is not there.
func (c *Cluster) StartController(t testing.TB) {
	t.Helper()
	if strings.Contains(c.try("scontrol", "ping"), "DOWN") {
		c.do(t, "controller-up")
	}
}

// Configure has the controller start anew with lines of slurm.conf ("MaxArraySize=4"), and
// once more without when the test has ended.
func (c *Cluster) Configure(t testing.TB, lines ...string) {
	t.Helper()
	configure := func(lines ...string) {
		c.do(t, append([]string{"configure"}, lines...)...)
		c.heal(t)
	}
	t.Cleanup(func() { configure() })
	configure(lines...)
}

// LimitSubmits allows this user so many jobs in the queue, tasks of arrays counted
// each, until the test has ended.
func (c *Cluster) LimitSubmits(t testing.TB, most int) { c.limit(t, "MaxSubmitJobs", most) }

// LimitWall allows each job of this user so many minutes, until the test has ended.
func (c *Cluster) LimitWall(t testing.TB, minutes int) { c.limit(t, "MaxWall", minutes) }

func (c *Cluster) limit(t testing.TB, name string, most int) {
	t.Helper()
	set := func(n int) {
		c.Run(t, "sacctmgr", "-i", "modify", "user", "root", "set", fmt.Sprint(name, "=", n))
	}
	t.Cleanup(func() { set(-1) }) // -1: no limit
	set(most)
}

// Partition makes a partition of all nodes that is down: jobs wait in it. Up opens it.
func (c *Cluster) Partition(t testing.TB, name string) {
	t.Helper()
	c.Run(t, "scontrol", "create", "PartitionName="+name, "Nodes=ALL", "State=DOWN")
	t.Cleanup(func() { c.Run(t, "scontrol", "delete", "PartitionName="+name) })
}

// Up opens a partition.
func (c *Cluster) Up(t testing.TB, partition string) {
	t.Helper()
	c.Run(t, "scontrol", "update", "PartitionName="+partition, "State=UP")
}

// FailLaunch has the next launch of a job fail. SLURM takes its node out of service, which
// is in service again when the test has ended, puts the job back into the queue, and holds it there.
func (c *Cluster) FailLaunch(t testing.TB) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(c.dir, "prolog-fails"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.heal(t) })
}

// Disk is a folder that all nodes share, on a small disk of its own.
func (c *Cluster) Disk() string { return filepath.Join(c.dir, "disk") }

// Fill fills that disk to the last byte, until free is called or the test has ended.
func (c *Cluster) Fill(t testing.TB) (free func()) {
	t.Helper()
	path := filepath.Join(c.Disk(), "full")
	free = func() {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Error(err)
		}
	}
	t.Cleanup(free)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for {
		if _, err := f.Write(make([]byte, 4096)); errors.Is(err, syscall.ENOSPC) {
			return free
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
