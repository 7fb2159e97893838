package watch

import (
	"math"
	"time"

	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// Member is a member in the generation shown.
type Member struct {
	Member   int        `json:"member"`
	State    string     `json:"state"` // waiting, training, done or diverged
	Epoch    int        `json:"epoch"` // completed over its life
	Done     int        `json:"done"`  // of this generation's epochs ...
	Epochs   int        `json:"epochs"`
	Score    run.Score  `json:"score"`            // smoothed; null before its first epoch
	CopiedOf *pbt.Place `json:"copied,omitempty"` // whose place it took at the start; nil: its own
	CopiedBy []int      `json:"copied_by"`        // who took its place
	Fault    string     `json:"fault,omitempty"`  // what diverged
	Anneal   bool       `json:"anneal,omitempty"` // its learning rate falls: a finish
	Hyper    pbt.Hyper  `json:"hyper"`            // in force
	seconds  float64    // of its last epoch
	ended    time.Time  // its last epoch
}

// member reads one member of a generation.
func (w *Watch) member(generation, number int) (Member, error) {
	u, err := w.files.Unit(generation, number)
	if err != nil {
		return Member{}, err
	}
	m := Member{Member: number, State: "waiting", Epoch: u.FirstEpoch, Epochs: u.Epochs, Score: run.Score(math.NaN()), Anneal: u.Anneal, Hyper: u.Hyper}
	if u.Copied {
		m.CopiedOf = &u.Parent.Place
	}
	r, err := w.files.Result(u)
	if err != nil {
		return m, err
	}
	metrics, err := w.files.Metrics(u, r)
	switch {
	case err != nil:
		return m, err
	case r != nil:
		m.end(r)
	case metrics != "":
		m.State = "training"
	}
	err = m.lastEpoch(metrics)
	if m.State == "training" {
		m.Done = m.Epoch - u.FirstEpoch
	}
	return m, err
}

// end takes in a result.
func (m *Member) end(r *run.Result) {
	m.State, m.Epoch, m.Done, m.Score = "done", r.Epoch, r.Epochs, r.Score
	if r.Diverged != nil {
		m.Fault = r.Diverged.Error()
	}
	if math.IsNaN(float64(r.Score)) {
		m.State = "diverged"
	}
}

// lastEpoch takes in the last whole line of an attempt's metrics, if there is
// one. A result's score and epoch stay: of a single model they are its best.
func (m *Member) lastEpoch(path string) error {
	e, err := run.LastEpoch(path)
	if e == nil {
		return err
	}
	m.seconds, m.ended = e.Seconds, e.Time
	if m.State == "training" {
		m.Epoch, m.Score = e.Epoch, e.Score
	}
	return err
}

func copiedBy(members []Member, of int) []int {
	by := []int{}
	for _, m := range members {
		if m.CopiedOf != nil && m.CopiedOf.Member == of {
			by = append(by, m.Member)
		}
	}
	return by
}
