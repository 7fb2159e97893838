package page

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// say writes in sentences what came of a run, or where it stands.
func (d *Document) say(e *ending) {
	if len(e.InWords) == 0 { // it is not at its end, or left no scores
		d.Verdict = append(d.Verdict, d.standing())
	}
	for _, s := range []string{e.Overfitting, e.TruthDoubt} {
		if s != "" {
			d.Verdict = append(d.Verdict, s)
		}
	}
	for _, s := range e.InWords {
		if !slices.Contains(d.Verdict, s) && s != e.Improving && s != e.Worsening {
			d.Verdict = append(d.Verdict, s)
		}
	}
	for i, s := range d.Verdict {
		d.Verdict[i] = squared.ReplaceAllString(s, ": R\u00B2 $1")
	}
	d.warn(e)
}

// squared finds a score in a sentence whose unit the page, as figures do, writes with a raised 2.
var squared = regexp.MustCompile(`: R2 (-?\d)`)

// standing says where the run stands.
func (d *Document) standing() string {
	s := &d.State
	text := map[string]string{
		"starting": "The run is starting: nothing is trained yet.",
		"running":  "The search is under way.",
		"scoring":  "The search is over; rates, scores and figures are being made.",
		"killed":   "The run was killed: `autolfads resume` goes on with it.",
		"stopped":  "The run was stopped: `autolfads resume` goes on with it.",
		"failed":   "The run failed.",
		"finished": "The run is finished.",
	}[s.Status]
	if text == "" {
		text = "Where the run stands its files do not say."
	}
	if s.Status == "running" && s.Generation >= 0 {
		text = fmt.Sprintf("Generation %d is under way%s.", s.Generation, d.of())
	}
	if s.Reason != "" && !s.Live() {
		text += " It ended so: " + strings.TrimSuffix(s.Reason, ".") + "."
	}
	if c := d.Chosen; c != nil && c.Score != nil {
		text += fmt.Sprintf(" The best model so far, %s, has a score of %.5g %s.", c.Words, float64(*c.Score), d.unitOfScores())
	}
	return text
}

// unitOfScores is the unit of the search's scores, and that they are of trials that were trained on.
func (d *Document) unitOfScores() string {
	if d.Course.ScoreOf == ofValidation {
		return d.Course.Unit
	}
	return d.Course.Unit + ", of " + d.Course.ScoreOf
}

// of says of how many generations the one under way is.
func (d *Document) of() string {
	if d.State.Most == 0 {
		return ""
	}
	return fmt.Sprintf(", of %d at most (the first is 0)", d.State.Most)
}

// silentWords tell warnings of neurons that do not fire from others of the data.
var silentWords = []string{"never a spike", "none in training trials", "no neuron fires", "never observed", "one value throughout"}

// warn gathers what may be wrong.
func (d *Document) warn(e *ending) {
	add := func(kind, text string) {
		if text != "" {
			d.Warnings = append(d.Warnings, Warning{kind, text})
		}
	}
	add("overfitting", e.Overfitting)
	add("truth", e.TruthDoubt)
	add("diverged", d.divergedWords())
	add("improving", e.Improving)
	add("worsening", e.Worsening)
	for _, w := range e.Warnings {
		kind := "data"
		if slices.ContainsFunc(silentWords, func(s string) bool { return strings.Contains(w, s) }) {
			kind = "silent"
		}
		if w != e.TruthDoubt {
			add(kind, w)
		}
	}
	switch d.State.Status {
	case "stopped", "failed", "killed":
		add("stopped", d.standing())
	}
}

// divergedWords says how often members diverged, and who did first.
func (d *Document) divergedWords() string {
	if d.State.Diverged == 0 {
		return ""
	}
	text := fmt.Sprintf("Members ended a generation without a score %d times", d.State.Diverged)
	if d.State.Diverged == 1 {
		text = "A member ended a generation without a score"
	}
	for _, g := range d.Course.Generations {
		for _, m := range g.Members {
			if m.State == "diverged" && m.Fault != "" {
				return fmt.Sprintf("%s; the first was member %d in generation %d: %s.%s", text, m.Member, g.Generation, m.Fault, d.afterDiverging())
			}
		}
	}
	return text + "." + d.afterDiverging()
}

// afterDiverging says what the search does with members that diverged; "" where it failed by them.
func (d *Document) afterDiverging() string {
	switch {
	case d.State.Status == "failed":
		return ""
	case d.Course.Population:
		return " Such members take another's place, and the search goes on."
	}
	return " The search goes on without them."
}
