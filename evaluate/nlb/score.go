package nlb

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/autolfads/autolfads/decode"
	"github.com/autolfads/autolfads/internal/guard"
)

// scoring is one submission against its targets.
type scoring struct {
	*Submission
	t     *Targets
	notes []string
}

// Score scores a submission as nlb_tools do. Where a figure cannot be had, a sentence
// in Notes says why; without any, and when ctx ends, there is an error. tell is told
// how far the decoder is; nil: nobody is.
func Score(ctx context.Context, s *Submission, t *Targets, tell decode.Progress) (Scores, error) {
	if err := s.check(t); err != nil {
		return Scores{}, err
	}
	e := &scoring{Submission: s, t: t}
	scores := Scores{Dataset: t.Dataset, BinMs: t.BinMs, Split: t.Split, Warning: t.Warning}
	var faults []string
	for _, m := range e.metrics(&scores.Figures) {
		var v float64
		err := guard.Call(func() (err error) { v, err = m.score(ctx, tell); return err })
		switch {
		case ctx.Err() != nil:
			return Scores{}, ctx.Err()
		case errors.Is(err, errNone):
		case err != nil:
			faults = append(faults, fmt.Sprintf("no %s: %v", m.name, err))
		case !finite(v):
			faults = append(faults, fmt.Sprintf("no %s: it is %v, for numbers that are too large", m.name, v))
		default:
			*m.to = &v
		}
	}
	if scores.Figures == (Figures{}) {
		return Scores{}, fmt.Errorf("nothing could be scored: %s", strings.Join(faults, "; "))
	}
	scores.Notes = append(e.notes, faults...)
	return scores, nil
}

// errNone: the data set or the submission has no such figure, and need not.
var errNone = errors.New("there is none")

// measure is a metric under the benchmark's name.
type measure struct {
	name  string
	to    **float64
	score func(context.Context, decode.Progress) (float64, error)
}

func (e *scoring) metrics(f *Figures) []measure {
	plain := func(score func() (float64, error)) func(context.Context, decode.Progress) (float64, error) {
		return func(context.Context, decode.Progress) (float64, error) { return score() }
	}
	behaviour := measure{"velocity R2", &f.Behaviour, e.velocity}
	if e.t.Dataset == timing {
		behaviour = measure{"tp corr", &f.Behaviour, plain(e.speed)}
	}
	return []measure{
		{"co-bps", &f.CoBPS, plain(e.coBPS)},
		behaviour,
		{"PSTH R2", &f.PSTHR2, plain(e.psth)},
		{"fp-bps", &f.FpBPS, plain(e.fpBPS)},
	}
}
