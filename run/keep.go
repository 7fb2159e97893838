package run

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/pbt"
)

// Best is the final model (best/best.json): a member, or the mean of the weights of
// several. A mean's place, epoch, score and hyper-parameters are those of the best of them.
type Best struct {
	pbt.Place
	Epoch  int       `json:"epoch"`
	Score  float64   `json:"score"`              // of the search
	Of     string    `json:"score_of,omitempty"` // what trials the score is of; "": those that validate
	Hyper  pbt.Hyper `json:"hyper"`
	SHA256 string    `json:"sha256"` // of checkpoint.safetensors

	Kind       string `json:"kind,omitempty"`        // KindMean; "": a member
	Members    []Part `json:"members,omitempty"`     // of a mean
	FinalScore *Score `json:"final_score,omitempty"` // of the final choice, in the units of Score; nil: there was none
}

// bestOf returns the member-generation that the search has come to, or nil.
func (f *Folder) bestOf(done []generation, h pbt.History) (*Best, string) {
	at, ok := f.choose(h)
	if !ok {
		return nil, ""
	}
	g := done[at.Generation]
	r := g.result(at.Member)
	hyper := g.units[slices.IndexFunc(g.units, func(u Unit) bool { return u.Member == at.Member })].Hyper
	return &Best{Place: at, Epoch: r.Epoch, Score: float64(r.Score), Of: f.Header.ScoreOf(), Hyper: hyper, SHA256: r.SHA256}, r.Checkpoint
}

// choose returns whose model the search has come to.
func (f *Folder) choose(h pbt.History) (pbt.Place, bool) { return pbt.Choose(f.search, h) }

// keepBest makes best/ hold the best member-generation so far.
func (f *Folder) keepBest(done []generation, h pbt.History) error {
	best, path := f.bestOf(done, h)
	if best == nil {
		return nil
	}
	return f.writeBest(best, path)
}

// writeBest makes best/ hold a model whose checkpoint is at path.
func (f *Folder) writeBest(best *Best, path string) error {
	if err := durable.MkdirAll(f.path("best")); err != nil {
		return err
	}
	target := filepath.Join("best", "checkpoint"+checkpointSuffix)
	if err := f.copyCheckpoint(path, target, best.SHA256, best.Place); err != nil {
		return err
	}
	return f.writeJSON(filepath.Join("best", "best.json"), best)
}

// copyCheckpoint makes target hold the checkpoint at a path, of the member at a place and
// with a checksum, unless it does.
func (f *Folder) copyCheckpoint(path, target, sha256 string, of pbt.Place) error {
	if sum, err := checkpoint.SHA256(f.path(target)); err == nil && sum == sha256 {
		return nil
	}
	sum, err := checkpoint.SHA256(f.path(path))
	if err != nil || sum != sha256 {
		return f.damaged(f.path(path), of, err)
	}
	text, err := os.ReadFile(f.path(path))
	if err != nil {
		return err
	}
	return f.write(target, text)
}

// prune removes checkpoints of all places but the needed ones, and what killed writers
// left.
func (f *Folder) prune(done []generation, needed map[pbt.Place]bool) error {
	keep := map[string]bool{}
	for _, g := range done {
		for _, r := range g.results {
			keep[r.Checkpoint] = needed[pbt.Place{Generation: r.Generation, Member: r.Member}]
		}
	}
	return filepath.WalkDir(f.path("generations"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, checkpointSuffix) && !durable.IsTemp(e.Name()) {
			return err
		}
		name, err := filepath.Rel(f.Dir, path)
		if err != nil || keep[name] {
			return err
		}
		if err := durable.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

// State is state.json: where the run stands, for readers.
type State struct {
	Generation int        `json:"generation"` // completed generations
	Status     string     `json:"status"`     // running, scoring, stopped, finished or failed
	Best       *pbt.Place `json:"best"`
	Reason     string     `json:"reason,omitempty"` // why it is not running
}

func (f *Folder) writeState(generations int, h pbt.History, status, reason string) error {
	s := State{Generation: generations, Status: status, Reason: reason}
	if best, ok := f.choose(h); ok {
		s.Best = &best
	}
	return f.writeJSON("state.json", s)
}

// Finish does what comes after the search, such as rates and scores: the run's
// status is scoring meanwhile, then finished; stopped, for the reason that the
// error gives, if there is one.
func (f *Folder) Finish(do func() error) error {
	s, err := f.State()
	if err != nil {
		return err
	}
	err = do()
	s.Status = "finished"
	if err != nil {
		s.Status, s.Reason = "stopped", err.Error()
	}
	return errors.Join(err, f.writeJSON("state.json", s))
}
