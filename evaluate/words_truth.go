package evaluate

import "fmt"

// truth says how well known rates were found.
func (w *words) truth() string {
	s := w.r.Score(NameTruth)
	if s == nil || w.r.TruthDoubt != "" {
		return ""
	}
	known := " true " + w.inferred()
	text := verdict(s, "The"+known+" it finds", "The"+known+" it does not find", "Whether it finds the"+known+" these trials do not tell")
	return fmt.Sprintf("%s: R2 %.3f%s.", text, s.Value, between(s)) + againstRivals(s, "with the kernel that suits them", "")
}

// means says how much of data that are no counts is explained.
func (w *words) means() string {
	s := w.r.Score(nameMeans)
	if s == nil {
		return ""
	}
	text := verdict(s, "Its means explain something of the data, whose noise no model explains",
		"Its means explain nothing of the data, and the model has learned nothing that holds for other trials",
		"Whether its means explain anything of the data these trials do not tell")
	return fmt.Sprintf("%s: R2 %.3f%s.", text, s.Value, between(s)) + againstRivals(s, "", "")
}

// ofMeans reports whether the data are no counts: models infer means, not rates.
func (w *words) ofMeans() bool { return w.r.Score(nameMeans) != nil }

// read is what models read.
func (w *words) read() string {
	if w.ofMeans() {
		return "data"
	}
	return "spikes"
}

// inferred is what models infer.
func (w *words) inferred() string {
	if w.ofMeans() {
		return "means"
	}
	return "rates"
}

// oracle is what a likelihood is compared with that no model can beat.
func (w *words) oracle() string {
	if w.ofMeans() {
		return "the distribution that the data were drawn from"
	}
	return "the true rates"
}
