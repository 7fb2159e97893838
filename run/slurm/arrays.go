package slurm

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/autolfads/autolfads/run"
)

// arrays has members executed by arrays of jobs: a fleet.
//
// Questions and orders to SLURM outlast the context of the run: a submission that is cut
// short would leave a job of which nobody knows.
type arrays struct {
	site       *Site
	executor   *executor
	dir        string // run folder
	queue      queue
	log        *journal
	generation int
	sent       []submission // with members that are waited for, the oldest first
	last       int          // number of the last submission of the generation
	alive      int          // tasks in the queue when it was asked last, or sent since

	refused time.Time     // when the queue took no more; zero: it took all
	since   time.Time     // it takes no more
	room    int           // tasks that it took then
	pause   time.Duration // before it is asked to take more
}

func newArrays(e *executor, units []run.Unit, log *journal) (*arrays, error) {
	a := &arrays{site: &e.site, executor: e, dir: e.dir, queue: queue{e.site.slurm}, log: log, generation: units[0].Generation}
	if strings.Contains(e.dir, `\`) {
		return nil, fmt.Errorf("SLURM tells no files of tasks apart in a folder whose path has a backslash: give %s another name", e.dir)
	}
	earlier, last, err := a.earlier()
	a.last = last
	for _, s := range earlier {
		if slices.ContainsFunc(units, func(u run.Unit) bool { return s.has(u.Member) }) {
			a.sent = append(a.sent, s)
		}
	}
	return a, err
}

// earlier are the submissions of the generation that are on disk. On a network file system a
// folder may not be readable for a moment.
func (a *arrays) earlier() (all []submission, last int, err error) {
	for end := time.Now().Add(a.site.Lost); ; time.Sleep(a.site.Look) {
		all, last, err = submissions(a.dir, a.generation)
		if err == nil || time.Now().After(end) {
			return all, last, err
		}
		a.log.once("unreadable", "%s cannot be read (%v): it is tried again", filepath.Join(a.dir, folder), err)
	}
}

func (s *submission) has(member int) bool {
	return slices.ContainsFunc(s.Tasks, func(members []int) bool { return slices.Contains(members, member) })
}

func (a *arrays) often() time.Duration { return a.site.Ask }

func (a *arrays) woken() <-chan struct{} { return nil }

// ask implements fleet.
func (a *arrays) ask() (map[int]place, error) {
	tasks, err := a.tasks()
	if err != nil {
		return nil, err
	}
	a.alive = len(idsOf(tasks, (*task).alive))
	places := map[int]place{}
	for _, s := range a.sent { // of two, the one that is alive; else the later
		for _, t := range tasks {
			if !s.is(&t) || t.Index >= len(s.Tasks) {
				continue
			}
			for _, m := range s.Tasks[t.Index] {
				if p, has := places[m]; !has || !p.alive() || t.alive() {
					places[m] = place{t, s.log(t.Index)}
				}
			}
		}
	}
	return places, nil
}

// tasks are those of the members that are waited for.
func (a *arrays) tasks() ([]task, error) { return a.queue.of(context.Background(), a.sent) }

// idsOf are the names of tasks of a kind.
func idsOf(tasks []task, of func(*task) bool) (ids []string) {
	for _, t := range tasks {
		if of(&t) {
			ids = append(ids, t.ID)
		}
	}
	return ids
}
