package prepare

import "fmt"

// split says which trials went where.
func (r *Report) split(line lineFunc) {
	line("split", "%d trials to train on, %d to validate with%s (%s)", r.Train, r.Valid, testTrials(r.Test, r.Test > 0), r.Rule)
	for _, c := range r.Conditions {
		line("condition", "%s: %d to train on, %d to validate with%s", c.Name, c.Train, c.Valid, testTrials(c.Test, r.Test > 0))
	}
}

// splitNotes says what may be wrong with that.
func (r *Report) splitNotes(line lineFunc) {
	r.lacking(line, "train on", func(c ConditionReport) int { return c.Train })
	r.lacking(line, "validate with", func(c ConditionReport) int { return c.Valid })
	switch {
	case r.Chop != nil && r.Shared > 0: // that they overlap is meant
		line("note", "%d windows that train share time with one that does not: --drop-shared leaves them out", r.Shared)
	case r.Chop == nil && r.Overlap > 0:
		line("note", "%d of %d trials begin before the one in front of them ends: spikes that they share are counted in each%s", r.Overlap, r.Trials, r.shared())
	}
}

// testTrials is how many trials test; "" where none does at all.
func testTrials(n int, any bool) string {
	if !any {
		return ""
	}
	return fmt.Sprintf(", %d to test with", n)
}

// lacking names the conditions without a trial for something.
func (r *Report) lacking(line lineFunc, what string, count func(ConditionReport) int) {
	var none []string
	for _, c := range r.Conditions {
		if count(c) == 0 {
			none = append(none, c.Name)
		}
	}
	if len(none) > 0 {
		line("note", "%d of %d conditions have no trial to %s: %s", len(none), len(r.Conditions), what, few(none))
	}
}

// shared says how many trials share time across parts.
func (r *Report) shared() string {
	if r.Shared == 0 {
		return ""
	}
	return fmt.Sprintf("; %d that train share some with one that does not: --drop-shared leaves them out, --split-blocks makes them few", r.Shared)
}
