package runs

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"strings"

	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/internal/regular"
	"github.com/autolfads/autolfads/internal/settings"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/run"
	"github.com/autolfads/autolfads/run/watch"
)

// States beside those of [watch.Status]; Why says more.
const (
	Damaged = "damaged" // a file of the run cannot be read
	NoRun   = "no run"  // the folder holds none, or is not there
)

// Run is what the files of a run say of it. What they do not say is empty.
type Run struct {
	Name string `json:"run"` // its folder, as far as it takes to tell runs apart
	Dir  string `json:"dir"`

	State string `json:"state"`         // starting, running, scoring, killed, stopped, finished, failed, damaged or no run
	Why   string `json:"why,omitempty"` // it is in that state, in words

	Version string `json:"version,omitempty"` // of the program that began it
	Search  string `json:"search,omitempty"`
	Seed    string `json:"seed,omitempty"`
	Data    string `json:"data,omitempty"`   // the data file's name
	SHA256  string `json:"sha256,omitempty"` // by which it is known

	Generations     int       `json:"generations"`                // completed
	Epochs          int       `json:"epochs,omitempty"`           // of all models, in these
	Seconds         float64   `json:"wall_seconds,omitempty"`     // that these took by the clock; 0: not known
	TrainingSeconds float64   `json:"training_seconds,omitempty"` // added up over models
	Chosen          *run.Best `json:"chosen,omitempty"`           // the model so far; nil: none yet

	Scores    []evaluate.Score `json:"scores,omitempty"`     // nil: it has not come to its end
	AllTrials bool             `json:"all_trials,omitempty"` // it was trained on validation trials, too: scores are of test trials
	Warning   string           `json:"warning,omitempty"`    // what its scores should not be believed for

	keys   []string // of the settings in run.yaml, in its order; nil: it could not be read
	values map[string]string
}

// Score returns the run's score called name; nil if it has none.
func (r *Run) Score(name string) *evaluate.Score {
	for i := range r.Scores {
		if r.Scores[i].Name == name {
			return &r.Scores[i]
		}
	}
	return nil
}

// Readable reports whether its settings could be read.
func (r *Run) Readable() bool { return r.keys != nil }

// Setting returns a setting as its file has it, by key; "" if it has none.
func (r *Run) Setting(key string) string { return r.values[key] }

// likelihood is what its scores of reconstruction are under.
func (r *Run) likelihood() string { return r.Setting("model.likelihood") }

// read reads the run in a folder.
func read(dir string) Run {
	r := Run{Name: dir, Dir: dir}
	if err := run.Exists(dir); err != nil {
		r.State, r.Why = NoRun, err.Error()
		return r
	}
	for _, part := range []func() error{r.readSettings, r.readAccount, r.readTime, r.readScores} {
		if err := part(); err != nil {
			r.State, r.Why = Damaged, strings.TrimSpace(err.Error())
			break
		}
	}
	return r
}

// readSettings takes in run.yaml, whatever version wrote it.
func (r *Run) readSettings() error {
	path := filepath.Join(r.Dir, "run.yaml")
	text, err := regular.Read(path, mostBytes)
	if err != nil {
		return err
	}
	header, err := settings.Flat(text, "run")
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	r.readHeader(header)
	config, err := settings.Flat(text, "config")
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	r.values = map[string]string{}
	for _, e := range config {
		r.keys = append(r.keys, e.Key)
		r.values[e.Key] = e.Value
	}
	return nil
}

// readHeader takes in what stands beside the configuration.
func (r *Run) readHeader(header []settings.Entry) {
	for _, e := range header {
		switch e.Key {
		case "version":
			r.Version = e.Value
		case "search":
			r.Search = e.Value
		case "seed":
			r.Seed = e.Value
		case "data.sha256":
			r.SHA256 = e.Value
		case "data.path":
			if r.Data == "" {
				r.Data = filepath.Base(filepath.FromSlash(e.Value))
			}
		case "data.name": // what it was called at the start
			r.Data = e.Value
		}
	}
}

// readAccount takes in where the run stands, by its own account.
func (r *Run) readAccount() error {
	s, err := watch.New(r.Dir).Account()
	if err != nil {
		return err
	}
	state, err := run.Files{Dir: r.Dir}.State()
	if err != nil {
		return err
	}
	r.State, r.Why, r.Chosen, r.Generations = s.Status, s.Reason, s.Best, state.Generation
	if s.Best != nil && !finite(s.Best.Score) {
		return errors.New("best.json has no score: it was changed")
	}
	return nil
}

// readTime takes in how long it took.
func (r *Run) readTime() error {
	var t run.Timing
	if _, err := r.readJSON("timing.json", &t); err != nil {
		return err
	}
	for _, g := range t.Generations {
		r.Epochs += g.Epochs
		r.Seconds += g.Wall
		r.TrainingSeconds += g.Training
	}
	if !finite(r.Seconds) || !finite(r.TrainingSeconds) {
		r.Seconds, r.TrainingSeconds = 0, 0
	}
	return nil
}

// readScores takes in what its end came to. What a run that has gone on since wrote at an
// end before is not of the model that it has now.
func (r *Run) readScores() error {
	var end struct {
		AllTrials   bool             `json:"all_trials"`
		Overfitting string           `json:"identity_overfitting"`
		TruthDoubt  string           `json:"truth_doubt"`
		Scores      []evaluate.Score `json:"scores"`
	}
	there, err := r.readJSON("scores.json", &end)
	if err != nil || !there || r.State != "finished" {
		return err
	}
	r.Scores, r.AllTrials, r.Warning = end.Scores, end.AllTrials, end.Overfitting
	if r.Warning == "" {
		r.Warning = end.TruthDoubt
	}
	return nil
}

// mostBytes is a hundred times what the largest of the files read here has.
const mostBytes = 64 << 20

// readJSON reads a file of the run folder, and says whether it is there.
func (r *Run) readJSON(name string, v any) (there bool, err error) {
	path := filepath.Join(r.Dir, name)
	text, err := regular.Read(path, mostBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return true, err
	}
	if err := json.Unmarshal(text, v); err != nil {
		return true, fmt.Errorf("%s cannot be read (%w): it was cut short or changed", path, err)
	}
	return true, nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// interval is a score's, if it has one with two ends.
func interval(s *evaluate.Score) *metric.Interval {
	if s == nil || s.Interval == nil || !s.Interval.Known() {
		return nil
	}
	return s.Interval
}
