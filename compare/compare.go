package compare

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/evaluate/factors"
	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/work"
)

// DefaultSamples is how many posterior samples the models of a search are averaged over,
// unless it is said otherwise: the noise that they leave is small beside what models
// differ in, and the time goes with their number.
const DefaultSamples = 10

// Request is a request to compare the models of a search.
type Request struct {
	Dir     string // run folder
	Data    string // its data file, if it lies elsewhere now; "": where the run knows it
	Samples int    // of the posterior, which are averaged; 0: DefaultSamples
	Draws   int    // of validation trials, for intervals, 100 or more; 0: no intervals
	Seed    uint64 // of the draws
	FewShot []int  // numbers of training trials of few-shot co-smoothing; nil: the usual ones, where neurons are set aside

	Engine lfads.EngineMaker                  // on which models infer
	Note   func(sentence string)              // is told what is worth knowing of the data
	Scored func(step string, done, total int) // is told how far all of it is; nil: nobody is
}

// Comparison are the models of a search beside each other.
type Comparison struct {
	Run     string            `json:"run"`
	Data    string            `json:"data"`
	Search  config.Search     `json:"search"`
	Samples int               `json:"samples"` // of the posterior
	Chosen  string            `json:"chosen"`  // by the search; "": nothing yet
	Models  []Model           `json:"models"`
	LeftOut []string          `json:"left_out,omitempty"`       // models that could not be compared, and why
	Crosses *factors.Crossing `json:"cross_decoding,omitempty"` // between Models, in their order
	InWords []string          `json:"in_words"`

	aside   bool  // neurons are set aside
	fewShot []int // that was asked for
}

// Model is one model by all that tells which to believe.
type Model struct {
	Name string `json:"name"`
	run.Model
	Scores        []evaluate.Score `json:"scores"`
	Skipped       []string         `json:"skipped_scores,omitempty"`
	CrossDecoding *float64         `json:"cross_decoding,omitempty"` // median R2 of its factors from those of the others
	FromStrangers *float64         `json:"from_strangers,omitempty"` // the same of those whose line began elsewhere, in a search whose models were copied; nil: there are none

	// Worse is by how much its bits per spike (of held-out neurons, if there are any)
	// are less than those of the search's choice, over draws of validation trials.
	Worse *metric.Interval `json:"worse_than_chosen,omitempty"`

	factors factors.Model
	bits    *metric.TrialBits
}

// Models infers all models of a search anew and compares them: by their scores,
// and by their factors, which tell models apart whose scores are equal. It writes
// nothing.
func Models(ctx context.Context, r Request) (*Comparison, error) {
	c, err := r.begin()
	if err != nil {
		return nil, err
	}
	for i := range c.models {
		if err := c.add(ctx, &c.models[i]); err != nil {
			return nil, err
		}
	}
	if len(c.out.Models) == 0 {
		return nil, fmt.Errorf("%s: no model of the search could be compared: %s", r.Dir, strings.Join(c.out.LeftOut, "; "))
	}
	if err := c.cross(ctx); err != nil {
		return nil, err
	}
	if err := c.differ(ctx); err != nil {
		return nil, err
	}
	c.out.InWords = c.out.words()
	return c.out, nil
}

// comparing is one on its way.
type comparing struct {
	Request
	files  run.Files
	config config.Config
	header run.Header
	data   *dataset.Dataset // without test trials, which nothing is said of
	models []run.Model
	stages *stages
	out    *Comparison
}

// begin reads the run and its data.
func (r *Request) begin() (*comparing, error) {
	c := &comparing{Request: *r, files: run.Files{Dir: r.Dir}, config: config.Default()}
	err := run.Exists(r.Dir)
	if err != nil {
		return nil, err
	}
	if c.header, err = run.Read(r.Dir, &c.config); err != nil {
		return nil, err
	}
	if r := c.header.Replay; r != nil && r.Schedule.AllTrials {
		return nil, fmt.Errorf("the models of %s are trained on the validation trials, too: nothing is left to compare them by; compare those of a replay without --all-trials", c.Dir)
	}
	if c.models, err = c.files.Models(); err != nil {
		return nil, err
	}
	if n := len(c.models); n > 0 && c.header.Replay != nil { // each as its schedule ends
		last := c.models[n-1].Generation
		c.models = slices.DeleteFunc(c.models, func(m run.Model) bool { return m.Generation != last })
	}
	if len(c.models) == 0 {
		return nil, fmt.Errorf("%s has no models to compare yet, for no generation is finished: go on with `autolfads resume %s`", r.Dir, r.Dir)
	}
	c.config.Infer.Samples = DefaultSamples
	if r.Samples != 0 {
		c.config.Infer.Samples = r.Samples
	}
	if err := c.config.Infer.Check(); err != nil {
		return nil, err
	}
	return c, c.load()
}

// load reads the data of the run.
func (c *comparing) load() error {
	found, err := c.find()
	if err != nil {
		return err
	}
	d, err := c.config.LoadData(found.Path, c.Note)
	if err != nil {
		return err
	}
	d.Test = nil
	c.data = d
	c.out = &Comparison{Run: c.Dir, Data: found.Path, Search: config.Search(c.header.Search), Samples: c.config.Model.Samples(c.config.Infer.Samples), aside: d.Train.SetAside != nil && d.Valid.SetAside != nil, fewShot: c.FewShot}
	c.stages = newStages(len(c.models), c.out.aside, c.Scored)
	most := c.config
	if config.Search(c.header.Search) != config.Fixed {
		most = most.Largest()
	}
	return work.CheckModelsMemory(most, d, len(c.models))
}

// find returns where the run's data lie.
func (c *comparing) find() (run.Data, error) {
	if c.Data != "" {
		return c.header.Data.At(c.Dir, c.Data)
	}
	found, err := c.header.Data.Find(c.Dir)
	if err != nil {
		err = fmt.Errorf("%w; or say with --data where it is", err)
	}
	return found, err
}
