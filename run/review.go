package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/pbt"
)

// Reviewer scores the best member of each generation anew, for searches whose end rests
// on that.
type Reviewer struct {
	Draws  int // posterior draws of each trial
	Trials int // of validation; 0: not known
	// Review returns the losses of the validation trials under a model; always the same
	// of the same model. It stops soon, with an error, when ctx ends.
	Review func(ctx context.Context, s *checkpoint.State) (losses []float64, err error)
}

// Review is what came of it (review.json).
type Review struct {
	Member int     `json:"member"` // the generation's best
	Draws  int     `json:"draws"`  // posterior draws of each trial
	Losses []Score `json:"losses"` // of the validation trials: summed over elements, averaged over draws
}

// losses are those for the search.
func (v *Review) losses() []float64 {
	losses := make([]float64, len(v.Losses))
	for i, x := range v.Losses {
		losses[i] = float64(x)
	}
	return losses
}

func reviewPath(generation int) string {
	return filepath.Join(generationDir(generation), "review.json")
}

// review returns a generation's review: as it is on disk, or made now and written. It is
// nil if nobody reviews, or no member has a score.
func (d *driver) review(ctx context.Context, g generation) (*Review, error) {
	v, best, err := d.reviewed(g)
	if v != nil || best == nil || err != nil {
		return v, err
	}
	state, err := d.folder.ReadModel(&Model{Place: pbt.Place{Generation: best.Generation, Member: best.Member}, Checkpoint: best.Checkpoint, SHA256: best.SHA256})
	if err != nil {
		return nil, err
	}
	losses, err := d.reviewer.Review(ctx, state)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, fmt.Errorf("reviewing generation %d, member %d: %w", best.Generation, best.Member, err)
	}
	v = &Review{Member: best.Member, Draws: d.reviewer.Draws}
	for _, x := range losses {
		v.Losses = append(v.Losses, Score(x))
	}
	return v, d.folder.writeJSON(reviewPath(best.Generation), v)
}

// reviewed returns a generation's review that is on disk, or the result that one is to
// be made of; neither if none is wanted, as of a finish, after which nothing is decided.
// One that was cut short, or is of another member or other draws, is none. The error says
// that none can be made any more.
func (d *driver) reviewed(g generation) (*Review, *Result, error) {
	at, ok := pbt.History{g.outcomes()}.Best()
	if d.reviewer == nil || !ok || g.finish() {
		return nil, nil, nil
	}
	best := g.result(at.Member)
	var v Review
	unread := d.folder.readJSON(reviewPath(best.Generation), &v)
	if unread == nil && v.Member == best.Member && v.Draws == d.reviewer.Draws && d.reviewer.has(len(v.Losses)) {
		return &v, nil, nil
	}
	if _, err := os.Stat(d.folder.path(best.Checkpoint)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, d.folder.unreviewed(best, d.reviewer.Draws)
	}
	return nil, &best, nil
}

// ErrUnreviewed is a generation without a review, whose best member has no checkpoint any
// more.
var ErrUnreviewed = errors.New("a generation was not reviewed, and cannot be any more")

// unreviewed is that error, with the ways out.
func (f Files) unreviewed(best Result, draws int) error {
	dir := Unit{Generation: best.Generation, Member: best.Member}.dir()
	sentence := fmt.Sprintf("%s does not hold the losses of %d draws by which pbt.stop_errors compares generations, and the checkpoint that they are made from is gone: "+
		"remove %s and go on with `autolfads resume %s`, which trains it again with the same result, or without that stop rule, `autolfads resume %s --set pbt.stop_errors=0`",
		f.path(reviewPath(best.Generation)), draws, f.path(filepath.Join(dir, "result.json")), f.Dir, f.Dir)
	return advised{ErrUnreviewed, sentence}
}

// has reports whether a review may have so many losses.
func (r *Reviewer) has(losses int) bool { return losses > 0 && (r.Trials == 0 || losses == r.Trials) }
