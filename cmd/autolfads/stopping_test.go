package main

import (
	"bufio"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads/internal/testenv"
	"github.com/autolfads/autolfads/run"
)

// Ctrl-C in the middle of an epoch says at once what it waits for; a second one
// ends the program there and then, and the run goes on with the same bits.
func TestSecondInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no signals")
	}
	dir := testenv.MemoryDir(t)
	data, whole, out := bareData(t, dir), filepath.Join(dir, "whole"), filepath.Join(dir, "out")
	carryOn(t, bareRun(data, whole)...)
	c := broken("hang 1 2", bareRun(data, out)...)
	stderr, err := c.StderrPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	for _, want := range []string{hanging, "press Ctrl-C again to stop at once"} {
		for !strings.Contains(lines.Text(), want) {
			if !lines.Scan() {
				t.Fatalf("it never says %q", want)
			}
		}
		if err := c.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Wait(); err == nil || c.ProcessState.Exited() {
		t.Errorf("%v: a second Ctrl-C did not end it", err)
	}
	if s := status(t, out); s.Status != "killed" || s.Generation != 1 {
		t.Errorf("%+v", s)
	}
	carryOn(t, goOnWith(out)...)
	sameFiles(t, "interrupted twice", promised(t, out), promised(t, whole))
}

// The time that the epochs under way still take, from reports of two members.
func TestEpochsLeft(t *testing.T) {
	var c epochClock
	start := time.Unix(0, 0)
	for _, e := range []struct {
		kind               run.EventKind
		at, member, done   int // seconds
		askedAt, wantsLeft int
	}{
		{run.EpochDone, 0, 0, 0, 5, 0}, // it has begun: not known yet
		{run.EpochDone, 10, 0, 1, 13, 7},
		{run.EpochDone, 10, 1, 0, 13, 7},
		{run.EpochDone, 40, 1, 1, 45, 25},
		{run.GenerationDone, 50, 0, 0, 50, 20},
		{run.EpochDone, 100, 0, 0, 104, 6}, // waiting is no epoch
		{run.Finished, 200, 0, 0, 200, 0},
	} {
		progress := run.Progress{Member: e.member, Done: e.done}
		c.event(run.Event{Kind: e.kind, Progress: progress}, start.Add(time.Duration(e.at)*time.Second))
		if got := c.left(start.Add(time.Duration(e.askedAt) * time.Second)); got != time.Duration(e.wantsLeft)*time.Second {
			t.Errorf("after %+v: %v left", e, got)
		}
	}
}
