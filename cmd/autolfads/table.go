package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/autolfads/autolfads"
	"github.com/autolfads/autolfads/run/watch"
)

// statusLines writes where a run stands: what `autolfads status` prints, and
// what run and resume redraw on a terminal.
func statusLines(s autolfads.Status, k ink) []string {
	lines := []string{headline(s), epochLine(s)}
	if s.Best != nil {
		lines = append(lines, bestLine(s))
	}
	if line := scoresLine(s, k); line != "" {
		lines = append(lines, line)
	}
	if s.Search.Population() {
		lines = append(lines, fmt.Sprintf("copies so far: %d; divergences: %d", s.Exploits, s.Diverged))
	} else {
		lines = append(lines, fmt.Sprintf("divergences so far: %d", s.Diverged))
	}
	if len(s.Members) == 0 {
		return lines
	}
	return append(append(lines, ""), align(memberRows(s, k))...)
}

// headline says which run it is and whether it goes on.
func headline(s autolfads.Status) string {
	text := fmt.Sprintf("%s: %s", clean(s.Dir), clean(s.Status.Status))
	if s.Holder != "" && (s.Status.Status == "running" || s.Status.Status == "killed") {
		text += fmt.Sprintf(" (%s)", clean(s.Holder))
	}
	if s.Newest != nil && s.Status.Status == "running" {
		text += fmt.Sprintf(", last epoch %s ago", short(max(0, time.Since(*s.Newest))))
	}
	if s.Reason != "" {
		text += ": " + clean(s.Reason)
	}
	if s.Status.Status == "killed" || s.Status.Status == "stopped" {
		text += fmt.Sprintf(": go on with `autolfads resume %s`", clean(s.Dir))
	}
	return text
}

// bestLine says which model the run has come to. After a final choice its score is no
// smoothed one, as those of members are.
func bestLine(s autolfads.Status) string {
	if s.Best.FinalScore != nil {
		return fmt.Sprintf("chosen: score %s, over posterior draws (%s)", score(s.Best.Final()), s.Best)
	}
	return fmt.Sprintf("%s %s (%s)", soFar(s.ScoreOf), score(s.Best.Score), s.Best)
}

func epochLine(s autolfads.Status) string {
	text := fmt.Sprintf("generation %d", s.Generation)
	switch {
	case s.Search.Population() && len(s.Members) > 0 && s.Members[0].Anneal:
		text = fmt.Sprintf("finish, after generation %d", s.Generation-1)
	case s.MostGenerations > 0:
		text += fmt.Sprintf(" (0 to at most %d)", s.MostGenerations-1)
	}
	text += fmt.Sprintf(", %d of at most %d epochs", s.EpochsDone, s.MostEpochs)
	if s.SecondsLeft != nil && s.Status.Status == "running" {
		text += fmt.Sprintf(", at most %s left", short(time.Duration(*s.SecondsLeft*float64(time.Second))))
	}
	return text
}

// memberRows is the table: its first rows are the heads, a word a row.
func memberRows(s autolfads.Status, k ink) [][]string {
	keys := hyperKeys(s.Members)
	heads := [][]string{{"member"}, {"state"}, {"epochs"}, {"epoch"}, strings.Fields(scoreWord(s.ScoreOf)), {"copied"}, {"copied", "by"}}
	for _, key := range keys {
		heads = append(heads, strings.Split(key[strings.LastIndex(key, ".")+1:], "_"))
	}
	rows := transpose(heads)
	best := bestScore(s.Members)
	if s.ScoreOf != "" {
		best = math.NaN() // none is better than another
	}
	for _, m := range s.Members {
		row := []string{
			fmt.Sprint(m.Member), memberState(m, k), fmt.Sprintf("%d/%d", m.Done, m.Epochs), fmt.Sprint(m.Epoch),
			memberScore(m, best, k), k.paint(cyan, copiedOf(m)), strings.Trim(strings.Join(strings.Fields(fmt.Sprint(m.CopiedBy)), ","), "[]"),
		}
		for _, key := range keys {
			row = append(row, brief(m.Hyper[key]))
		}
		rows = append(rows, row)
	}
	return rows
}

// brief writes a value in three digits, a whole number in all that it has.
func brief(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e6 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}

func hyperKeys(members []watch.Member) []string {
	keys := map[string]bool{}
	for _, m := range members {
		for key := range m.Hyper {
			keys[key] = true
		}
	}
	return slices.Sorted(maps.Keys(keys))
}

// transpose turns columns into rows, with empty cells where a column is short.
func transpose(columns [][]string) [][]string {
	height := 0
	for _, c := range columns {
		height = max(height, len(c))
	}
	rows := make([][]string, height)
	for i := range rows {
		for _, c := range columns {
			cell := ""
			if i < len(c) {
				cell = c[i]
			}
			rows[i] = append(rows[i], cell)
		}
	}
	return rows
}

func bestScore(members []watch.Member) float64 {
	best := math.NaN()
	for _, m := range members {
		if v := float64(m.Score); !(best <= v) && !math.IsNaN(v) {
			best = v
		}
	}
	return best
}

// memberState is where a member stands.
func memberState(m watch.Member, k ink) string {
	if m.State == "diverged" {
		return k.paint(red, m.State)
	}
	return m.State
}

// memberScore marks the generation's best with a star.
func memberScore(m watch.Member, best float64, k ink) string {
	switch v := float64(m.Score); {
	case math.IsNaN(v):
		return "-"
	case v == best:
		return k.paint(green, score(v)+"*")
	default:
		return score(v) + " "
	}
}

// copiedOf says whose place a member took.
func copiedOf(m watch.Member) string {
	if m.CopiedOf == nil {
		return ""
	}
	return fmt.Sprintf("of %d", m.CopiedOf.Member)
}

// align pads columns to the right.
func align(rows [][]string) []string {
	return aligned(rows, func(cell, pad string) string { return pad + cell })
}

// alignLeft pads columns to the left.
func alignLeft(rows [][]string) []string {
	return aligned(rows, func(cell, pad string) string { return cell + pad })
}

// aligned makes each cell as wide as its column's widest, by join.
func aligned(rows [][]string, join func(cell, pad string) string) []string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], widthOf(cell))
		}
	}
	lines := make([]string, len(rows))
	for r, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(join(cell, strings.Repeat(" ", widths[i]-widthOf(cell))) + "  ")
		}
		lines[r] = strings.TrimRight(b.String(), " ")
	}
	return lines
}
