package evaluate

import "fmt"

// truth says how well known rates were found.
func (w *words) truth() string {
	s := w.r.Score(NameTruth)
	if s == nil || w.r.TruthDoubt != "" {
		return ""
	}
	text := verdict(s, "The true rates it finds", "The true rates it does not find", "Whether it finds the true rates these trials do not tell")
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

// read is what models read.
func (w *words) read() string {
	if w.r.Score(nameMeans) != nil {
		return "data"
	}
	return "spikes"
}
