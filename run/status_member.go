package run

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/autolfads/autolfads/pbt"
)

// MemberNow is a member in the generation shown.
type MemberNow struct {
	Member   int        `json:"member"`
	State    string     `json:"state"` // waiting, training, done or diverged
	Epoch    int        `json:"epoch"` // completed over its life
	Done     int        `json:"done"`  // of this generation's epochs ...
	Epochs   int        `json:"epochs"`
	Score    Score      `json:"score"`            // smoothed; null before its first epoch
	CopiedOf *pbt.Place `json:"copied,omitempty"` // whose place it took at the start; nil: its own
	CopiedBy []int      `json:"copied_by"`        // who took its place
	Fault    string     `json:"fault,omitempty"`  // what diverged
	Hyper    pbt.Hyper  `json:"hyper"`            // in force
	seconds  float64    // of its last epoch
	ended    time.Time  // its last epoch
}

// member reads one member of a generation.
func (w *Watch) member(g, number int) (MemberNow, error) {
	var u Unit
	path := w.folder.path(filepath.Join(Unit{Generation: g, Member: number}.dir(), "unit.json"))
	text, err := os.ReadFile(path)
	if err == nil {
		err = decodeJSON(path, text, &u)
	}
	if err != nil {
		return MemberNow{}, err
	}
	m := MemberNow{Member: number, State: "waiting", Epoch: u.FirstEpoch, Epochs: u.Epochs, Score: Score(math.NaN()), Hyper: u.Hyper}
	if u.Copied {
		m.CopiedOf = &u.Parent.Place
	}
	r, err := w.folder.result(u)
	if err != nil {
		return m, err
	}
	if r == nil {
		return m, w.underWay(u, &m)
	}
	m.State, m.Epoch, m.Done, m.Score = "done", r.Epoch, r.Epochs, r.Score
	if r.Diverged != nil {
		m.Fault = r.Diverged.Error()
	}
	if math.IsNaN(float64(r.Score)) {
		m.State = "diverged"
	}
	return m, m.lastEpoch(w.folder.path(r.Metrics))
}

// underWay fills in what the newest attempt at a unit without a result says.
func (w *Watch) underWay(u Unit, m *MemberNow) error {
	dirs, err := w.folder.attempts(u)
	if err != nil || len(dirs) == 0 {
		return err
	}
	m.State = "training"
	err = m.lastEpoch(w.folder.path(filepath.Join(slices.Max(dirs), metricsName)))
	m.Done = m.Epoch - u.FirstEpoch
	return err
}

// tailBytes is more than two lines of metrics.jsonl have.
const tailBytes = 8 << 10

// lastEpoch takes in the last whole line of an attempt's metrics, if there is
// one. A result's score and epoch stay: of a single model they are its best.
func (m *MemberNow) lastEpoch(path string) error {
	text, err := tail(path, tailBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	lines := strings.Split(text, "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		var e epochLine
		if json.Unmarshal([]byte(lines[i]), &e) != nil {
			continue
		}
		m.seconds, m.ended = e.Seconds, e.Time
		if m.State == "training" {
			m.Epoch, m.Score = e.Epoch, e.Score
		}
		break
	}
	return err
}

// tail returns the last n bytes of a file.
func tail(path string, n int64) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	text := make([]byte, min(n, info.Size()))
	_, err = f.ReadAt(text, info.Size()-int64(len(text)))
	return string(text), err
}

func copiedBy(members []MemberNow, of int) []int {
	by := []int{}
	for _, m := range members {
		if m.CopiedOf != nil && m.CopiedOf.Member == of {
			by = append(by, m.Member)
		}
	}
	return by
}
