package slurmtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
)

// Variable names the folder of the SLURM that runs, in the environment.
const Variable = "AUTOLFADS_SLURM"

// Cluster is the SLURM that tests may break.
type Cluster struct{ dir string }

// Open returns the SLURM of this test's environment; without one the test is
// skipped. What it and its queue said last is logged if the test fails.
func Open(t testing.TB) *Cluster {
	t.Helper()
	dir := os.Getenv(Variable)
	if dir == "" {
		t.Skip("needs a SLURM: run it by `make slurm`")
	}
	if conf := filepath.Join(dir, "slurm.conf"); os.Getenv("SLURM_CONF") != conf {
		t.Fatalf("SLURM_CONF must be %s, the file of the SLURM in %s", conf, Variable)
	}
	c := &Cluster{dir}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the queue, and the end of the controller's log:\n%s\n%s", c.try("squeue", "-r"), c.try("tail", "-n", "30", filepath.Join(dir, "slurmctld.log")))
		}
	})
	return c
}

// Run runs one of SLURM's commands, which must succeed, and returns what it prints.
func (c *Cluster) Run(t testing.TB, name string, args ...string) string {
	t.Helper()
	var stderr strings.Builder
	command := exec.Command(name, args...)
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out, &stderr)
	}
	return strings.TrimSpace(string(out))
}

// try is Run for what may fail: it returns all that the command says.
func (c *Cluster) try(name string, args ...string) string {
	out, _ := exec.Command(name, args...).CombinedOutput()
	return string(out)
}

// Await waits until something is so, for at most a limit.
func Await(t testing.TB, what string, limit time.Duration, is func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%v have passed, and still not: %s", limit, what)
		}
	}
}

// do has .ci/slurm/cluster do something.
func (c *Cluster) do(t testing.TB, args ...string) {
	t.Helper()
	c.Run(t, filepath.Join(testenv.Root(), ".ci", "slurm", "cluster"), append([]string{c.dir}, args...)...)
}
