package compare

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/evaluate/factors"
)

// yardstick is a number by which models of equal scores are told apart: the higher, the
// less their factors do beside what is scored.
type yardstick struct {
	name string // of files
	axis string // what it is, with its unit
	said string // what sentences call it
	of   func(m *Model) *float64
}

// yardsticks are those that some model has.
func (o *Comparison) yardsticks() (all []yardstick) {
	add := func(y yardstick) {
		if slices.ContainsFunc(o.Models, func(m Model) bool { return y.of(&m) != nil }) {
			all = append(all, y)
		}
	}
	add(yardstick{"models_cross_decoding", "factors from factors of others, median R2", "cross-decoding", (*Model).decoded})
	for _, k := range o.Shots() {
		add(yardstick{
			fmt.Sprintf("models_few_shot_%d", k), evaluate.NameFewShot(k) + ", bits per spike",
			fmt.Sprintf("few-shot k = %d", k),
			func(m *Model) *float64 { return m.value(evaluate.NameFewShot(k)) },
		})
	}
	return all
}

// Shots are the numbers of trials of few-shot co-smoothing that some model has a score of.
func (o *Comparison) Shots() (shots []int) {
	asked := factors.Usual.Trials
	if o.fewShot != nil {
		asked = o.fewShot
	}
	for _, k := range asked {
		if slices.ContainsFunc(o.Models, func(m Model) bool { return m.Scored(evaluate.NameFewShot(k)) != nil }) {
			shots = append(shots, k)
		}
	}
	return shots
}

// Names are those of the scores that some model has, of what the table tells beside the
// validation score.
func (o *Comparison) Names() (names []string) {
	for _, name := range []string{o.measure(), evaluate.NameFp, evaluate.NameBehavior} {
		if slices.ContainsFunc(o.Models, func(m Model) bool { return m.Scored(name) != nil }) {
			names = append(names, name)
		}
	}
	return names
}

// measure is by which score models are held to be equal.
func (o *Comparison) measure() string {
	if o.Models[0].Scored(evaluate.NameCo) != nil {
		return evaluate.NameCo
	}
	return evaluate.NameBits
}

// equals are the models that the measure does not show to be worse than the chosen one,
// with it; all, where there are no intervals to tell by.
func (o *Comparison) equals() (all []*Model) {
	known := slices.ContainsFunc(o.Models, func(m Model) bool { return m.Worse != nil })
	for i := range o.Models {
		m := &o.Models[i]
		if !known || m.Best || m.Worse != nil && m.Worse.Low <= 0 {
			all = append(all, m)
		}
	}
	return all
}

// Scored returns the score called name; nil if there is none.
func (m *Model) Scored(name string) *evaluate.Score {
	r := evaluate.Report{Scores: m.Scores}
	return r.Score(name)
}

// value is the number of a score; nil if there is none.
func (m *Model) value(name string) *float64 {
	if s := m.Scored(name); s != nil {
		return &s.Value
	}
	return nil
}

// decoded is how well a model's factors are decoded from those of others: of strangers,
// where there are any.
func (m *Model) decoded() *float64 {
	if m.FromStrangers != nil {
		return m.FromStrangers
	}
	return m.CrossDecoding
}

// highest is the model with the highest number; nil if none has one.
func highest(models []*Model, of func(*Model) *float64) *Model {
	var known []*Model
	for _, m := range models {
		if of(m) != nil {
			known = append(known, m)
		}
	}
	if known == nil {
		return nil
	}
	return slices.MaxFunc(known, func(a, b *Model) int { return cmp.Compare(*of(a), *of(b)) })
}
