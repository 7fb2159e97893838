package page

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/internal/guard"
	"github.com/autolfads/autolfads/internal/regular"
	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// begun is what a run was started with, as far as run.yaml can be read.
type begun struct {
	header run.Header
	config *config.Config // nil: it could not be read, as that of another version
	search pbt.Search     // nil: not known
	loss   string         // unit of scores
}

// readHeader reads run.yaml. Of one that another version wrote, or that is damaged, what can
// be read is taken.
func (r *Reader) readHeader() *begun {
	b := &begun{loss: "nats per element"}
	c := config.Default()
	var err error
	b.header, err = run.Read(r.dir, &c)
	if err == nil {
		err = c.Check()
	}
	if err != nil {
		r.note(fmt.Errorf("settings are not shown: %w", err))
		r.note(guard.Call(func() error { return glance(filepath.Join(r.dir, "run.yaml"), &b.header) }))
		return b
	}
	b.config = &c
	if l, err := c.Model.NewLikelihood(); err == nil {
		_, unit := likelihood.LossName(l)
		b.loss = unit + " per element"
	}
	switch b.how() {
	case schedule:
		if err = errors.New("run.yaml has no schedule of the replay"); b.header.Replay != nil {
			b.search, err = b.header.Replay.Schedule, b.header.Replay.Schedule.Check()
		}
	default:
		b.search, err = c.Decide(config.Search(b.header.Search), b.header.Seed)
	}
	if err != nil {
		b.search = nil
		r.note(err)
	}
	return b
}

// glance reads the header of a run.yaml whose settings are not known here.
func glance(path string, h *run.Header) error {
	text, err := regular.Read(path, mostBytes)
	if err != nil {
		return err
	}
	if len(settings.Top(text)) == 0 {
		return nil // it is no YAML, or so deep that it takes ages
	}
	var file struct {
		Run run.Header `yaml:"run"`
	}
	// What can be read is taken: that the rest is damaged has been said.
	_ = settings.Glance(text, &file)
	*h = file.Run
	return nil
}

// how says how members of the search follow each other.
func (b *begun) how() follows {
	switch config.Search(b.header.Search) {
	case config.PBT, config.Paper:
		return exploits
	case config.Replay:
		return schedule
	}
	return alone
}

// searched returns the space that is searched; none of a search that has none.
func (b *begun) searched() pbt.Space {
	if b.config == nil || b.how() == schedule || config.Search(b.header.Search) == config.Fixed {
		return nil
	}
	return b.config.PBT.Space
}

// hyper describes hyper-parameters.
func (b *begun) hyper(keys []string) (all []Hyper) {
	space := b.searched()
	for _, key := range keys {
		p, in := space[key]
		h := Hyper{Key: key, Log: p.Scale == pbt.Log, Limit: p.Limits}
		if in {
			low, high := Number(p.Low), Number(p.High)
			h.Low, h.High = &low, &high
		}
		all = append(all, h)
	}
	return all
}

// most is how many generations and epochs there can be; 0: not known, or there are none.
func (b *begun) most() (generations, epochs int) {
	if b.search == nil {
		return 0, 0
	}
	switch s := b.search.(type) {
	case pbt.Population:
		generations = b.config.PBT.MaxGenerations
	case pbt.Replay:
		generations = len(s.Segments)
	}
	return generations, b.search.MostEpochs()
}

// finishes are the generations of which it is known that they are a finish: of a replay by its
// schedule, else by the first unit of the last.
func (r *Reader) finishes(b *begun) map[int]bool {
	all := map[int]bool{}
	if b.header.Replay != nil {
		for i, s := range b.header.Replay.Schedule.Segments {
			all[i] = s.Anneal
		}
		return all
	}
	numbers, err := r.files.Generations()
	if err != nil || len(numbers) == 0 {
		return all
	}
	last := numbers[len(numbers)-1]
	u, err := r.files.Unit(last, 0)
	if !errors.Is(err, fs.ErrNotExist) && err != nil {
		r.note(err)
	}
	all[last] = err == nil && u.Anneal
	return all
}
