package run

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/pbt"
)

// KindMean is the kind of a model whose weights are the mean of several members'.
const KindMean = "mean"

// Part is a member of a mean.
type Part struct {
	pbt.Place
	Score float64   `json:"score"` // of the search
	Hyper pbt.Hyper `json:"hyper"`
}

// Choice is a run's final choice (finalists/finalists.json): models scored anew on the
// validation trials, all with the same posterior draws.
type Choice struct {
	Draws     int        `json:"draws"`              // of each validation trial
	Finalists []Finalist `json:"finalists"`          // the search's best first, means last
	LeftOut   []string   `json:"left_out,omitempty"` // of means, and why
}

// Finalist is a model that the choice is among, as it would be in best.json.
type Finalist struct {
	Best
	Chosen bool `json:"chosen"`
	// Worse is by how much its final score is above the chosen one's, and Error the
	// standard error of that difference over validation trials; nil: of the chosen one, or
	// not known.
	Worse *Score `json:"worse,omitempty"`
	Error *Score `json:"standard_error,omitempty"`

	Checkpoint string `json:"-"` // in the run folder
}

// finalistsDir holds the final choice, and checkpoints that it made.
const finalistsDir = "finalists"

// Final returns the score by which the model was chosen: of the final choice, or, without
// one, of the search.
func (b *Best) Final() float64 {
	if b.FinalScore != nil {
		return float64(*b.FinalScore)
	}
	return b.Score
}

// String says which model it is.
func (b *Best) String() string {
	if b.Kind == KindMean {
		return fmt.Sprintf("mean of the weights of %d members of generation %d", len(b.Members), b.Generation)
	}
	return fmt.Sprintf("generation %d, member %d, epoch %d", b.Generation, b.Member, b.Epoch)
}

// Chosen returns the model that was chosen.
func (c *Choice) Chosen() *Finalist {
	return &c.Finalists[slices.IndexFunc(c.Finalists, func(f Finalist) bool { return f.Chosen })]
}

// Choice returns the final choice; nil if there is none yet, or none to make.
func (f Files) Choice() (c *Choice, err error) {
	err = f.readJSON(filepath.Join(finalistsDir, "finalists.json"), &c)
	return c, err
}

// Finalist returns a member of a completed generation for the final choice.
func (f Files) Finalist(at pbt.Place) (c Finalist, err error) {
	u, err := f.Unit(at.Generation, at.Member)
	if err != nil {
		return c, err
	}
	r, err := f.Result(u)
	if err != nil {
		return c, err
	}
	if r == nil || r.Checkpoint == "" {
		return c, fmt.Errorf("%s has no checkpoint, and is to be chosen among: the run folder was edited; go on with `autolfads resume %s`", u, f.Dir)
	}
	best := Best{Place: at, Epoch: r.Epoch, Score: float64(r.Score), Hyper: u.Hyper, SHA256: r.SHA256}
	return Finalist{Best: best, Checkpoint: r.Checkpoint}, nil
}

// ReadFinalist reads a finalist's checkpoint, as it was when the run wrote it.
func (f Files) ReadFinalist(c *Finalist) (*checkpoint.State, error) {
	return f.ReadModel(&Model{Place: c.Place, Checkpoint: c.Checkpoint, SHA256: c.SHA256})
}

// WriteMean writes the checkpoint of a mean, and notes in c where it is.
func (f *Folder) WriteMean(c *Finalist, s *checkpoint.State) (err error) {
	if err := durable.MkdirAll(f.path(finalistsDir)); err != nil {
		return err
	}
	c.Checkpoint = filepath.Join(finalistsDir, fmt.Sprintf("mean-%03d%s", c.Generation, checkpointSuffix))
	if err := checkpoint.Write(f.path(c.Checkpoint), s); err != nil {
		return err
	}
	c.SHA256, err = checkpoint.SHA256(f.path(c.Checkpoint))
	return err
}

// Choose writes a final choice down, and makes best/ hold the chosen model.
func (f *Folder) Choose(c *Choice) error {
	if err := durable.MkdirAll(f.path(finalistsDir)); err != nil {
		return err
	}
	chosen := c.Chosen()
	if err := f.writeBest(&chosen.Best, chosen.Checkpoint); err != nil {
		return err
	}
	return f.writeJSON(filepath.Join(finalistsDir, "finalists.json"), c)
}

// forgetChoice removes a final choice: the search goes on, or ends anew.
func (f *Folder) forgetChoice() error {
	entries, err := os.ReadDir(f.path(finalistsDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), checkpointSuffix) || strings.HasSuffix(e.Name(), ".json") {
			err = errors.Join(err, durable.Remove(f.path(filepath.Join(finalistsDir, e.Name()))))
		}
	}
	return err
}
