package run

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/pbt"
)

// Change is something in run.yaml that is otherwise than when the run was
// started. What follows from it is what a run has that was started so.
type Change struct {
	Generations int    `yaml:"generations"` // begun by then, without a finish
	Key         string `yaml:"key"`         // data.path, or a setting's
	From        string `yaml:"from"`
	To          string `yaml:"to"`
}

// String says the change.
func (c Change) String() string {
	return fmt.Sprintf("%s is %s from now on, was %s", c.Key, c.To, c.From)
}

// Change notes a change that Save writes.
func (f *Folder) Change(key, from, to string) error {
	begun, err := f.begun()
	// A copy: the header is what others hold, too.
	f.Header.Changes = append(slices.Clip(f.Header.Changes), Change{begun, key, from, to})
	f.unsaved++
	return err
}

// Save writes run.yaml if there are changes since it was read, and returns those.
func (f *Folder) Save(config any) ([]Change, error) {
	changes := f.Header.Changes[len(f.Header.Changes)-f.unsaved:]
	if len(changes) == 0 {
		return nil, nil
	}
	text, err := settings.Encode(yamlFile[any]{f.Header, config})
	if err == nil {
		err = f.write("run.yaml", text)
	}
	if err == nil {
		f.unsaved = 0
	}
	return changes, err
}

// Ends follows a search through the results on disk, and the reviews if there is a
// reviewer, who is not asked for more. It returns how many generations are begun, without
// a finish, and how many the search has if it ends among them; else it goes on, and ends
// is false.
func (f *Folder) Ends(search pbt.Search, reviewer *Reviewer) (begun, after int, ends bool, err error) {
	begun, err = f.begun()
	d := &driver{folder: f, search: search, reviewer: reviewer}
	for err == nil {
		decision := search.Next(d.history)
		if decision.Status != pbt.Continue || decision.Finish() {
			return begun, len(d.done), true, nil
		}
		if len(d.done) == begun {
			break
		}
		units := d.units(decision.Units)
		var results []Result
		var missing []Unit
		if results, missing, err = f.results(units); len(missing) > 0 {
			break
		}
		g := generation{units: units, results: results}
		var unmade *Result
		if g.review, unmade, err = d.reviewed(g); unmade != nil {
			break
		}
		d.take(g)
	}
	return begun, 0, false, err
}

// begun is how many generations are begun, without a finish.
func (f *Folder) begun() (int, error) {
	finish, n, err := f.finish()
	if finish {
		n--
	}
	return n, err
}

// finish says whether the last generation that is begun is a finish, and how many are
// begun.
func (f *Folder) finish() (is bool, begun int, err error) {
	folders, err := f.Generations()
	if err != nil || len(folders) == 0 {
		return false, 0, err
	}
	last := folders[len(folders)-1]
	u, err := f.Unit(last, 0)
	if errors.Is(err, fs.ErrNotExist) { // it was being made
		err = nil
	}
	return u.Anneal, len(folders), err
}

// DropFinish takes away the finish of a population, so that its search can be made
// longer: it has another at its later end.
func (f *Folder) DropFinish() error {
	is, begun, err := f.finish()
	if err != nil || !is {
		return err
	}
	var results, others []string
	err = filepath.WalkDir(f.path(generationDir(begun-1)), func(path string, e fs.DirEntry, err error) error {
		if e != nil && e.Name() == "result.json" {
			results = append(results, path)
		} else {
			others = append(others, path)
		}
		return err
	})
	slices.Reverse(others)
	// First the results: what has none is executed again, if this is cut short.
	for _, path := range slices.Concat(results, []string{f.path(eventsName(begun - 1))}, others) {
		if gone := durable.Remove(path); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}
