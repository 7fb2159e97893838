package paper

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/durable"
)

// Lab makes what experiments are made of, on demand and in one folder: data sets, runs,
// rates, scores. What is there is not made again.
type Lab struct {
	Dir       string
	Scale     Scale
	Given     string               // data file that takes the place of what the experiment makes; "": none
	File      autolfads.DataConfig // what that leaves open
	Resources autolfads.Resources
	// Watch is told of a run that begins or goes on; it returns who watches it. Nil: nobody
	// does.
	Watch func(s Step) autolfads.Observer

	experiment string
	begun, of  int // runs of the experiment
}

// Step is a run under way.
type Step struct {
	Experiment string
	Run        string // what it is
	Dir        string // its folder
	Number, Of int    // which run of how many, from 0
}

// Set is a data set that runs are of.
type Set struct {
	Name   string `json:"name"` // of its file
	SHA256 string `json:"sha256"`
	Made   string `json:"made,omitempty"` // how, in words; "": it was given

	path string
	file autolfads.DataConfig
}

// The folders of a lab.
const (
	dataDir    = "data"
	runsDir    = "runs"
	waysDir    = "ways"
	scoresDir  = "scores"
	ratesDir   = "rates"
	resultsDir = "results"
	figuresDir = "figures"
)

// open makes the folders.
func (l *Lab) open() error {
	var all error
	for _, name := range []string{dataDir, runsDir, waysDir, scoresDir, ratesDir, resultsDir, figuresDir} {
		all = errors.Join(all, durable.MkdirAll(filepath.Join(l.Dir, name)))
	}
	return all
}

// path is that of a file in one of the folders.
func (l *Lab) path(folder, name string) string { return filepath.Join(l.Dir, folder, name) }

// Synthetic returns a data set that is made, and says in words how. Its name must name all
// that it depends on: a set that is there is taken by its name.
func (l *Lab) Synthetic(name, how string, generate func() (*dataset.Dataset, error)) (*Set, error) {
	path := l.path(dataDir, name+".h5")
	if !exists(path) {
		d, err := generate()
		if err == nil {
			d.Name = name
			err = d.Write(path)
		}
		if err != nil {
			return nil, fmt.Errorf("data set %s: %w", name, err)
		}
	}
	return newSet(path, how, autolfads.DataConfig{})
}

// GivenSet returns the data set that was given, which must have training and validation
// trials; nil: none was.
func (l *Lab) GivenSet() (*Set, error) {
	if l.Given == "" {
		return nil, nil
	}
	s, err := newSet(l.Given, "", l.File)
	if err != nil {
		return nil, err
	}
	d, err := s.Load()
	if err == nil && (d.Train == nil || d.Valid == nil) {
		err = fmt.Errorf("%s has no training and validation trials", l.Given)
	}
	return s, err
}

// newSet is the set in a file.
func newSet(path, how string, file autolfads.DataConfig) (*Set, error) {
	sum, err := checkpoint.SHA256(path)
	return &Set{Name: filepath.Base(path), SHA256: sum, Made: how, path: path, file: file}, err
}

// Load reads the set.
func (s *Set) Load() (*dataset.Dataset, error) { return s.file.Load(s.path) }

// stem is the set's name without its ending.
func (s *Set) stem() string { return strings.TrimSuffix(s.Name, filepath.Ext(s.Name)) }

// content names what is in a set that was given; of nil, that none was.
func (s *Set) content() string {
	if s == nil {
		return "of its own"
	}
	return fmt.Sprintf("with SHA-256 %.12s", s.SHA256)
}

// step tells of a run that begins, and returns with what it is carried out.
func (l *Lab) step(run, dir string) autolfads.Resources {
	r := l.Resources
	if l.Watch != nil {
		r.Observer = l.Watch(Step{l.experiment, run, dir, l.begun, l.of})
	}
	return r
}

// exists reports whether there is something at a path.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
