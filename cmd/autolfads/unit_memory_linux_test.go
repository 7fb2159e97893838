package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/run"
)

// weighed is a site where each unit is a process of the built program that is weighed: the most
// memory that one had in RAM. As a cluster would, it is told what a unit needs, and tells the unit.
type weighed struct {
	share       float64 // of what is asked for, that units are told
	asked, most int64   // bytes
}

func (*weighed) Share(int) (workers, threads int) { return 0, 1 }

func (w *weighed) Sized(bytes int64) run.Site {
	w.asked = bytes
	return w
}

func (w *weighed) Executor(f *run.Folder, _ run.Worker) run.Executor { return &scales{w, f.Dir} }

type scales struct {
	site *weighed
	dir  string
}

// Execute implements run.Executor.
func (s *scales) Execute(_ context.Context, units []run.Unit, _ func(run.Progress)) error {
	for _, u := range units {
		c := command("unit", "--run", s.dir, "--generation", fmt.Sprint(u.Generation), "--member", fmt.Sprint(u.Member), "--threads", "1")
		c.Env = append(os.Environ(), fmt.Sprintf("SLURM_MEM_PER_NODE=%.0f", s.site.share*float64(s.site.asked>>20)))
		var out bytes.Buffer
		c.Stdout, c.Stderr = &out, &out
		if err := c.Start(); err != nil {
			return err
		}
		ended := make(chan error)
		go func() { ended <- c.Wait() }()
		if err := s.weigh(c.Process.Pid, ended); err != nil {
			return fmt.Errorf("%s: %w\n%s", u, err, out.String())
		}
	}
	if units[0].Generation == 1 {
		return errWeighed
	}
	return nil
}

// errWeighed ends a run when it has units with parents behind it: what follows is not weighed.
var errWeighed = errors.New("weighed")

// weigh looks at a process until it has ended. (What the system says of processes that have ended
// counts the memory of the one that began them, too.) Of its last moments it sees nothing; there a unit
// reads its checkpoint for a checksum, and takes no more.
func (s *scales) weigh(process int, ended <-chan error) error {
	for {
		select {
		case err := <-ended:
			return err
		case <-time.After(5 * time.Millisecond):
		}
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
		for line := range strings.Lines(string(text)) {
			if words := strings.Fields(line); len(words) > 1 && words[0] == "VmHWM:" {
				kib, _ := strconv.ParseInt(words[1], 10, 64)
				s.site.most = max(s.site.most, kib<<10)
			}
		}
	}
}

// weighUnits runs two generations of two members of a width, on data of so many trials of 20 bins of 400
// neurons, as units that are told a share of what is asked for them.
func weighUnits(t *testing.T, width, trials int, share float64) (asked, most int64) {
	t.Helper()
	site := &weighed{share: share}
	job := small(t, site)
	job.Data = filepath.Join(t.TempDir(), "trials.h5")
	succeed(t, "synth", "lorenz", "--out", job.Data, "--conditions", "4", "--trials", fmt.Sprint(trials/4), "--neurons", "400", "--bins", "20")
	c := config.Default()
	c.Model.GeneratorDim, c.Model.ICEncoderDim = width, width
	c.Train, c.Infer, c.PBT = job.Config.Train, job.Config.Infer, job.Config.PBT
	c.PBT.Members, c.PBT.MaxGenerations, c.PBT.StopErrors, c.PBT.FinalDraws = 2, 2, 0, 0
	job.Config = c
	if _, err := autolfads.Start(t.Context(), job); !errors.Is(err, errWeighed) {
		t.Fatal(err)
	}
	t.Logf("width %d, %d trials: %d MiB asked for, of which units are told %v; %d MiB at most in RAM", width, trials, site.asked>>20, share, site.most>>20)
	return site.asked, site.most
}

// What is asked for a unit is more than it ever has in RAM, with its program, data, checkpoints
// that are read and written and what the collector has not taken back.
func TestMemoryOfUnits(t *testing.T) {
	for name, c := range map[string]struct{ width, trials int }{"small": {64, 40}, "large": {512, 40}, "many trials": {16, 800}} {
		t.Run(name, func(t *testing.T) {
			if asked, most := weighUnits(t, c.width, c.trials, 1); most > asked || most < 1<<20 {
				t.Errorf("a unit had %d bytes in RAM, and %d are asked for", most, asked)
			}
		})
	}
}

// A unit that SLURM gives less keeps its garbage within that, as long as there is room for what it
// holds.
func TestUnitsKeepToTheirMemory(t *testing.T) {
	const share = .75
	if asked, most := weighUnits(t, 512, 40, share); float64(most) > share*float64(asked) {
		t.Errorf("a unit had %d bytes in RAM, and was told that it has %v of %d", most, share, asked)
	}
}
