package compare

import (
	"fmt"
	"strings"
)

// words says what may be read from a comparison.
func (o *Comparison) words() (sentences []string) {
	for _, say := range []func() string{o.chosenWord, o.equalWord, o.believeWord, o.kinWord, o.asideWord, o.useWord} {
		if s := say(); s != "" {
			sentences = append(sentences, s)
		}
	}
	return sentences
}

// chosen is the search's choice; nil if it was left out.
func (o *Comparison) chosen() *Model {
	for i := range o.Models {
		if o.Models[i].Best {
			return &o.Models[i]
		}
	}
	return nil
}

func (o *Comparison) chosenWord() string {
	m := o.chosen()
	if m == nil {
		return "The search's choice is not among these models."
	}
	if m.Final != nil {
		return fmt.Sprintf("The search chose %s: scored anew with the same posterior draws as the other finalists (finalists/finalists.json), it has the lowest validation score, %.5f.", m.Name, float64(*m.Final))
	}
	return fmt.Sprintf("The search chose %s: its validation score, %.5f, is the lowest.", m.Name, float64(m.Score))
}

// equalWord says how many models the score does not tell apart.
func (o *Comparison) equalWord() string {
	worse, equal, better := 0, 0, 0
	for i := range o.Models {
		switch w := o.Models[i].Worse; {
		case w == nil:
		case w.Low > 0:
			worse++
		case w.High < 0:
			better++
		default:
			equal++
		}
	}
	if worse+equal+better == 0 {
		return ""
	}
	text := fmt.Sprintf("By %s, %d of the other models are worse than it in 97.5 %% of draws of validation trials or more, %d better in as many, and %d are not told from it", o.measure(), worse, better, equal)
	if equal+better == 0 {
		return text + ": there is no doubt which to believe."
	}
	return text + ": the score gives no reason to believe it rather than those."
}

// believeWord says whose factors do least beside, among equals.
func (o *Comparison) believeWord() string {
	equal := o.equals()
	if len(equal) < 2 {
		return ""
	}
	var said []string
	for _, y := range o.yardsticks() {
		if best := highest(equal, y.of); best != nil {
			said = append(said, fmt.Sprintf("in %s %s (%.3f%s)", y.said, best.Name, *y.of(best), beside(o.chosen(), best, y.of)))
		}
	}
	if said == nil {
		return ""
	}
	return fmt.Sprintf("Of these %d, the highest is %s. The higher, the less factors do beside what is scored: where one model leads in all, and clearly, believe it rather than its equals, unless its other scores are low: factors that do little at all are decoded well, too.", len(equal), strings.Join(said, ", "))
}

// beside tells the chosen one's number, if another is best.
func beside(chosen, best *Model, of func(*Model) *float64) string {
	if chosen == nil || chosen == best {
		return ""
	}
	v := of(chosen)
	if v == nil {
		return ""
	}
	return fmt.Sprintf("; %s: %.3f", chosen.Name, *v)
}

// kinWord says which models descend from one.
func (o *Comparison) kinWord() string {
	founders := o.founders()
	switch {
	case len(o.Models) < 2:
		return "With one model there are no others to decode its factors from."
	case founders == len(o.Models):
		return ""
	}
	text := fmt.Sprintf("By copying, these %d models descend from %d: relatives were one model once, so their factors are decoded well from each other's whatever they do", len(o.Models), founders)
	if founders > 1 {
		return text + "; strangers are the models of other descent."
	}
	return text + ", and cross-decoding says little here: models of a random search are independent."
}

// asideWord says why there is no few-shot co-smoothing, or not of every number of trials.
func (o *Comparison) asideWord() string {
	if !o.aside {
		return "No neurons are set aside, so there is no few-shot co-smoothing: a run with --set-aside N has it."
	}
	var why []string
	for _, skipped := range o.Models[0].Skipped {
		if strings.Contains(skipped, "few-shot") {
			why = append(why, skipped)
		}
	}
	if why == nil {
		return ""
	}
	return fmt.Sprintf("Skipped: %s.", strings.Join(why, "; "))
}

func (o *Comparison) useWord() string {
	return "Whichever is believed was chosen on validation trials: what it is worth is to be told on others."
}
