package outside

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
)

func init() { ingest.Register("rig", rig{}) }

// rig is how the lab's recorder stores a session: JSON of spike times by unit, and of
// when trials start and stop, all in seconds.
type rig struct{}

// session is what such a file holds.
type session struct {
	Rig    int           `json:"rig"` // its number, from 1 on
	Units  []unit        `json:"units"`
	Trials [][2]*float64 `json:"trials"` // of each its start and stop; null: not known
}

type unit struct {
	ID     string    `json:"id"`
	Spikes []float64 `json:"spikes"`
}

// begins is how all of its files do.
var begins = []byte(`{"rig":`)

func (rig) Title() string { return "a session of the lab's recorder" }

func (rig) Recognise(c *ingest.Candidate) bool { return bytes.HasPrefix(c.Head, begins) }

func (rig) Open(c *ingest.Candidate, _ ingest.Options) (*dataset.Recording, error) {
	text, err := os.ReadFile(c.Path)
	if err != nil {
		return nil, err
	}
	var s session
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, fmt.Errorf("it is no JSON of a session: %w; copy it from the recorder again", err)
	}
	r := &dataset.Recording{Attributes: []dataset.Attribute{{Name: "rig", Value: fmt.Sprint(s.Rig)}}}
	trains := dataset.SpikeTrains{}
	for _, u := range s.Units {
		r.Units.IDs, trains = append(r.Units.IDs, u.ID), append(trains, u.Spikes)
	}
	r.Units.Spikes = trains
	start, stop := make([]float64, len(s.Trials)), make([]float64, len(s.Trials))
	for i, t := range s.Trials {
		if t[0] == nil || t[1] == nil {
			return nil, fmt.Errorf("trial %d has no start or no stop: the recorder was switched off in it; delete it", i)
		}
		start[i], stop[i] = *t[0], *t[1]
	}
	trials, err := dataset.NewTable(dataset.TrialsTable,
		&dataset.Column{Name: dataset.ColumnStart, Numbers: start}, &dataset.Column{Name: dataset.ColumnStop, Numbers: stop})
	r.Intervals = []*dataset.Table{trials}
	return r, err
}
