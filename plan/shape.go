package plan

import (
	"errors"

	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/rng"
)

// Shape is how much a search trains.
type Shape struct {
	Parts     []Part
	Reviewed  bool // the best model of each generation is scored anew, but for a finish
	Finalists int  // models that are scored anew in the end
}

// Part is generations that are alike, one after the other.
type Part struct {
	Units  []int // epochs of each unit, in the order in which they begin
	Times  int   // how many generations
	Finish bool  // it is one of a finish
}

// Generations is how many there are, without a finish.
func (s *Shape) Generations() (n int) {
	for _, p := range s.Parts {
		if !p.Finish {
			n += p.Times
		}
	}
	return n
}

// Members is how many there are in the first generation.
func (s *Shape) Members() int { return len(s.Parts[0].Units) }

// Epochs is how many all units have together.
func (s *Shape) Epochs() (n int) {
	for _, p := range s.Parts {
		for _, epochs := range p.Units {
			n += p.Times * epochs
		}
	}
	return n
}

// MostEpochs is how many the longest unit has.
func (s *Shape) MostEpochs() (n int) {
	for _, p := range s.Parts {
		for _, epochs := range p.Units {
			n = max(n, epochs)
		}
	}
	return n
}

// ShapesOf returns the shapes of a search of the fewest epochs that its rules allow, and
// of the most. earliest is after how many epochs, of those of a start, a single model may stop early.
// Models of a budget of epochs make up for those that stopped early: of them both shapes are the same.
func ShapesOf(s pbt.Search, earliest func(pbt.Start) int) (fewest, most Shape, err error) {
	all := func(u pbt.Start) int { return u.Epochs }
	switch s := s.(type) {
	case pbt.Population:
		if fewest, err = ofPopulation(s, fewestGenerations(&s.Config)); err == nil {
			most, err = ofPopulation(s, s.Config.MaxGenerations)
		}
		return fewest, most, err
	case pbt.Random:
		if s.EpochsBudget > 0 {
			most, err = imagine(s, all)
			return most, most, err
		}
	}
	fewest, err = imagine(s, func(u pbt.Start) int {
		if u.Single {
			return min(u.Epochs, earliest(u))
		}
		return u.Epochs
	})
	if err == nil {
		most, err = imagine(s, all)
	}
	return fewest, most, err
}

// fewestGenerations is after how many generations a population may end: its stop rules
// compare pbt.stop_generations of them.
func fewestGenerations(c *pbt.Config) int {
	if c.StopErrors > 0 || c.StopRatio > 0 {
		return min(c.StopGenerations, c.MaxGenerations)
	}
	return c.MaxGenerations
}

// ofPopulation returns the shape of a population of so many generations, of which all but
// the first are alike: two are imagined, and a finish.
func ofPopulation(p pbt.Population, generations int) (Shape, error) {
	reviewed := p.Config.StopErrors > 0
	p.Config.StopErrors, p.Config.StopRatio, p.Config.MaxGenerations = 0, 0, min(generations, 2)
	s, err := imagine(p, func(u pbt.Start) int { return u.Epochs })
	s.Reviewed = reviewed
	if generations == 1 || err != nil {
		return s, err
	}
	s.Parts[1].Times = generations - 1
	if p.Config.MeanGenerations > 0 && s.Finalists > 1 {
		s.Finalists++ // a mean of relatives, and now and then another; whose it is, scores decide
	}
	return s, nil
}

// imagine has a search decide from results that nobody has trained: each generation is better
// than the one before, in whatever order of its members. Which scores they are changes who
// copies whom, and no length.
func imagine(s pbt.Search, epochs func(pbt.Start) int) (shape Shape, err error) {
	var h pbt.History
	for {
		d := s.Next(h)
		switch d.Status {
		case pbt.Failed:
			return shape, errors.New(d.Reason)
		case pbt.Finished:
			shape.Finalists = len(pbt.FinalOf(s, h).Members)
			return shape, nil
		}
		part := Part{Times: 1, Finish: d.Finish()}
		scores := rng.NewSource(rng.Derive(0, imagined, uint64(len(h))))
		var outcomes []pbt.Outcome
		for _, u := range d.Units {
			n := epochs(u)
			part.Units = append(part.Units, n)
			outcomes = append(outcomes, pbt.Outcome{
				Member: u.Member, Score: scores.Float64() - float64(len(h)), Epochs: n, Hyper: u.Hyper, From: u.From, Anneal: u.Anneal,
			})
		}
		shape.Parts = append(shape.Parts, part)
		h = append(h, outcomes)
	}
}

// What random numbers of plans are for: apart from those of runs.
var (
	imagined = rng.Named("github.com/autolfads/autolfads/plan scores")
	spread   = rng.Named("github.com/autolfads/autolfads/plan spread")
)
