package compare

import (
	"math"

	"github.com/autolfads/autolfads/decode"
)

// stages tells how far all of a comparison is, from how far its stages are.
type stages struct {
	tell         func(step string, done, total int)
	named        string  // the model
	whole        float64 // weight of all
	before       float64 // weight of what is done
	weight       float64 // of what is under way
	each, models float64 // weight of one model; models begun
}

// What stages cost, about, of one model beside each other; of decoding, for one pair.
const (
	inferringWeight = 1.
	scoringWeight   = 1.
	fewShotWeight   = 4.
	crossWeight     = .1
)

// ofStages is in how many parts progress is told.
const ofStages = 1000

func newStages(models int, aside bool, tell func(step string, done, total int)) *stages {
	s := &stages{tell: tell, each: inferringWeight + scoringWeight}
	if aside {
		s.each += fewShotWeight
	}
	s.whole = s.each*float64(models) + crossWeight*float64(models*(models-1))
	return s
}

// model begins a model, or, called "", what is of all: what the last one did not do
// counts as done.
func (s *stages) model(name string) {
	s.named, s.before, s.weight = name, s.each*s.models, 0
	s.models++
}

// begin begins a stage of a weight, and returns what is told of it.
func (s *stages) begin(step string, weight float64) decode.Progress {
	s.before, s.weight = s.before+s.weight, weight
	if s.named != "" {
		step = s.named + ", " + step
	}
	told := func(done, total int) {
		if s.tell != nil {
			part := (s.before + weight*float64(done)/float64(max(total, 1))) / s.whole
			s.tell(step, int(math.Round(ofStages*part)), ofStages)
		}
	}
	told(0, 1)
	return told
}
