package run

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/pbt"
)

// Model is a model that a search has come to, and its checkpoint.
type Model struct {
	pbt.Place
	Epoch    int        `json:"epoch"`
	Score    Score      `json:"score"` // NaN: it diverged
	Hyper    pbt.Hyper  `json:"hyper,omitempty"`
	Anneal   bool       `json:"anneal,omitempty"`      // its learning rate fell: a finish
	Best     bool       `json:"best"`                  // the search's choice
	Final    *Score     `json:"final_score,omitempty"` // of it, in a final choice; nil: there was none
	MeanOf   []Part     `json:"mean_of,omitempty"`     // whose mean weights it has; nil: its own. Place, epoch, score and the rest are the best of these members'
	Founder  pbt.Place  `json:"founder"`               // where its line began, with fresh parameters
	CopiedOf *pbt.Place `json:"copied_of,omitempty"`   // whose place its line took last; nil: nobody's

	Checkpoint string `json:"-"` // in the run folder; "": there is none
	SHA256     string `json:"-"` // that it should have
}

// Models returns the models that a search has come to: the members of a population at
// the end of its last finished generation, and of a finish, and its best if that is none of them; all
// models that trained alone. Not all have a checkpoint: some diverged, and of
// generations long past a run keeps the best alone.
func (f Files) Models() ([]Model, error) {
	finished, err := f.finished()
	if err != nil {
		return nil, err
	}
	var models []Model
	for _, g := range finished {
		for i := range g.units {
			m, err := f.model(g.units[i], &g.results[i])
			if err != nil {
				return nil, err
			}
			models = append(models, m)
		}
	}
	return f.markBest(models)
}

// finished returns the generations whose models are the outcome: the last one that has
// all results, and, of a finish, the one before; or, of models that train alone, all of these.
func (f Files) finished() (out []generation, err error) {
	numbers, err := f.Generations()
	if err != nil {
		return nil, err
	}
	for _, number := range slices.Backward(numbers) {
		g, err := f.whole(number)
		if err != nil {
			return nil, err
		}
		if len(g.units) == 0 {
			continue
		}
		out = append(out, g)
		if !g.units[0].Single && !g.finish() {
			break
		}
	}
	slices.Reverse(out)
	return out, nil
}

// whole returns a generation with all its results; empty if one is missing.
func (f Files) whole(number int) (g generation, err error) {
	members, err := f.Members(number)
	if err != nil {
		return g, err
	}
	for _, m := range members {
		u, err := f.Unit(number, m)
		if errors.Is(err, fs.ErrNotExist) {
			return generation{}, nil // its folder was made a moment ago
		}
		if err != nil {
			return g, err
		}
		g.units = append(g.units, u)
	}
	var missing []Unit
	g.results, missing, err = f.results(g.units)
	if len(missing) > 0 {
		return generation{}, err
	}
	return g, err
}

// model is a unit with its result and ancestors.
func (f Files) model(u Unit, r *Result) (Model, error) {
	m := Model{Place: pbt.Place{Generation: u.Generation, Member: u.Member}, Epoch: r.Epoch, Score: r.Score, Hyper: u.Hyper, Anneal: u.Anneal}
	if r.Checkpoint != "" && exists(f.path(r.Checkpoint)) {
		m.Checkpoint, m.SHA256 = r.Checkpoint, r.SHA256
	}
	return m, f.trace(u, &m)
}

// trace follows the line of a model back to where it began.
func (f Files) trace(u Unit, m *Model) (err error) {
	for u.Parent != nil {
		if u.Copied && m.CopiedOf == nil {
			m.CopiedOf = &u.Parent.Place
		}
		if u, err = f.Unit(u.Parent.Generation, u.Parent.Member); err != nil {
			return err
		}
	}
	m.Founder = pbt.Place{Generation: u.Generation, Member: u.Member}
	return nil
}

// markBest marks the search's choice, and adds it if it is none of the models.
func (f Files) markBest(models []Model) ([]Model, error) {
	best, err := f.Best()
	if err != nil || best == nil {
		return models, err
	}
	i := slices.IndexFunc(models, func(m Model) bool { return m.Place == best.Place && best.Kind != KindMean })
	if i < 0 {
		u, err := f.Unit(best.Generation, best.Member)
		if err != nil {
			return nil, err
		}
		m, err := f.model(u, &Result{Epoch: best.Epoch, Score: Score(best.Score)})
		if err != nil {
			return nil, err
		}
		m.MeanOf = best.Members
		models, i = append(models, m), len(models)
	}
	models[i].Best, models[i].Final = true, best.FinalScore
	models[i].Checkpoint, models[i].SHA256 = filepath.Join("best", "checkpoint"+checkpointSuffix), best.SHA256
	slices.SortStableFunc(models, func(a, b Model) int {
		return cmp.Or(cmp.Compare(a.Generation, b.Generation), cmp.Compare(a.Member, b.Member))
	})
	return models, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// ReadModel reads a model's checkpoint, as it was when the run wrote it.
func (f Files) ReadModel(m *Model) (*checkpoint.State, error) {
	path := f.path(m.Checkpoint)
	sum, err := checkpoint.SHA256(path)
	if err != nil || sum != m.SHA256 {
		return nil, f.damaged(path, m.Place, err)
	}
	return checkpoint.Read(path)
}

// KeepModels makes models/ hold the checkpoints of the last generation's members, by
// their numbers.
func (f *Folder) KeepModels() error {
	all, err := f.Models()
	if err == nil {
		err = durable.MkdirAll(f.path("models"))
	}
	if err != nil {
		return err
	}
	last := all[len(all)-1].Generation
	for _, m := range all {
		if m.Generation != last || m.Checkpoint == "" {
			continue
		}
		target := filepath.Join("models", fmt.Sprintf("member-%03d%s", m.Member, checkpointSuffix))
		if err := f.copyCheckpoint(m.Checkpoint, target, m.SHA256, m.Place); err != nil {
			return err
		}
	}
	return nil
}
