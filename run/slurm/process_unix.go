//go:build unix

package slurm

import (
	"os"
	"os/exec"
	"syscall"
)

// apart has a command be of a process group of its own, so that Ctrl-C at a terminal is for this process
// alone, which then says to SLURM, and to units, what is to be done.
func apart(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// startProcess starts a step.
func startProcess(args []string, log *os.File) (process, error) {
	c := exec.Command(args[0], args[1:]...)
	c.Stdout, c.Stderr = log, log
	c.Env = within(os.Environ())
	apart(c)
	return child{c}, c.Start()
}

// child is a process of this one.
type child struct{ *exec.Cmd }

func (c child) terminate() error { return c.Process.Signal(syscall.SIGTERM) }
func (c child) wait() error      { return c.Wait() }
