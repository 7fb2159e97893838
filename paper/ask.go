package paper

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/baseline"
	"github.com/autolfads/autolfads/compare"
	"github.com/autolfads/autolfads/experiment"
	"github.com/autolfads/autolfads/outputs"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// Models scores every model of a run on validation trials. It is kept beside the runs: a
// file that is no comparison is made again.
func (l *Lab) Models(ctx context.Context, r *Run) (*compare.Comparison, error) {
	path := l.path(scoresDir, filepath.Base(r.dir)+".json")
	if text, err := os.ReadFile(path); err == nil {
		c := &compare.Comparison{}
		if json.Unmarshal(text, c) == nil && len(c.Models) > 0 {
			return c, nil
		}
	}
	c, err := autolfads.CompareModels(ctx, autolfads.Comparison{Dir: r.dir, Resources: l.quiet()})
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return c, experiment.WriteText(path, string(text)+"\n")
}

// quiet are the lab's resources without anybody who watches.
func (l *Lab) quiet() autolfads.Resources {
	r := l.Resources
	r.Observer = autolfads.Observer{}
	return r
}

// Rates returns what a model that a run has come to says of its data: rates and factors of
// all trials.
func (l *Lab) Rates(ctx context.Context, r *Run, of pbt.Place) (*outputs.File, error) {
	path := l.path(ratesDir, fmt.Sprintf("%s-%03d-%03d.h5", filepath.Base(r.dir), of.Generation, of.Member))
	if !exists(path) {
		from, err := r.checkpoint(of)
		if err != nil {
			return nil, err
		}
		if err := autolfads.Infer(ctx, autolfads.Inference{From: from, Data: r.Set.path, Out: path, File: r.Set.file, Resources: l.quiet()}); err != nil {
			return nil, err
		}
	}
	d, err := r.Set.Load()
	if err != nil {
		return nil, err
	}
	return outputs.Read(path, d)
}

// checkpoint is the path of a model's.
func (r *Run) checkpoint(of pbt.Place) (string, error) {
	models, err := run.Files{Dir: r.dir}.Models()
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(models, func(m run.Model) bool { return m.Place == of && m.Checkpoint != "" })
	if i < 0 {
		return "", fmt.Errorf("%s keeps no checkpoint of member %d of generation %d", r.dir, of.Member, of.Generation)
	}
	return filepath.Join(r.dir, models[i].Checkpoint), nil
}

// madeOf tells files that are made of a set by this version from those of other ones that
// have its name. Folders of runs, by which other files are called, have the same in theirs.
func madeOf(s *Set) string {
	sum := sha256.Sum256([]byte(autolfads.Version + "\n" + s.SHA256))
	return fmt.Sprintf("%.4x", sum[:4])
}

// Baseline returns the file of a method's rates of a set, which [Lab.Evaluate] takes.
func (l *Lab) Baseline(ctx context.Context, s *Set, name string, m baseline.Method) (path string, err error) {
	path = l.path(ratesDir, s.stem()+"-"+name+"-"+madeOf(s)+".h5")
	if exists(path) {
		return path, nil
	}
	_, err = autolfads.EstimateBaseline(ctx, autolfads.Baseline{Name: name, Method: m, Data: s.path, Out: path, File: s.file})
	return path, err
}

// Folder is where the run lies, once it is trained: [Lab.Evaluate] takes it.
func (r *Run) Folder() string { return r.dir }

// intervalDraws is by how many draws of trials intervals are made.
const intervalDraws = 1000

// Evaluate scores rates of a set beside each other, the first as the model and the others
// as its rivals: run folders, and files of rates. What it returns has the rates, too
// (Candidates), and what is decoded from them.
func (l *Lab) Evaluate(ctx context.Context, s *Set, files ...string) (*autolfads.Evaluated, error) {
	return autolfads.Evaluate(ctx, autolfads.Evaluation{Files: files, Data: s.path, File: s.file, Draws: intervalDraws})
}
