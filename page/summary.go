package page

import "math"

// ofValidation is Course.ScoreOf of most runs.
const ofValidation = "validation trials"

// Summary is a run in a list of runs.
type Summary struct {
	Name   string  `json:"name"` // of the run folder
	Data   string  `json:"data"` // name of the data file
	State  State   `json:"state"`
	Score  *Number `json:"score"`  // of the chosen model, as its page has it; before there is one, the best so far
	Unit   string  `json:"unit"`   // of it; runs of different units are not to be compared
	SHA256 string  `json:"sha256"` // of the data: runs of other data are not to be compared
	// Likelihood and ScoreOf are two things more by which scores are not to be compared: those of
	// several likelihoods have one unit, and of training trials they are lower.
	Likelihood string   `json:"likelihood"` // model.likelihood; "": not known
	ScoreOf    string   `json:"score_of"`   // "training trials"; "": of validation trials
	X          []int    `json:"x"`          // epochs of one member at the end of each generation
	Y          []Number `json:"y"`          // the best score of each generation; null: none has one
	Fault      string   `json:"fault"`      // why the run cannot be read, a sentence; "": it can
	Notes      int      `json:"notes"`      // how many warnings and notes its page has
	Change     int      `json:"version"`    // grows whenever the run's document is another one; set by who serves it
}

// Summary returns what a list of runs shows of the document's.
func (d *Document) Summary() Summary {
	s := Summary{Name: d.Name, Data: d.Data.Name, State: d.State, Unit: d.Course.Unit, SHA256: d.Data.SHA256, Notes: len(d.Warnings) + len(d.Notes)}
	for _, set := range d.Settings {
		if set.Key == "model.likelihood" {
			s.Likelihood = set.Value
		}
	}
	if d.Course.ScoreOf != ofValidation {
		s.ScoreOf = d.Course.ScoreOf
	}
	for i := range d.Course.Generations {
		g := &d.Course.Generations[i]
		best := g.best()
		if best != nil && (s.Score == nil || *best < *s.Score) {
			s.Score = best
		}
		if best == nil {
			nothing := Number(math.NaN())
			best = &nothing
		}
		s.X, s.Y = append(s.X, g.Start+g.Epochs), append(s.Y, *best)
	}
	if d.Chosen != nil && d.Chosen.Score != nil {
		s.Score = d.Chosen.Score
	}
	return s
}

// best is the lowest score of a generation; nil: no member has one.
func (g *Generation) best() (score *Number) {
	for i := range g.Members {
		if m := &g.Members[i]; m.Score != nil && (score == nil || *m.Score < *score) {
			score = m.Score
		}
	}
	return score
}
