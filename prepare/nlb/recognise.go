package nlb

import "github.com/autolfads/autolfads/dataset"

// Recognise returns the data set of the benchmark that a recording is by its columns and
// its numbers of units; "" if it is none.
func Recognise(r *dataset.Recording) string {
	s, err := newSession([]*dataset.Recording{r}, 5)
	if err != nil {
		return ""
	}
	for i := range presets {
		p := &presets[i]
		if len(s.units[heldIn]) == p.heldIn && len(s.units[heldOut]) == p.heldOut && len(p.lackOf(s)) == 0 {
			return p.name
		}
	}
	return ""
}
