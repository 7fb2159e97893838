package autolfads

import (
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/watch"
)

// Status is where a run stands.
type Status struct {
	Dir             string `json:"dir"`
	Search          Search `json:"search"`
	Seed            uint64 `json:"seed"`
	MostGenerations int    `json:"most_generations,omitempty"` // of a population or a replay
	MostEpochs      int    `json:"most_epochs"`                // of all members together
	ScoreOf         string `json:"score_of,omitempty"`         // what trials scores are of; "": those that validate
	*watch.Status
}

// Watch tells where a run stands, also while another process drives it: it
// reads the run folder's files and takes no lock.
type Watch struct {
	watch *watch.Watch
	fixed Status // what does not change
}

// NewWatch watches the run in a folder.
func NewWatch(dir string) (*Watch, error) {
	if err := run.Exists(dir); err != nil {
		return nil, err
	}
	config := DefaultConfig()
	header, err := run.Read(dir, &config)
	if err != nil {
		return nil, err
	}
	search, err := decide(&config, &header)
	if err != nil {
		return nil, err
	}
	w := &Watch{watch.New(dir), Status{Dir: dir, Search: Search(header.Search), Seed: header.Seed, MostEpochs: search.MostEpochs(), ScoreOf: header.ScoreOf()}}
	switch s := search.(type) {
	case pbt.Population:
		w.fixed.MostGenerations = config.PBT.MaxGenerations
	case pbt.Replay:
		w.fixed.MostGenerations = len(s.Segments)
	}
	return w, nil
}

// Status returns where the run stands now.
func (w *Watch) Status() (s Status, err error) {
	s = w.fixed
	s.Status, err = w.watch.Status(s.MostEpochs)
	return s, err
}
