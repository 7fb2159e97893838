package main

import (
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// A killed process whose parent never asks how it ended still has its number: it
// drives nothing any more.
func TestStatusOfUnreapedRun(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	c, _ := startAndWait(t, 2, tinyRun(t, dir, tinyData(t, dir), out, "--set", "pbt.max_generations=1000", "--set", "pbt.stop_generations=1000")...)
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := unix.Waitid(unix.P_PID, c.Process.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil); err != nil {
		t.Fatal(err)
	}
	if s := status(t, out); s.Status != "killed" {
		t.Errorf("status is %q", s.Status)
	}
	if err := c.Wait(); err == nil || c.ProcessState.Exited() {
		t.Errorf("it was not there to kill: %v", err)
	}
}
