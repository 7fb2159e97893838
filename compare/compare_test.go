package compare

import (
	"strings"
	"testing"

	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/evaluate/factors"
	"github.com/autolfads/autolfads/metric"
	"github.com/autolfads/autolfads/pbt"
	"github.com/autolfads/autolfads/run"
)

// Progress never goes back, ends at the whole, and takes what a model left out for done.
func TestStages(t *testing.T) {
	last := 0
	s := newStages(3, true, func(step string, done, total int) {
		if done < last || done > total {
			t.Errorf("%s: %d of %d after %d", step, done, total, last)
		}
		last = done
	})
	for i, name := range []string{"a", "b", "c"} {
		s.model(name)
		if i == 1 {
			continue // it diverged
		}
		s.begin("inferring", inferringWeight)(4, 4)
		s.begin("few-shot co-smoothing", scoringWeight+fewShotWeight)(2, 2)
	}
	s.model("")
	s.begin("factors from factors", 6*crossWeight)(9, 9)
	if last != ofStages {
		t.Errorf("all is done at %d of %d", last, ofStages)
	}
}

// compared are four models: two of one line, one of another with the same bits, and one
// with fewer.
func compared() *Comparison {
	o := &Comparison{Chosen: "member 0", Crosses: &factors.Crossing{R2: [][]float64{{1, .9, .5, .8}, {.9, 1, .4, .7}, {.6, .5, 1, .3}, {.8, .8, .7, 1}}}}
	for i, founder := range []int{0, 0, 2, 3} {
		m := Model{Name: string(rune('a' + i)), Model: run.Model{Founder: pbt.Place{Member: founder}, Best: i == 0}}
		m.Scores = []evaluate.Score{{Name: evaluate.NameCo, Unit: "bits", Value: .2 - .01*float64(i)}}
		o.Models = append(o.Models, m)
	}
	o.Models[1].Worse, o.Models[2].Worse, o.Models[3].Worse = &metric.Interval{Low: -1, High: 1}, &metric.Interval{Low: -.1, High: .2}, &metric.Interval{Low: .1, High: .2}
	return o
}

// Strangers are of other descent alone, and without any there is no such figure.
func TestStrangers(t *testing.T) {
	o := compared()
	for i, want := range []float64{.7, .65, .5, .7} {
		if got := o.strangers(i); got == nil || *got-want > 1e-12 || want-*got > 1e-12 {
			t.Errorf("model %d: %v, want %v", i, got, want)
		}
	}
	for i := range o.Models {
		o.Models[i].Founder = pbt.Place{}
	}
	if o.strangers(0) != nil || o.founders() != 1 {
		t.Error("relatives are strangers")
	}
	if words := o.kinWord(); !strings.Contains(words, "descend from 1") || !strings.Contains(words, "says little here") {
		t.Errorf("said: %s", words)
	}
}

// Only models that the score does not tell from the choice are compared by their
// factors; without intervals all are.
func TestEqualModels(t *testing.T) {
	o := compared()
	for i := range o.Models {
		o.Models[i].CrossDecoding = &[]float64{.5, .6, .7, .9}[i]
	}
	words := strings.Join(o.words(), "\n")
	for _, part := range []string{"1 of the other models are worse", "2 are not told", "Of these 3", "in cross-decoding c (0.700; a: 0.500)", "descend from 3"} {
		if !strings.Contains(words, part) {
			t.Errorf("%q is not said:\n%s", part, words)
		}
	}
	for i := range o.Models {
		o.Models[i].Worse = nil
	}
	if words := strings.Join(o.words(), "\n"); !strings.Contains(words, "Of these 4") || !strings.Contains(words, "in cross-decoding d") {
		t.Errorf("without intervals:\n%s", words)
	}
	o = compared()
	for i := range o.Models[1:] {
		o.Models[i+1].Worse = &metric.Interval{Low: .1, High: .2}
	}
	if words := strings.Join(o.words(), "\n"); !strings.Contains(words, "no doubt") || strings.Contains(words, "Of these") {
		t.Errorf("where all are worse:\n%s", words)
	}
}
