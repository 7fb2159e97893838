package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/autolfads/autolfads/run"
)

// Status is where a run stands, as its files say.
type Status struct {
	Status      string      `json:"status"`           // starting, running, scoring, killed, stopped, finished or failed
	Reason      string      `json:"reason,omitempty"` // why it is not running
	Holder      string      `json:"holder,omitempty"` // host and process that drove it last
	Generation  int         `json:"generation"`       // of Members: under way, or the last one
	Members     []Member    `json:"members"`
	Best        *run.Best   `json:"best"`        // of all completed generations
	Exploits    int         `json:"exploits"`    // copies in all generations
	Diverged    int         `json:"diverged"`    // member-generations without a score
	BestScores  []run.Score `json:"best_scores"` // the best of each generation, of members that are done with it; NaN: none is
	EpochsDone  int         `json:"epochs_done"` // of all members
	Newest      *time.Time  `json:"newest_epoch"`
	SecondsLeft *float64    `json:"seconds_left"` // for the most epochs there can be; nil: unknown
}

// Watch reads where a run stands, again and again.
type Watch struct {
	files   run.Files
	counted int    // generations whose sums are known: all but the last
	sums    Status // of those
}

// New watches the run in the folder dir.
func New(dir string) *Watch { return &Watch{files: run.Files{Dir: dir}} }

// Since has sums be those from a generation on, for whoever knows of the ones before by the
// run's tables: their units are not read.
func (w *Watch) Since(generation int) { w.counted, w.sums = max(0, generation), Status{} }

// Status returns where the run stands. mostEpochs is the most epochs that all
// members together may train.
func (w *Watch) Status(mostEpochs int) (*Status, error) {
	generations, err := w.files.Generations()
	if err != nil {
		return nil, err
	}
	for ; w.counted < len(generations)-1; w.counted++ {
		sums := w.sums // on an error nothing of the generation counts
		if err := w.count(w.counted, &sums); err != nil {
			return nil, err
		}
		w.sums = sums
	}
	s := w.sums
	if n := len(generations); n > 0 {
		s.Members = nil
		if err := w.count(n-1, &s); err != nil {
			return nil, err
		}
	}
	if err := w.readState(&s); err != nil {
		return nil, err
	}
	s.estimate(mostEpochs)
	return &s, nil
}

// Account returns what the run says of itself: where it stands, its best model and who
// drives it, without a look at generations and members. It costs the same for a run of
// any size.
func (w *Watch) Account() (*Status, error) {
	var s Status
	if err := w.readState(&s); err != nil {
		return nil, err
	}
	return &s, nil
}

// count takes a generation into the sums, and makes its members those shown.
func (w *Watch) count(g int, s *Status) error {
	members, err := w.files.Members(g)
	if err != nil {
		return err
	}
	s.Generation, s.Members = g, nil
	best := math.NaN()
	for _, number := range members {
		m, err := w.member(g, number)
		if errors.Is(err, fs.ErrNotExist) {
			continue // its folder was made a moment ago
		}
		if err != nil {
			return err
		}
		s.Members = append(s.Members, m)
		s.EpochsDone += m.Done
		if m.CopiedOf != nil {
			s.Exploits++
		}
		if m.State == "diverged" {
			s.Diverged++
		}
		if v := float64(m.Score); m.State == "done" && !(best <= v) {
			best = v
		}
	}
	s.BestScores = append(slices.Clip(s.BestScores), run.Score(best)) // a copy: the sums are told again
	for i := range s.Members {
		s.Members[i].CopiedBy = copiedBy(s.Members, s.Members[i].Member)
	}
	return nil
}

// estimate fills in the time left: the epochs left at the pace of the members
// under way.
func (s *Status) estimate(mostEpochs int) {
	seconds, known, training := 0., 0, 0
	for _, m := range s.Members {
		if m.seconds > 0 {
			seconds += m.seconds
			known++
		}
		if m.State == "training" {
			training++
		}
		if s.Newest == nil || m.ended.After(*s.Newest) {
			s.Newest = &m.ended
		}
	}
	if s.Newest != nil && s.Newest.IsZero() {
		s.Newest = nil
	}
	if known > 0 && training > 0 {
		left := float64(max(0, mostEpochs-s.EpochsDone)) * seconds / float64(known*training)
		s.SecondsLeft = &left
	}
}

// readState takes in state.json, best.json and who drives the run.
func (w *Watch) readState(s *Status) error {
	state, err := w.files.State()
	if err != nil {
		return err
	}
	if s.Best, err = w.files.Best(); err != nil {
		return err
	}
	if s.Holder, err = w.files.Holder(); err != nil {
		return err
	}
	s.Status, s.Reason = state.Status, state.Reason
	if s.Status == "" {
		s.Status = "starting"
	}
	if (s.Status == "running" || s.Status == "scoring") && gone(s.Holder) {
		s.Status = "killed"
	}
	return nil
}

// gone reports whether the process that holder names, "host NAME, process N",
// is one of this host and no longer there.
func gone(holder string) bool {
	host, _ := os.Hostname()
	var pid int
	if _, err := fmt.Sscanf(strings.TrimPrefix(holder, "host "+host), ", process %d", &pid); err != nil {
		return false
	}
	return !alive(pid)
}
