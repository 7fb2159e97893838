package evaluate

import (
	"context"
	"errors"
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/metric"
)

// Inferred is what a model says of one split.
type Inferred struct {
	Rates   *dataset.Array // counts per bin, or means, [trials, bins, neurons]
	Factors *dataset.Array // [trials, bins, factors]; nil: none
}

// Candidate is a model, or another method, by what it says of the trials.
type Candidate struct {
	Name         string // of a rival
	Train, Valid Inferred
}

// question is one score, asked of the model and of every rival alike.
type question struct {
	name, unit string
	outputs    []string // what its outputs are called; nil: nobody knows, or there are none
	best       *float64 // of the true rates; nil: unknown
	of         func(ctx context.Context, c *Candidate) (*answer, error)
	smoothing  func() (*smoothed, error) // the rival made for this question; nil: none, as is what it returns
}

// answer is one candidate's score.
type answer struct {
	score     metric.ByTrial
	perOutput []*float64
	neurons   *Neurons
	sd        *float64 // over draws of training trials; nil: none are drawn
	note      string
	decoded   *dataset.Array // what was predicted on the way; nil: nothing

	value float64   // of all trials
	draws []float64 // of drawn trials; nil: nobody asked
}

// smoothed is smoothing as a candidate, with what it is.
type smoothed struct {
	Candidate
	note   string
	kernel int // which of those tried, where one was chosen
}

// ask scores the model, and beside it whoever is compared with it. A rival without
// a score takes none from the model. It returns the answers of the model and then of
// the candidates beside it, nil of one without.
func (e *evaluation) ask(q question) ([]*answer, error) {
	mine, err := e.answer(&q, &e.model)
	if err != nil {
		return nil, err
	}
	s := Score{
		Name: q.name, Unit: q.unit, Value: mine.value, Outputs: q.outputs, PerOutput: mine.perOutput, Neurons: mine.neurons,
		SD: mine.sd, Best: q.best, Note: mine.note, Interval: e.middle(mine.draws),
	}
	answers := []*answer{mine}
	for i := range e.rivals {
		r, theirs := e.rival(&q, mine, &e.rivals[i])
		s.Rivals, answers = append(s.Rivals, r), append(answers, theirs)
	}
	if r := e.smoothing(&q, mine); r != nil {
		s.Rivals = append(s.Rivals, *r)
	}
	e.add(s)
	return answers, nil
}

// rival answers a question for a rival; nil: it has no answer, and its note says why.
func (e *evaluation) rival(q *question, mine *answer, c *Candidate) (Rival, *answer) {
	r := Rival{Name: c.Name}
	theirs, err := e.answer(q, c)
	if err != nil {
		r.Note = "no score: " + err.Error()
		return r, nil
	}
	if theirs.note == mine.note {
		theirs.note = "" // it is told of the model
	}
	r.Value, r.PerOutput, r.Neurons, r.SD, r.Note = finiteOrNil(&theirs.value), theirs.perOutput, theirs.neurons, theirs.sd, theirs.note
	if r.Value == nil {
		r.Note = joined(fmt.Sprintf("no score: it is %v", theirs.value), r.Note)
		return r, nil
	}
	r.Interval = e.middle(theirs.draws)
	if mine.draws != nil {
		r.Difference = e.middle(metric.Differences(mine.draws, theirs.draws))
	}
	return r, theirs
}

// smoothing answers a question for smoothed spikes; nil if nobody asked.
func (e *evaluation) smoothing(q *question, mine *answer) *Rival {
	if q.smoothing == nil || !e.Smoothing {
		return nil
	}
	s, err := q.smoothing()
	switch {
	case err != nil:
		return &Rival{Name: Smoothing, Note: "no score: " + err.Error()}
	case s == nil:
		return nil
	}
	s.Name = Smoothing
	r, _ := e.rival(q, mine, &s.Candidate)
	r.Note = s.note
	return &r
}

// answer is a candidate's answer, with the score of all trials and of drawn ones.
func (e *evaluation) answer(q *question, c *Candidate) (*answer, error) {
	a, err := q.of(e.ctx, c)
	if err != nil {
		return nil, err
	}
	a.value = a.score.Of(nil)
	if e.Resampling.Draws > 0 {
		a.draws, err = e.Resampling.Scores(e.ctx, a.score)
	}
	return a, err
}

// middle returns the interval of draws of a score; nil without draws, or where there is
// none.
func (e *evaluation) middle(draws []float64) *metric.Interval {
	if draws == nil {
		return nil
	}
	return known(e.Resampling.Middle(draws))
}

var errNothingVaries = errors.New("what is compared with is constant: there is nothing to explain")
