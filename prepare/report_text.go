package prepare

import (
	"fmt"
	"strings"
)

// lineFunc writes a line behind its label; "" for one that goes on.
type lineFunc func(label, format string, args ...any)

// lines are those of some concerns, for a terminal.
func lines(concerns ...func(line lineFunc)) string {
	var b strings.Builder
	for _, lines := range concerns {
		lines(func(label, format string, args ...any) {
			fmt.Fprintf(&b, "%-12s %s\n", label, fmt.Sprintf(format, args...))
		})
	}
	return b.String()
}

// String lays the report out in lines for a terminal.
func (r *Report) String() string {
	return lines(r.recording, r.windows, r.observed, r.split, r.behavior, r.splitNotes, r.other)
}

// Brief is the report in as few lines as one reads before something else begins.
func (r *Report) Brief() string {
	if r.options.Units.ids != nil { // the units are a model's, and trials one split
		return lines(r.briefWindows, r.counted, r.other)
	}
	return lines(r.briefWindows, r.counted, r.notRead, r.briefCorrelated, r.split, r.splitNotes, r.other)
}

// recording says what was read.
func (r *Report) recording(line lineFunc) {
	line("recording", "%s", r.Name)
	for _, n := range r.Reading {
		line("reading", "%s", n)
	}
}

// behavior says what was taken beside spikes.
func (r *Report) behavior(line lineFunc) {
	for _, b := range r.Behavior {
		line("behaviour", "%s", b.text(r.options.Behavior.LagMs))
	}
	for _, b := range r.Inputs {
		line("external", "%s", b.text(0))
	}
}

// other is what else should be known.
func (r *Report) other(line lineFunc) {
	for _, n := range r.Notes {
		line("note", "%s", n)
	}
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
