package prepare

import (
	"fmt"
	"strings"
)

// String lays the report out in lines for a terminal.
func (r *Report) String() string {
	var b strings.Builder
	line := func(label, format string, args ...any) {
		fmt.Fprintf(&b, "%-12s %s\n", label, fmt.Sprintf(format, args...))
	}
	line("recording", "%s", r.Name)
	for _, n := range r.Reading {
		line("reading", "%s", n)
	}
	line("trials", "%s", r.trials())
	if r.Chop != nil {
		line("recorded", "%s", r.Chop)
	}
	for _, d := range r.Dropped {
		line("dropped", "%d: %s (counted from 0: %s)", len(d.Trials), d.Reason, few(d.Trials))
	}
	line("bins", "%d of %g ms%s", r.Bins, r.BinMs, r.forward())
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
		line("missing", "%.3g %% of the counts: units were not observed throughout these bins (NaN)", 100*r.Missing)
	}
	r.split(line)
	for _, b := range r.Behavior {
		line("behaviour", "%s", b.text(r.options.Behavior.LagMs))
	}
	for _, b := range r.Inputs {
		line("external", "%s", b.text(0))
	}
	r.splitNotes(line)
	for _, n := range r.Notes {
		line("note", "%s", n)
	}
	return b.String()
}

// notRead says which units are left out, and which are held out.
func (r *Report) notRead(line func(label, format string, args ...any)) {
	for _, l := range r.LeftOut {
		line("left out", "%s, %s: %s", unitsIn(len(l.Units)), l.Reason, few(l.Units))
	}
	if len(r.Slow) > 0 {
		line("left out", "%s below %g Hz: %s", unitsIn(len(r.Slow)), r.options.Units.MinRateHz, few(idsOf(r.Slow)))
	}
	if len(r.HeldOut) > 0 {
		line("held out", "%s, which the model predicts from the other %d%s: %s", unitsIn(len(r.HeldOut)), len(r.Units)-len(r.HeldOut), r.heldOutBy(), few(r.HeldOut))
	}
}

// trials says which windows of what there are.
func (r *Report) trials() string {
	if c := r.Chop; c != nil {
		return fmt.Sprintf("%d of %d windows of %g ms, of which each shares %g ms with the next one", r.Trials, r.Of, c.WindowMs, c.OverlapMs)
	}
	return fmt.Sprintf("%d of the %d rows of %s, %v ms about %s", r.Trials, r.Of, r.Table, r.Window, r.Align)
}

func (r *Report) forward() string {
	if r.Forward == 0 {
		return ""
	}
	return fmt.Sprintf(", and %d behind them that the model predicts and does not read", r.Forward)
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

// few lists the first few of some names or numbers.
func few[T any](all []T) string {
	const most = 8
	words := make([]string, 0, most)
	for _, v := range all[:min(len(all), most)] {
		words = append(words, fmt.Sprint(v))
	}
	if len(all) > most {
		words = append(words, "...")
	}
	return strings.Join(words, ", ")
}
