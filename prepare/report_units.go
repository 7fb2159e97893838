package prepare

import "fmt"

// observed says what windows are filled with.
func (r *Report) observed(line lineFunc) {
	if r.Signals != nil {
		signalLines(r.Signals, line, r.Units)
	} else {
		line("units", "%d%s", len(r.Units), r.silent())
	}
	r.notRead(line)
	if r.Signals == nil {
		line("spikes", "%s", r.spikes())
	}
	if r.Correlated != nil {
		r.Correlated.lines(line)
	}
	if r.Missing > 0 {
		line("missing", "%.3g %% of the counts, in %s: units were not observed throughout these bins (NaN)", 100*r.Missing, r.lackingIn())
	}
}

// lackingIn says which trials, or windows, have counts that are missing.
func (r *Report) lackingIn() string {
	what := "trial"
	if r.Chop != nil {
		what = "window"
	}
	if len(r.Lacking) != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s: %s", len(r.Lacking), what, few(r.Lacking))
}

// counted says it in brief.
func (r *Report) counted(line lineFunc) {
	if r.Signals != nil {
		signalLines(r.Signals, line, r.Units)
		return
	}
	line("units", "%d%s", len(r.Units), r.silent())
	line("spikes", "%s", r.spikes())
}

// briefCorrelated names units that fire together, if any do.
func (r *Report) briefCorrelated(line lineFunc) {
	if r.Correlated != nil && len(r.Correlated.Pairs) > 0 {
		r.Correlated.lines(line)
	}
}

// notRead says which units are left out, and which are held out.
func (r *Report) notRead(line lineFunc) {
	for _, l := range r.LeftOut {
		line("left out", "%s, %s: %s", unitsIn(len(l.Units)), l.Reason, few(l.Units))
	}
	if len(r.Slow) > 0 {
		line("left out", "%s below %g Hz: %s", unitsIn(len(r.Slow)), r.options.Units.MinRateHz, few(idsOf(r.Slow)))
	}
	if len(r.SetAside) > 0 {
		line("set aside", "%s, which the model neither reads nor reconstructs (by seed %d): %s", unitsIn(len(r.SetAside)), r.options.Split.Seed, few(r.SetAside))
	}
	if len(r.HeldOut) > 0 {
		line("held out", "%s, which the model predicts from the other %d%s: %s", unitsIn(len(r.HeldOut)), len(r.Units)-len(r.HeldOut), r.heldOutBy(), few(r.HeldOut))
	}
}

func (r *Report) heldOutBy() string {
	if share := r.options.HoldOut.Share; share != 0 {
		return fmt.Sprintf(" (a share of %g by seed %d)", share, r.options.Split.Seed)
	}
	return ""
}

func (r *Report) silent() string {
	if len(r.Silent) == 0 {
		return ""
	}
	return fmt.Sprintf("; without spikes in these trials: %s", few(r.Silent))
}

func (r *Report) spikes() string {
	whose := "the recording's"
	if len(r.LeftOut) > 0 {
		whose = "these units'"
	}
	text := fmt.Sprintf("%d counted, %d of %s %d in no trial; %.4g Hz a unit on average", r.Counted, r.Outside, whose, r.Spikes, r.MeanRate)
	if r.Unobserved > 0 {
		text += fmt.Sprintf("; %d in bins that count as not observed", r.Unobserved)
	}
	if r.Unclear > 0 {
		text += fmt.Sprintf("; %d times are no numbers", r.Unclear)
	}
	return text
}

func unitsIn(n int) string {
	if n == 1 {
		return "1 unit"
	}
	return fmt.Sprintf("%d units", n)
}

func idsOf(units []UnitReport) []string {
	ids := make([]string, len(units))
	for i, u := range units {
		ids[i] = u.ID
	}
	return ids
}
