package run

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"time"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/pbt"
)

// session is an attempt of [Training] under way.
//
// The newest checkpoint and the one before it stay, in case the newest turns
// out damaged; so do the best states that they refer to.
// What a checkpoint relies on, metrics and best state, is on disk before it.
type session struct {
	attempt *Attempt
	from    From // where it began
	log     *epochLog
	at      Epoch // the last completed epoch

	logged   []byte            // metrics of the epochs before it began
	newest   string            // path of the newest checkpoint of this unit, inside the run folder
	best     *checkpoint.State // of a unit that keeps it; nil: none yet
	bestPath string            // "" until best is saved
	kept     []keptFiles       // this attempt's checkpoints, oldest first

	savedAt time.Time
	took    time.Duration // the last epoch
}

// keptFiles is a checkpoint and the best state it refers to, if any.
type keptFiles struct{ epoch, best string }

// begin finds where the attempt goes on: the newest whole checkpoint of an
// earlier attempt that has the metrics till then, else the parent, else nothing.
func begin(a *Attempt) (*session, error) {
	s := &session{attempt: a, savedAt: time.Now()}
	err := s.resume()
	if err == nil && s.from.State == nil && a.Unit.Parent != nil {
		s.from.State, err = a.parent()
	}
	if err != nil {
		return nil, err
	}
	if state := s.from.State; state != nil {
		s.at = Epoch{Epoch: state.Epoch, Score: state.Score}
	}
	if s.from.Own {
		s.at.Schedule = s.from.State.Schedule
	}
	s.log, err = a.openLog(s.logged)
	return s, err
}

// resume restores the newest whole checkpoint of an earlier attempt, if there
// is one.
func (s *session) resume() error {
	f, u := s.attempt.run, s.attempt.Unit
	list, err := f.checkpoints(u)
	if err != nil {
		return err
	}
	for _, c := range list {
		state, err := checkpoint.Read(f.path(c.path()))
		if err != nil || state.Epoch != c.epoch || !maps.Equal(state.Hyper, u.Hyper) {
			continue // damaged: the one before it will do
		}
		lines, whole := f.logged(u, c.dir, state.Epoch)
		if !whole {
			continue
		}
		if u.keepsBest() && !s.resumeBest(c.dir, state.Schedule.BestEpoch) {
			continue
		}
		s.from, s.newest, s.logged = From{state, true}, c.path(), lines
		return nil
	}
	return nil
}

// resumeBest restores the best state, of the given epoch.
// It reports false if the attempt's folder does not hold it.
func (s *session) resumeBest(dir string, epoch int) bool {
	if epoch == 0 {
		return true // there was none yet
	}
	path := filepath.Join(dir, epochFile("best", epoch))
	best, err := checkpoint.Read(s.attempt.run.path(path))
	if err != nil || best.Epoch != epoch {
		return false
	}
	s.best, s.bestPath = best, path
	return true
}

// parent reads the checkpoint of the unit's parent.
func (a *Attempt) parent() (*checkpoint.State, error) {
	p := a.Unit.Parent
	path := a.run.path(p.Checkpoint)
	sum, err := checkpoint.SHA256(path)
	if err != nil || sum != p.SHA256 {
		return nil, a.run.damaged(path, p.Place, err)
	}
	return checkpoint.Read(path)
}

// damaged is the error for a checkpoint that is not what the result of the unit
// at that place says it is, or (cause) cannot be read.
func (f Files) damaged(path string, at pbt.Place, cause error) error {
	if cause == nil {
		cause = errors.New("its SHA-256 is not the one noted")
	}
	result := f.path(filepath.Join(Unit{Generation: at.Generation, Member: at.Member}.dir(), "result.json"))
	return fmt.Errorf("checkpoint %s was cut short, changed or removed (%w): remove %s and go on with `autolfads resume %s`, which trains it again with the same result",
		path, cause, result, f.Dir)
}

func (s *session) progress() Progress {
	u := s.attempt.Unit
	return Progress{u.Generation, u.Member, s.at.Epoch, s.done(), u.Epochs, s.at.Score, u.Anneal}
}

// done is the number of completed epochs of the unit.
func (s *session) done() int { return s.at.Epoch - s.attempt.Unit.FirstEpoch }

func (s *session) finished() bool {
	return s.done() >= s.attempt.Unit.Epochs || s.attempt.Unit.Single && s.at.Schedule.Stopped
}

// epoch trains one epoch.
func (s *session) epoch(ctx context.Context, member Member) error {
	start := time.Now()
	e, err := member.RunEpoch(ctx)
	if err != nil {
		return err
	}
	if math.IsNaN(e.Score) || math.IsInf(e.Score, 0) {
		return &Diverged{Tensor: "score", Epoch: e.Epoch, Step: member.State().Step}
	}
	s.at, s.took = e, time.Since(start)
	if s.attempt.Unit.keepsBest() && e.Schedule.BestEpoch == e.Epoch {
		s.best, s.bestPath = member.State(), ""
	}
	return s.log.write(s.attempt.Unit, e, s.took)
}

// due reports whether a checkpoint must be written now, because after the next
// epoch it would be too late.
func (s *session) due(every time.Duration) bool {
	return time.Since(s.savedAt)+s.took >= every
}

// save writes a checkpoint unless the newest one is of this very epoch. If it cannot be
// written, the best state before it goes, too: nothing refers to that, and on a full disk
// each attempt would leave one behind.
func (s *session) save(member Member) error {
	if s.from.State != nil && s.at.Epoch == s.from.State.Epoch || s.at.Epoch == 0 {
		return nil // nothing was trained in this attempt
	}
	path := saved{s.attempt.dir, s.at.Epoch}.path()
	if path == s.newest {
		return nil
	}
	before := s.bestPath
	if err := errors.Join(s.log.sync(), s.saveBest()); err != nil {
		return err
	}
	if err := s.write(path, member.State()); err != nil {
		if s.bestPath != before {
			err = errors.Join(err, durable.Remove(s.attempt.run.path(s.bestPath)))
		}
		return err
	}
	s.newest, s.savedAt = path, time.Now()
	return s.forget(keptFiles{path, s.bestPath})
}

// saveBest writes the best state into this attempt's folder, if it is not there.
func (s *session) saveBest() error {
	if s.best == nil {
		return nil
	}
	path := filepath.Join(s.attempt.dir, epochFile("best", s.best.Epoch))
	if path == s.bestPath {
		return nil
	}
	s.bestPath = path
	return s.write(path, s.best)
}

// write puts a state of this unit on disk.
func (s *session) write(path string, state *checkpoint.State) error {
	state.Hyper = s.attempt.Unit.Hyper
	return checkpoint.Write(s.attempt.run.path(path), state)
}

// forget notes the files of a new checkpoint and removes those of the last but
// two.
func (s *session) forget(files keptFiles) error {
	s.kept = append(s.kept, files)
	if len(s.kept) < 3 {
		return nil
	}
	old := s.kept[0]
	s.kept = s.kept[1:]
	err := durable.Remove(s.attempt.run.path(old.epoch))
	if old.best != "" && old.best != s.kept[0].best {
		err = errors.Join(err, durable.Remove(s.attempt.run.path(old.best)))
	}
	return err
}

// result returns what the unit came to. A model on its own that diverged after
// a good epoch still has that epoch; a member of a population takes another's place.
func (s *session) result(diverged *Diverged) (Result, error) {
	u := s.attempt.Unit
	r := Result{
		Generation: u.Generation, Member: u.Member, Score: Score(math.NaN()), Epoch: s.at.Epoch,
		Epochs: s.done(), Metrics: s.log.path, Diverged: diverged,
	}
	switch {
	case s.best != nil && (u.Single || diverged == nil):
		if s.bestPath == "" { // an earlier attempt may have saved it
			if err := s.saveBest(); err != nil {
				return r, err
			}
		}
		r.Checkpoint, r.Epoch, r.Score = s.bestPath, s.best.Epoch, Score(s.best.Score)
	case diverged == nil:
		r.Checkpoint, r.Score = s.newest, Score(s.at.Score)
	}
	var err error
	if r.Checkpoint != "" {
		r.SHA256, err = checkpoint.SHA256(s.attempt.run.path(r.Checkpoint))
	}
	return r, errors.Join(err, s.log.sync())
}
