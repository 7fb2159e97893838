package run

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"

	"github.com/autolfads/autolfads/pbt"
)

// Unit is the smallest piece of work: a member in a generation (unit.json).
type Unit struct {
	Generation int       `json:"generation"`
	Member     int       `json:"member"`
	Seed       uint64    `json:"seed"`
	Parent     *Parent   `json:"parent"`              // nil: fresh parameters
	Copied     bool      `json:"copied"`              // the parent is not this member's own last state
	FirstEpoch int       `json:"first_epoch"`         // epochs completed in the parent's life
	Epochs     int       `json:"epochs"`              // to train, at most
	Single     bool      `json:"single"`              // learning-rate schedule and early stopping on; the best epoch is the result
	KeepBest   bool      `json:"keep_best,omitempty"` // of the epochs after the ramps the best is the result
	Anneal     bool      `json:"anneal,omitempty"`    // the learning rate falls over the epochs
	Hyper      pbt.Hyper `json:"hyper"`               // in force from the first step
}

// Parent is the checkpoint a unit goes on from.
type Parent struct {
	pbt.Place
	Checkpoint string `json:"checkpoint"` // path inside the run folder
	SHA256     string `json:"sha256"`
}

// String names the unit in messages.
func (u Unit) String() string {
	return fmt.Sprintf("generation %d, member %d", u.Generation, u.Member)
}

// keepsBest reports whether a unit comes to its best epoch, and not to its last.
func (u Unit) keepsBest() bool { return u.Single || u.KeepBest }

// dir returns the unit's folder inside the run folder.
func (u Unit) dir() string {
	return filepath.Join(generationDir(u.Generation), fmt.Sprintf("member-%03d", u.Member))
}

func generationDir(g int) string { return filepath.Join("generations", fmt.Sprintf("%03d", g)) }

// Result is what became of a unit (result.json).
type Result struct {
	Generation int       `json:"generation"`
	Member     int       `json:"member"`
	Score      Score     `json:"score"` // NaN: the member diverged and has no checkpoint
	Epoch      int       `json:"epoch"` // of the checkpoint, over the member's life
	Epochs     int       `json:"epochs"`
	Checkpoint string    `json:"checkpoint,omitempty"` // path inside the run folder
	SHA256     string    `json:"sha256,omitempty"`
	Metrics    string    `json:"metrics"` // path of metrics.jsonl inside the run folder
	Diverged   *Diverged `json:"diverged,omitempty"`
}

// Score is a score in JSON, where NaN and infinities are null.
type Score float64

// MarshalJSON implements [json.Marshaler].
func (s Score) MarshalJSON() ([]byte, error) {
	if v := float64(s); math.IsNaN(v) || math.IsInf(v, 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(s))
}

// UnmarshalJSON implements [json.Unmarshaler].
func (s *Score) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*s = Score(math.NaN())
		return nil
	}
	return json.Unmarshal(text, (*float64)(s))
}

// Diverged is the error of a member whose numbers stopped being finite. It
// ends the member's generation, never a run.
type Diverged struct {
	Tensor string `json:"tensor"` // where it was seen first
	Step   int    `json:"step"`   // optimiser steps over the member's life
	Epoch  int    `json:"epoch"`  // over the member's life, from 1: the one it happened in
}

// Error implements error.
func (d *Diverged) Error() string {
	return fmt.Sprintf("%s is not finite at step %d of epoch %d", d.Tensor, d.Step, d.Epoch)
}
