package evaluate

import "fmt"

// heldOut says what neurons say that the model does not read.
func (w *words) heldOut() string {
	s := w.r.Score(NameCo)
	if s == nil {
		return ""
	}
	return "The model predicts held-out neurons, which it does not read, with " + againstMeanRates(s) +
		againstRivals(s, "which smooths the neurons that are read and regresses the others on them", "")
}

// ownSpikes says how neurons are predicted whose spikes are read.
func (w *words) ownSpikes() string {
	s := w.r.Score(NameBits)
	if s == nil || w.r.Score(NameCo) != nil {
		return ""
	}
	return "The model predicts the neurons that it reads with " + againstMeanRates(s) +
		againstRivals(s, "which predicts each bin from the other bins of its neuron", ", but so would a model be that copies spikes")
}

// behavior says how behaviour is decoded.
func (w *words) behavior() string {
	s := w.r.Score(NameBehavior)
	if s == nil {
		return ""
	}
	aside := ", of which the model knows nothing,"
	if w.d.Valid.External != nil {
		aside = "" // it may be among what the model is told
	}
	its := " its " + w.inferred()
	text := verdict(s, "Behaviour"+aside+" is decoded from"+its,
		"Behaviour"+aside+" is not in"+its,
		"Whether behaviour"+aside+" is in"+its+" these trials do not tell")
	return fmt.Sprintf("%s: R2 %.3f%s.", text, s.Value, between(s)) + againstRivals(s, "of the same neurons", "")
}

// againstMeanRates compares bits per spike with those of mean rates, which are 0.
func againstMeanRates(s *Score) string {
	compared := verdict(s, ", better than their mean rates do.",
		", worse than their mean rates do: the model has learned nothing that holds for other trials.",
		": these trials do not tell that from their mean rates.")
	return fmt.Sprintf("%.3f bits per spike%s%s", s.Value, between(s), compared)
}

// verdict returns what is to be said of a score that is above 0, below it, or neither
// for sure.
func verdict(s *Score, above, below, open string) string {
	switch {
	case better(s):
		return above
	case worse(s):
		return below
	}
	return open
}

// better reports whether a score is above 0, by its interval if it has one.
func better(s *Score) bool {
	if s.Interval == nil {
		return s.Value > 0
	}
	return s.Interval.Low > 0
}

// worse reports whether a score is below 0, by its interval if it has one.
func worse(s *Score) bool {
	if s.Interval == nil {
		return s.Value <= 0
	}
	return s.Interval.High < 0
}

// between says in which interval a score lies.
func between(s *Score) string {
	if s.Interval == nil {
		return ""
	}
	return fmt.Sprintf(" (between %.3f and %.3f in 95 %% of draws of trials)", s.Interval.Low, s.Interval.High)
}

// againstRivals compares a score with those of its rivals, a sentence for each; higher
// is better. smoothing says what smoothing is for this score, but what a victory over
// it does not show.
func againstRivals(s *Score, smoothing, but string) (text string) {
	for i := range s.Rivals {
		switch r := &s.Rivals[i]; {
		case r.Value == nil:
		case r.Name == Smoothing:
			text += " " + againstRival(s, r, "; "+smoothing, but, ": train longer or on more trials, or let more members search")
		default:
			text += " " + againstRival(s, r, "", "", "")
		}
	}
	return text
}

// againstRival compares a score with a rival's, as far as the interval of their
// difference tells.
func againstRival(s *Score, r *Rival, what, but, advice string) string {
	rival, by := fmt.Sprintf("%s (%.3f%s)", r.Name, *r.Value, what), s.Value-*r.Value
	switch d := r.Difference; {
	case s.Value <= 0 && *r.Value <= 0:
		return fmt.Sprintf("Nor is %s better than means.", rival)
	case d == nil:
		return fmt.Sprintf("The difference from %s has no interval, and is not judged.", rival)
	case d.Low > 0:
		return fmt.Sprintf("That is better than %s by %.3f [%.3f, %.3f]%s.", rival, by, d.Low, d.High, but)
	case d.High < 0:
		return fmt.Sprintf("That is worse than %s by %.3f [%.3f, %.3f]%s.", rival, -by, -d.High, -d.Low, advice)
	default:
		return fmt.Sprintf("These trials do not tell it from %s: the difference is %.3f [%.3f, %.3f].", rival, by, d.Low, d.High)
	}
}
