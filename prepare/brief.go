package prepare

import (
	"fmt"
	"strings"
)

// Brief is the report in as few lines as one reads before something else begins.
func (r *Report) Brief() string {
	var b strings.Builder
	line := func(label, format string, args ...any) {
		fmt.Fprintf(&b, "%-12s %s\n", label, fmt.Sprintf(format, args...))
	}
	line("trials", "%s", r.trials())
	for _, d := range r.Dropped {
		line("dropped", "%d: %s", len(d.Trials), d.Reason)
	}
	line("bins", "%d of %g ms%s", r.Bins, r.BinMs, r.forward())
	if r.Signals != nil {
		signalLines(r.Signals, line, r.Units)
	} else {
		line("units", "%d%s", len(r.Units), r.silent())
		line("spikes", "%s", r.spikes())
	}
	if r.options.Units.ids == nil { // else they are the units of a model, and one split
		r.chosen(line)
	}
	for _, n := range r.Notes {
		line("note", "%s", n)
	}
	return b.String()
}

// chosen says what was made of the units and trials, and what may be wrong with that.
func (r *Report) chosen(line func(label, format string, args ...any)) {
	r.notRead(line)
	if r.Correlated != nil && len(r.Correlated.Pairs) > 0 {
		r.Correlated.lines(line)
	}
	r.split(line)
	r.splitNotes(line)
}
