package slurm

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/regular"
	"github.com/autolfads/autolfads/run"
)

// The modes of a site.
const (
	Array = "array" // an array of jobs for each generation
	Steps = "steps" // steps of the job that this process is part of
)

// What a site does unless it is told otherwise.
const (
	DefaultLook  = 500 * time.Millisecond // a person notices no more; a tenth of the time at most goes into it
	DefaultAsk   = 15 * time.Second       // of all that use a cluster, none is to notice it
	DefaultLost  = 60 * time.Second       // network file systems keep what they know of a folder for up to so long
	DefaultTries = 3
	DefaultBear  = 30 * time.Minute // a maintenance, a controller that is begun again
)

// Site is a cluster as a [run.Site]. The zero value is one that has defaults for everything.
type Site struct {
	Mode    string   // Array or Steps; "": Array
	Options Options  // of sbatch, in mode Array
	Unit    []string // program that executes units, and its first arguments; nil: this one, and "unit"
	Threads int      // of a unit; 0: 1
	Members int      // in one task of an array, one after the other; 0: 1
	AtOnce  int      // tasks of an array at a time; 0: as many as SLURM starts

	Look  time.Duration // between looks at the folders of units; 0: DefaultLook
	Ask   time.Duration // between questions to the queue; 0: DefaultAsk
	Lost  time.Duration // after which a unit in no queue is sent again; 0: DefaultLost
	Tries int           // sends of a unit without an epoch between; 0: DefaultTries
	Bear  time.Duration // how long a refusal is borne of what was allowed before, and a reason to wait that hardly passes; 0: DefaultBear

	Log func(sentence string) // is told what happens; nil: nobody

	memory int64   // bytes that a unit needs; 0: not known
	slurm  command // executes commands; nil: as processes
	start  starter // starts steps; nil: as processes
}

// complete returns the site with defaults for what it leaves open.
func (s Site) complete() Site {
	s.Mode = cmp.Or(s.Mode, Array)
	s.Threads, s.Members = max(1, s.Threads), max(1, s.Members)
	s.Look, s.Ask, s.Lost = cmp.Or(s.Look, DefaultLook), cmp.Or(s.Ask, DefaultAsk), cmp.Or(s.Lost, DefaultLost)
	s.Tries, s.Bear = cmp.Or(s.Tries, DefaultTries), cmp.Or(s.Bear, DefaultBear)
	if s.slurm == nil {
		s.slurm = execute
	}
	if s.start == nil {
		s.start = startProcess
	}
	return s
}

// Check returns an error if units cannot be executed there from here.
func (s Site) Check() error {
	s = s.complete()
	needed := "sbatch"
	if s.Mode == Steps {
		needed = "srun"
		if os.Getenv("SLURM_JOB_ID") == "" {
			return errors.New("--slurm mode=steps is for a job of SLURM, and this process is part of none: submit the script that `autolfads slurm script` writes, or give --slurm mode=array, also to go on with a run that was begun in steps")
		}
	}
	if _, err := exec.LookPath(needed); err != nil {
		return fmt.Errorf("there is no %s here: run it on a login node of a cluster with SLURM, or with --executor local", needed)
	}
	return nil
}

// Share implements run.Site: units train in other processes.
func (s Site) Share(int) (workers, threads int) { return 0, s.complete().Threads }

// Sized implements run.Sizer.
func (s Site) Sized(bytes int64) run.Site {
	s.memory = bytes
	return s
}

// Executor implements run.Site.
func (s Site) Executor(f *run.Folder, _ run.Worker) run.Executor {
	return &executor{site: s.complete(), folder: f}
}

// unit is the command that executes members of a generation, without saying which.
func (s *Site) unit(dir string, generation int) ([]string, error) {
	words := s.Unit
	if words == nil {
		program, err := os.Executable()
		if err != nil {
			return nil, err
		}
		words = []string{program, "unit"}
	}
	return append(append([]string{}, words...), "--run", dir, "--generation", fmt.Sprint(generation), "--threads", fmt.Sprint(s.Threads)), nil
}

// folder is the folder of what concerns SLURM, inside the run folder.
const folder = "slurm"

const siteName = "site.json"

// mostBytes is more than any file there has that is read: a folder may hold anything.
const mostBytes = 16 << 20

// kept is the layout of slurm/site.json: how a run was executed last.
type kept struct {
	Mode    string   `json:"mode"`
	Threads int      `json:"threads"`
	Members int      `json:"members"`
	AtOnce  int      `json:"at_once,omitempty"`
	Options []string `json:"options"` // and ask and lost, where they are not the usual ones
}

// words are what Set takes of the site, but for what has a place of its own.
func (s *Site) words() []string {
	words := s.Options.Words()
	if s.Ask != DefaultAsk && s.Ask >= leastTime {
		words = append(words, "ask="+s.Ask.String())
	}
	if s.Lost != DefaultLost && s.Lost >= leastTime {
		words = append(words, "lost="+s.Lost.String())
	}
	return words
}

// keep notes how the run in dir is executed, for who goes on with it; same: so it was before.
func (s *Site) keep(dir string) (same bool, err error) {
	if err := durable.MkdirAll(filepath.Join(dir, folder)); err != nil {
		return false, err
	}
	text, err := json.MarshalIndent(kept{s.Mode, s.Threads, s.Members, s.AtOnce, s.words()}, "", "  ")
	if err != nil {
		return false, err
	}
	path := filepath.Join(dir, folder, siteName)
	if old, err := regular.Read(path, mostBytes); err == nil && string(old) == string(text)+"\n" {
		return true, nil
	}
	return false, durable.WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(append(text, '\n'))
		return err
	})
}

// Read returns how the run in dir was executed on a cluster; nil if it was not.
func Read(dir string) (*Site, error) {
	path := filepath.Join(dir, folder, siteName)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, nil // no run is there, as who is to go on with one will say
	}
	text, err := regular.Read(path, mostBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var k kept
	err = json.Unmarshal(text, &k)
	s := &Site{Mode: k.Mode, Threads: k.Threads, Members: k.Members, AtOnce: k.AtOnce}
	if err == nil && (k.Mode != Array && k.Mode != Steps || k.Threads < 1 || k.Members < 1 || k.AtOnce < 0) {
		err = errors.New("it says what cannot be meant")
	}
	for _, word := range k.Options {
		if err == nil {
			err = s.Set(word)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s was cut short or changed (%w): remove it, and say --executor slurm again", path, err)
	}
	return s, nil
}
