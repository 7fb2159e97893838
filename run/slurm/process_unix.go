//go:build unix

package slurm

import (
	"os"
	"os/exec"
	"syscall"
)

// startProcess starts a command in a group of its own, so that Ctrl-C at a terminal
// is for this process alone, which then asks units to stop.
func startProcess(args []string, log *os.File) (process, error) {
	c := exec.Command(args[0], args[1:]...)
	c.Stdout, c.Stderr = log, log
	c.Env = within(os.Environ())
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return child{c}, c.Start()
}

// child is a process of this one.
type child struct{ *exec.Cmd }

func (c child) terminate() error { return c.Process.Signal(syscall.SIGTERM) }
func (c child) wait() error      { return c.Wait() }
