package experiment

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/run"
)

// trained is what the training of a cell came to.
type trained struct {
	dir    string // of the run whose model was chosen
	best   run.Best
	reason string
	seed   uint64 // of that run
	runs   int
	found  bool // a part of it was there when this process began
	time   Time

	epochs, generations int
}

// seedStep is between the seeds of a way that trains several.
const seedStep = 1000

// run is the folder of the nth run of a cell.
func (s *Search) run(p *plan, nth int) string {
	name := p.name
	if p.way.Repeats {
		name = fmt.Sprintf("%s.%d", name, nth)
	}
	return filepath.Join(s.Out, "runs", name)
}

// train carries the runs of a cell to their end.
func (s *Search) train(ctx context.Context, p *plan, r autolfads.Resources) (*trained, error) {
	data, err := s.write(p)
	if err != nil {
		return nil, err
	}
	t := &trained{}
	for t.runs == 0 || p.way.Repeats && t.epochs+p.config.Train.MaxEpochs <= s.Epochs {
		dir, seed := s.run(p, t.runs), p.seed+uint64(seedStep*t.runs)
		t.found = t.found || exists(filepath.Join(dir, "run.yaml"))
		job := autolfads.Job{Data: data, Out: dir, Config: p.config, Search: p.way.Search, Seed: seed, Resources: r}
		if err := Carry(ctx, job); err != nil {
			return nil, err
		}
		if err := t.add(dir, seed); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// Carry carries a run to its end, from wherever it is, and draws no figures of it. A run
// of other settings in its place is an error.
func Carry(ctx context.Context, j autolfads.Job) error {
	j.Resources.NoFigures = true
	if run.Exists(j.Out) != nil {
		_, err := autolfads.Start(ctx, j)
		return err
	}
	if err := asked(&j); err != nil {
		return err
	}
	return goOn(ctx, j.Out, j.Resources)
}

// goOn carries a run that has begun to its end.
func goOn(ctx context.Context, dir string, r autolfads.Resources) error {
	state, err := run.Files{Dir: dir}.State()
	if err != nil || state.Status == "finished" {
		return err
	}
	_, err = autolfads.Resume(ctx, dir, autolfads.Changes{}, r)
	return err
}

// asked returns an error if the run that is there has other settings than it is to have.
func asked(j *autolfads.Job) error {
	is := autolfads.DefaultConfig()
	if _, err := run.Read(j.Out, &is); err != nil {
		return err
	}
	if d := settings.Changed(&is, &j.Config); len(d) > 0 {
		return fmt.Errorf("%s is a run with %s=%s, and the cell is of %s: remove that folder, or call the way otherwise (--ways NAME=WAY)", j.Out, d[0].Key, d[0].From, d[0].To)
	}
	return nil
}

// add takes in a run that has ended.
func (t *trained) add(dir string, seed uint64) error {
	f := run.Files{Dir: dir}
	best, err := f.Best()
	if err != nil {
		return err
	}
	state, err := f.State()
	if err != nil {
		return err
	}
	if t.runs == 0 || best.Score < t.best.Score {
		t.dir, t.best, t.seed, t.reason = dir, *best, seed, state.Reason
	}
	t.runs++
	generations, epochs, err := spent(f)
	t.generations, t.epochs = t.generations+generations, t.epochs+epochs
	t.time.Add(dir)
	return err
}

// spent says how many generations a run has, and how many epochs all its units took.
func spent(f run.Files) (generations, epochs int, err error) {
	numbers, err := f.Generations()
	if err != nil {
		return 0, 0, err
	}
	for _, g := range numbers {
		members, err := f.Members(g)
		if err != nil {
			return 0, 0, err
		}
		for _, m := range members {
			r, err := f.Result(run.Unit{Generation: g, Member: m})
			if err != nil {
				return 0, 0, err
			}
			if r != nil {
				epochs += max(r.Epochs, 1) // the epoch in which a model diverged counts
			}
		}
	}
	return len(numbers), epochs, nil
}

// Add adds the time of the run in a folder. No choice rests on it: what cannot be read is not there.
func (t *Time) Add(dir string) {
	text, err := os.ReadFile(filepath.Join(dir, "timing.json"))
	var timing run.Timing
	if err != nil || json.Unmarshal(text, &timing) != nil {
		return
	}
	for _, g := range timing.Generations {
		t.Search += g.Wall
		t.Training += g.Training
	}
}

// into tells a cell what came of training.
func (t *trained) into(c *Cell, w *Way) {
	c.EpochsUsed, c.Generations, c.Reason = t.epochs, t.generations, t.reason
	c.Loss, c.Chosen, c.Kind, c.Hyper, c.Time = t.best.Final(), t.best.Place, t.best.Kind, t.best.Hyper, t.time
	if w.Repeats {
		c.ChosenSeed = &t.seed
	}
}

// processorWatch measures what this process takes of all cores.
type processorWatch struct {
	from  time.Duration
	known bool
}

func startWatch() processorWatch {
	from, known := processorTime()
	return processorWatch{from, known}
}

// seconds is what it took since the start; nil: it is not known.
func (w processorWatch) seconds() *float64 {
	now, known := processorTime()
	if !known || !w.known {
		return nil
	}
	took := (now - w.from).Seconds()
	return &took
}
