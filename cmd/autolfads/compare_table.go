package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/autolfads/autolfads/compare/runs"
	"github.com/autolfads/autolfads/prepare"
)

// printRuns prints runs beside each other.
func printRuns(w io.Writer, c *runs.Comparison) {
	printTable(w, "", runRows(c))
	for _, r := range c.Runs {
		if r.Why != "" && r.State != "finished" {
			fmt.Fprintf(w, "  %s is %s: %s\n", clean(r.Name), clean(r.State), clean(r.Why))
		}
	}
	if len(c.Scores) > 0 {
		printTable(w, "scores; in brackets 95 % of what draws of the trials have (bootstrap)", runScoreRows(c))
	}
	if len(c.Settings) > 0 {
		printTable(w, "settings that differ", runSettingRows(c))
	}
	printWords(w, "before you compare", cleaned(c.Notes))
	if next := evaluateBoth(c); next != "" {
		fmt.Fprintf(w, "\nnext: %s\n", next)
	}
}

// printTable prints rows under a title, if there is one.
func printTable(w io.Writer, title string, rows [][]string) {
	if title != "" {
		fmt.Fprintf(w, "\n%s:\n", title)
	}
	for _, line := range alignLeft(rows) {
		fmt.Fprintln(w, "  "+line)
	}
}

// runRows say where each run stands.
func runRows(c *runs.Comparison) [][]string {
	rows := transpose([][]string{{"run"}, {"state"}, {"generations"}, {"epochs"}, {"time of", "the search"}, {"validation", "score"}, {"chosen model"}})
	for _, r := range c.Runs {
		row := []string{clean(r.Name), clean(r.State), "-", "-", "-", "-", "-"}
		if r.Generations > 0 {
			row[2] = fmt.Sprint(r.Generations)
		}
		if r.Epochs > 0 {
			row[3] = fmt.Sprint(r.Epochs)
		}
		if r.Seconds > 0 {
			row[4] = short(time.Duration(r.Seconds * float64(time.Second)))
		}
		if b := r.Chosen; b != nil {
			row[6] = clean(b.String())
			if b.Of == "" { // a training loss is no score
				row[5] = score(b.Final())
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// runScoreRows are the scores of each run that has some: a row a run, or a row a score, as it
// takes fewer columns.
func runScoreRows(c *runs.Comparison) [][]string {
	rows := [][]string{{"run"}, {""}}
	for _, s := range c.Scores {
		name := headsOf[s.Name]
		if name == "" {
			name = s.Name
		}
		rows[0], rows[1] = append(rows[0], clean(name)), append(rows[1], clean(s.Unit))
	}
	for i := range c.Runs {
		r := &c.Runs[i]
		if len(r.Scores) == 0 {
			continue
		}
		row := []string{clean(r.Name)}
		for _, s := range c.Scores {
			cell := "-"
			if found := r.Score(s.Name); found != nil {
				cell = strings.TrimSpace(fmt.Sprintf("%.4f %s", found.Value, bracketed(found.Interval)))
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	if len(rows)-2 > len(c.Scores) {
		return rows
	}
	rows[0][0] = "score"
	return transpose(rows)
}

// runSettingRows are the settings that runs have otherwise: a row each, or a column each,
// as it takes fewer columns.
func runSettingRows(c *runs.Comparison) [][]string {
	columns := [][]string{{"setting"}}
	for _, s := range c.Settings {
		columns[0] = append(columns[0], clean(s.Key))
	}
	for i := range c.Runs {
		if !c.Runs[i].Readable() {
			continue
		}
		column := []string{clean(c.Runs[i].Name)}
		for _, s := range c.Settings {
			column = append(column, cmp.Or(clean(s.Values[i]), "-"))
		}
		columns = append(columns, column)
	}
	if len(columns)-1 > len(c.Settings) {
		columns[0][0] = "run"
		return columns
	}
	return transpose(columns)
}

// evaluateBoth is the command that compares runs trial by trial; "" if that cannot be
// said of these.
func evaluateBoth(c *runs.Comparison) string {
	unlike := func(r runs.Run) bool { return clean(r.Dir) != r.Dir } // what is typed
	if len(c.Runs) < 2 || len(c.Runs) > 6 || !c.SameTrials() || slices.ContainsFunc(c.Runs, unlike) {
		return ""
	}
	words := []string{"autolfads", "evaluate"}
	for _, r := range c.Runs {
		words = append(words, prepare.Typed(r.Dir))
	}
	return prepare.Command(words...)
}
