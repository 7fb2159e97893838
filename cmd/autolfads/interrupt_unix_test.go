//go:build unix

package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A command that has nothing to put away ends at the first Ctrl-C, by the signal, as programs do.
func TestInterruptedWithNothingToPutAway(t *testing.T) {
	// Much more to make than there is time before the key is pressed.
	c := command("synth", "lorenz", "--out", filepath.Join(t.TempDir(), "x.h5"), "--conditions", "10", "--trials", "100", "--neurons", "200", "--bins", "500")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // how it ended is in its state
	if status := c.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() || status.Signal() != syscall.SIGINT {
		t.Errorf("it ended with %v", c.ProcessState)
	}
}
