package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/metric"
)

// printScores prints the scores on a dataset of what is called model, those of its rivals
// beneath each, and why some are not there.
func printScores(w io.Writer, d *dataset.Dataset, model string, scores []evaluate.Score, skipped []string) {
	t := scoreTable{model: model}
	for i := range scores {
		t.add(&scores[i])
	}
	title := "scores on " + d.Judged() + " trials"
	if t.intervals {
		title += "; in brackets 95 % of what draws of these trials have (bootstrap)"
	}
	if t.differences {
		title += "; difference: " + model + " less the other"
	}
	fmt.Fprintf(w, "\n%s:\n", title)
	t.write(w)
	for _, why := range skipped {
		fmt.Fprintf(w, "  skipped: %s\n", why)
	}
}

// scoreTable is a table of scores, a row for each method, with lines of notes
// between.
type scoreTable struct {
	model       string
	rows        []scoreRow
	intervals   bool // some row has one
	differences bool // some row has one
}

// scoreRow is a row of cells, or a note.
type scoreRow struct {
	cells []string
	note  string
}

// add adds a score and those of its rivals.
func (t *scoreTable) add(s *evaluate.Score) {
	named := ""
	if len(s.Rivals) > 0 {
		named = t.model
	}
	t.row(s.Name, named, fmt.Sprintf("%.4f %s", s.Value, s.Unit), s.Interval, perOutput(s.Outputs, s.PerOutput))
	t.note(s.Note)
	t.neurons(s.Neurons)
	if s.Best != nil {
		t.row("", "truth", fmt.Sprintf("%.4f", *s.Best), nil, "")
	}
	for i := range s.Rivals {
		t.rival(s, &s.Rivals[i])
	}
}

// rival adds what is beside the model, and the model's score less the rival's.
func (t *scoreTable) rival(s *evaluate.Score, r *evaluate.Rival) {
	value, better := "-", ""
	if r.Value != nil {
		value = fmt.Sprintf("%.4f", *r.Value)
	}
	if r.Difference != nil {
		better = fmt.Sprintf("difference %+.4f %s", s.Value-*r.Value, bracketed(r.Difference))
		t.differences = true
	}
	t.row("", r.Name, value, r.Interval, strings.TrimLeft(better+"  "+perOutput(nil, r.PerOutput), " "))
	t.note(r.Note)
	t.neurons(r.Neurons)
}

// neurons adds how single neurons score, which count equally there.
func (t *scoreTable) neurons(n *evaluate.Neurons) {
	if n != nil {
		t.note(fmt.Sprintf("single neurons: median %.4f, quartiles %.4f and %.4f", n.Median, n.Lower, n.Upper))
	}
}

func (t *scoreTable) row(name, method, value string, i *metric.Interval, rest string) {
	t.intervals = t.intervals || i != nil
	t.rows = append(t.rows, scoreRow{cells: []string{name, method, value, bracketed(i), rest}})
}

func (t *scoreTable) note(note string) {
	if note != "" {
		t.rows = append(t.rows, scoreRow{note: note})
	}
}

// write writes the rows with their columns aligned.
func (t *scoreTable) write(w io.Writer) {
	widths := make([]int, 5)
	for _, r := range t.rows {
		for i, cell := range r.cells {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	indent := widths[0] + 4
	for _, r := range t.rows {
		if r.note != "" {
			for _, line := range wrapped(r.note, noteWidth) {
				fmt.Fprintf(w, "%*s%s\n", indent, "", line)
			}
			continue
		}
		line := "  "
		for i, cell := range r.cells {
			if widths[i] > 0 {
				line += cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2)
			}
		}
		fmt.Fprintln(w, strings.TrimRight(line, " "))
	}
}

// noteWidth is how wide notes are.
const noteWidth = 100

// wrapped breaks a text between words into lines.
func wrapped(text string, width int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}

// bracketed writes an interval; "" without one.
func bracketed(i *metric.Interval) string {
	if i == nil {
		return ""
	}
	return fmt.Sprintf("[%.4f, %.4f]", i.Low, i.High)
}

// perOutput writes the scores of single outputs, with their names if they have any.
func perOutput(names []string, x []*float64) string {
	switch {
	case len(x) < 2:
		return ""
	case len(x) > mostOutputs:
		return quartered(x)
	}
	return "(" + named(names, x) + ")"
}

// mostOutputs is how many are printed one by one.
const mostOutputs = 6

// quartered says how the scores of many lie.
func quartered(x []*float64) string {
	var known []float64
	for _, v := range x {
		if v != nil {
			known = append(known, *v)
		}
	}
	q := metric.QuartilesOf(known)
	return fmt.Sprintf("(of %d: median %.4f, quartiles %.4f and %.4f)", q.Of, q.Median, q.Lower, q.Upper)
}

// named writes scores with the names of what they are of, if there are any.
func named(names []string, x []*float64) string {
	if len(names) != len(x) {
		return numbers(x)
	}
	texts := make([]string, len(x))
	for i := range x {
		texts[i] = names[i] + " " + numbers(x[i:i+1])
	}
	return strings.Join(texts, ", ")
}

// numbers writes scores; a dash for one that is not there.
func numbers(x []*float64) string {
	texts := make([]string, len(x))
	for i, v := range x {
		texts[i] = "-"
		if v != nil {
			texts[i] = fmt.Sprintf("%.4f", *v)
		}
	}
	return strings.Join(texts, ", ")
}

// printWords prints sentences under a title, if there are any.
func printWords(w io.Writer, title string, sentences []string) {
	if len(sentences) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s:\n", title)
	for _, s := range sentences {
		fmt.Fprintf(w, "  - %s\n", strings.Join(wrapped(s, noteWidth+20), "\n    "))
	}
}
