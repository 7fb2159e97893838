package slurm

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// steps has members executed by steps of the job that this process is part of: a fleet.
type steps struct {
	site       *Site
	log        *journal
	dir        string // run folder
	generation int
	slots      int // steps at a time
	wake       chan struct{}

	mu      sync.Mutex // of what follows: each step ends in a goroutine
	running map[int]process
	ended   map[int]string // state in which a member's last step ended
	silent  map[int]unasked
}

// unasked is a step that could not be begun, for srun had no answer: no try, and no fault of the
// unit. It is begun when the controller has had time to come back.
type unasked struct {
	since time.Time
	words string // what srun said
}

// unbegun is the state of such a step: SLURM has no name for it.
const unbegun = "UNBEGUN"

// process is a step under way.
type process interface {
	terminate() error
	wait() error
}

// starter starts a command that prints to a file.
type starter func(args []string, log *os.File) (process, error)

func newSteps(site *Site, log *journal, dir string, generation int) (*steps, error) {
	return &steps{
		site: site, log: log, dir: dir, generation: generation, slots: slots(os.Getenv, site.Threads),
		wake: make(chan struct{}, 1), running: map[int]process{}, ended: map[int]string{}, silent: map[int]unasked{},
	}, nil
}

// slots is how many units of so many threads a job has room for: as many as it has tasks,
// or else as its CPUs are enough for.
func slots(env func(string) string, threads int) int {
	if n, err := strconv.Atoi(env("SLURM_NTASKS")); err == nil && n > 0 {
		return n
	}
	cpus := 0
	for _, part := range strings.Split(env("SLURM_JOB_CPUS_PER_NODE"), ",") { // 16(x2),8
		each, times, _ := strings.Cut(strings.TrimSuffix(part, ")"), "(x")
		n, _ := strconv.Atoi(each)
		x, err := strconv.Atoi(times)
		if err != nil {
			x = 1
		}
		cpus += n * x
	}
	if cpus <= 0 {
		cpus = runtime.GOMAXPROCS(0)
	}
	return max(1, cpus/threads)
}

func (s *steps) often() time.Duration { return 0 }

func (s *steps) woken() <-chan struct{} { return s.wake }

// send implements fleet: never more are under way than there are slots.
func (s *steps) send(members []int) (sent []int, err error) {
	s.log.once("begun", "generation %d: %d members are sent as steps of job %s, %d at a time", s.generation, len(members), os.Getenv("SLURM_JOB_ID"), s.slots)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range members {
		if len(s.running) >= s.slots {
			break
		}
		if s.running[m] != nil {
			continue // its result is awaited, or it ends
		}
		if err := s.launch(m); err != nil {
			return sent, err
		}
		sent = append(sent, m)
	}
	return sent, nil
}

// launch starts a member's step.
func (s *steps) launch(m int) error {
	args, err := s.command(m)
	if err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(s.dir, s.printed(m)), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	p, err := s.site.start(args, log)
	if err != nil {
		log.Close()
		return err
	}
	delete(s.silent, m)
	s.running[m] = p
	go s.await(m, p, log)
	return nil
}

// await notes the end of a member's step.
func (s *steps) await(m int, p process, log *os.File) {
	state := "COMPLETED"
	if err := p.wait(); err != nil {
		state = "FAILED"
	}
	log.Close()
	said := lastLine(filepath.Join(s.dir, s.printed(m)))
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.running, m)
	s.ended[m] = state
	if state == "FAILED" && strings.HasPrefix(said, "srun:") && silence.MatchString(said) {
		s.silent[m] = unasked{time.Now(), said}
	}
	select {
	case s.wake <- struct{}{}:
	default: // it is awake
	}
}

// command is the step of a member. With --mem=0 steps share the job's memory; else the
// first one would have all of it, and the others would wait. So they would for GPUs and the like
// (GRES) that a partition makes one ask for: units need none.
func (s *steps) command(m int) ([]string, error) {
	unit, err := s.site.unit(s.dir, s.generation)
	if err != nil {
		return nil, err
	}
	args := []string{"srun", "--nodes=1", "--ntasks=1", "--exact", fmt.Sprintf("--cpus-per-task=%d", s.site.Threads), "--mem=0", "--gres=none", "--quiet"}
	return append(append(args, unit...), "--member", strconv.Itoa(m)), nil
}

func (s *steps) printed(m int) string {
	return filepath.Join(folder, fmt.Sprintf("g%03d-m%03d.log", s.generation, m))
}

// ask implements fleet. Steps that srun could not begin wait here as tasks do in a queue.
func (s *steps) ask() (map[int]place, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for m, u := range s.silent {
		if time.Since(u.since) < s.site.Ask || len(s.running) >= s.slots {
			continue
		}
		if err := s.launch(m); err != nil {
			return nil, err
		}
	}
	places := map[int]place{}
	for m, state := range s.ended {
		places[m] = s.place(m, state)
	}
	for m, u := range s.silent {
		places[m] = s.place(m, unbegun)
		s.log.once("silent", "SLURM does not answer (%s): steps are begun when it does; what is executed goes on", u.words)
	}
	for m := range s.running {
		places[m] = s.place(m, "RUNNING")
	}
	return places, nil
}

func (s *steps) place(m int, state string) place {
	return place{task{ID: fmt.Sprintf("srun of member %d", m), State: state}, s.printed(m)}
}

// leave implements fleet: steps end with the job of this process.
func (s *steps) leave() { s.stop() }

// stop implements fleet: srun passes the signal on to its unit, which finishes its epoch.
func (s *steps) stop() {
	s.mu.Lock()
	for _, p := range s.running {
		_ = p.terminate() // it may have ended
	}
	s.mu.Unlock()
	late := time.After(s.site.Lost)
	for s.left() > 0 {
		select {
		case <-s.wake:
		case <-late:
			s.log.say("generation %d: %d steps of job %s have not ended yet: they are waited for until the ends of their epochs; `scancel JOB.STEP` ends one that hangs (`squeue --steps` shows them)", s.generation, s.left(), os.Getenv("SLURM_JOB_ID"))
		}
	}
}

func (s *steps) left() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.running)
}

// finish implements fleet: a step whose unit has its result ends by itself, and one that
// does not must not keep the next generation from its slot.
func (s *steps) finish(ctx context.Context, _ bool) {
	ctx, cancel := context.WithTimeout(ctx, aMoment)
	defer cancel()
	for s.left() > 0 {
		select {
		case <-s.wake:
		case <-ctx.Done():
			s.stop()
			return
		}
	}
}
