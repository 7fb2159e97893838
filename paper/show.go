package paper

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/experiment"
	"github.com/autolfads/autolfads/report"
)

// Figure is a figure of an experiment.
type Figure struct {
	Name  string // of its files, without the ending: it begins with the experiment's
	Shows string // in words, for who cannot see it
	Of    interface{ Write(path string) error }
}

// show writes what follows from a result: figures, and a page of its tables and of what
// was found.
func (l *Lab) show(e *Experiment, r *Result) error {
	for _, f := range e.Draw(r) {
		if err := l.draw(f); err != nil {
			return err
		}
	}
	text := fmt.Sprintf("# %s\n\n%s\n", e.Name, e.paragraph(r)) + r.tablesText()
	text += "\n## Figures\n\n"
	for _, f := range e.figures(r) {
		text += fmt.Sprintf("![%s](../%s/%s.svg)\n", f.Shows, figuresDir, f.Name)
	}
	return experiment.WriteText(l.path(resultsDir, e.Name+".md"), text+"\n## Made by\n\n    "+r.Command+"\n")
}

// draw draws a figure in every format.
func (l *Lab) draw(f Figure) error {
	for _, format := range report.Formats {
		if err := f.Of.Write(l.path(figuresDir, f.Name+"."+format)); err != nil {
			return err
		}
	}
	return nil
}

// Draw draws a figure that needs more than a result's numbers, and has the result know of
// it.
func (l *Lab) Draw(r *Result, f Figure) error {
	r.Figures = append(r.Figures, Drawn{f.Name, f.Shows})
	return l.draw(f)
}

// figures are all that a result has, those of its numbers first.
func (e *Experiment) figures(r *Result) (all []Drawn) {
	for _, f := range e.Draw(r) {
		all = append(all, Drawn{f.Name, f.Shows})
	}
	return append(all, r.Figures...)
}

// tablesText are the tables of a result, and its numbers of no row.
func (r *Result) tablesText() (text string) {
	for i := range r.Tables {
		t := &r.Tables[i]
		text += fmt.Sprintf("\n## %s\n\n", figureName(t.Panel)) + t.text()
	}
	return text
}

// text is a table in Markdown.
func (t *Table) text() string {
	head := []string{""}
	for _, c := range t.Columns {
		head = append(head, c.Title)
	}
	var rows [][]string
	for _, r := range t.Rows {
		row := []string{strings.TrimSpace(r.Group + " " + r.Name)}
		for _, c := range t.Columns {
			text := ""
			if v, ok := r.Values[c.Key]; ok {
				text = c.number(v)
			}
			row = append(row, text)
		}
		rows = append(rows, row)
	}
	return experiment.Markdown(head, rows)
}

// number writes a quantity as tables have it. Those of many sizes have digits that count,
// and not behind the point.
func (c *Column) number(v float64) string {
	if c.Digits < 0 {
		return strconv.FormatFloat(v, 'g', -max(c.Digits, -mostDigits), 64)
	}
	return experiment.Number(v, min(c.Digits, mostDigits))
}

// mostDigits are all that a number has, whatever a file asks for.
const mostDigits = 17

// num writes a number in a sentence.
func num(v float64, digits int) string { return experiment.Number(v, digits) }
