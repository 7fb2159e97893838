package experiment

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/internal/durable"
)

// measureText is a measure's tables; "" where no cell has it.
func measureText(m *Measure, chosen, others []method) string {
	var rows, differences [][]string
	for i := range chosen {
		rows = append(rows, summaryRow(m, &chosen[i])...)
		for k := i + 1; k < len(chosen); k++ {
			differences = append(differences, differenceRow(m, &chosen[i], &chosen[k])...)
		}
	}
	for i := range others {
		rows = append(rows, summaryRow(m, &others[i])...)
		if k := slices.IndexFunc(chosen, func(c method) bool { return c.way == others[i].way }); k >= 0 {
			differences = append(differences, differenceRow(m, &others[i], &chosen[k])...)
		}
	}
	if len(rows) == 0 {
		return ""
	}
	better := "higher"
	if !m.Higher {
		better = "lower"
	}
	text := fmt.Sprintf("\n### %s (%s is better)\n\n", m.Title, better) + Markdown([]string{"way", "splits", "mean", "95 %", "sd", "worst"}, rows)
	if len(differences) > 0 {
		text += "\n" + Markdown([]string{"difference", "splits", "mean", "95 %", "better on"}, differences)
	}
	return text
}

// summaryRow is a method's row; none without scores.
func summaryRow(m *Measure, of *method) [][]string {
	scores := of.scores(m.Key)
	if len(scores) == 0 {
		return nil
	}
	s := Summarise(scores.values())
	worst := s.Least
	if !m.Higher {
		worst = s.Most
	}
	return [][]string{{of.name(), strconv.Itoa(s.Of), m.number(s.Mean), m.interval(&s), m.number(s.SD), m.number(worst)}}
}

// differenceRow is the row of one method less another; none without splits that both
// have.
func differenceRow(m *Measure, a, b *method) [][]string {
	differences := a.scores(m.Key).less(b.scores(m.Key))
	if len(differences) == 0 {
		return nil
	}
	values, better := differences.values(), 0
	for _, v := range values {
		if v != 0 && v > 0 == m.Higher {
			better++
		}
	}
	s := Summarise(values)
	return [][]string{{a.name() + " less " + b.name(), strconv.Itoa(s.Of), m.number(s.Mean), m.interval(&s), fmt.Sprintf("%d of %d", better, s.Of)}}
}

// number writes a score as tables have it.
func (m *Measure) number(v float64) string { return Number(v, m.Digits) }

// Number writes a number as tables have it: with so many digits behind its point, and
// without the zero before it; "" for NaN.
func Number(v float64, digits int) string {
	if v != v {
		return ""
	}
	text := strconv.FormatFloat(v, 'f', digits, 64)
	switch {
	case text == "-0":
		return "0"
	case digits == 0:
		return text
	case strings.Trim(text, "-0.") == "":
		return strings.TrimPrefix(strings.TrimPrefix(text, "-"), "0")
	}
	sign := ""
	if text[0] == '-' {
		sign, text = "-", text[1:]
	}
	return sign + strings.TrimPrefix(text, "0")
}

func (m *Measure) interval(s *Summary) string {
	if s.Interval == nil {
		return ""
	}
	return fmt.Sprintf("[%s, %s]", m.number(s.Interval.Low), m.number(s.Interval.High))
}

// costText says what the ways took, on average over cells.
func costText(chosen []method) string {
	var rows [][]string
	for i := range chosen {
		m := &chosen[i]
		var epochs, generations, search, training float64
		for k := range m.cells {
			c := &m.cells[k]
			epochs, generations = epochs+float64(c.EpochsUsed), generations+float64(c.Generations)
			search, training = search+c.Time.Search, training+c.Time.Training
		}
		n := float64(len(m.cells))
		rows = append(rows, []string{
			m.way, strconv.Itoa(len(m.cells)), thousands(int(epochs/n + .5)), strconv.FormatFloat(generations/n, 'f', 1, 64),
			minutes(search / n), minutes(training / n),
		})
	}
	return "\n### What it took, a cell\n\n" + Markdown([]string{"way", "cells", "epochs", "generations", "minutes by the clock", "minutes of training, models added up"}, rows)
}

func minutes(seconds float64) string { return strconv.FormatFloat(seconds/60, 'f', 1, 64) }

// cellsText lists the cells one by one.
func cellsText(cells []Cell) string {
	head := []string{"way", "split", "seed", "validation loss"}
	var measures []Measure
	for _, m := range Measures() {
		if slices.ContainsFunc(cells, func(c Cell) bool { _, ok := c.scored(Chosen, m.Key); return ok }) {
			measures = append(measures, m)
			head = append(head, m.Title)
		}
	}
	var rows [][]string
	for i := range cells {
		c := &cells[i]
		if c.Seeds != nil {
			continue // an ensemble of cells that stand here themselves
		}
		row := []string{c.Way, strconv.Itoa(c.Split), strconv.FormatUint(c.Seed, 10), (&Measure{Digits: 5}).number(c.Loss)}
		for _, m := range measures {
			value, ok := c.scored(Chosen, m.Key)
			text := ""
			if ok {
				text = m.number(value)
			}
			row = append(row, text)
		}
		rows = append(rows, append(row, chosenText(c), minutes(c.Time.Search), c.Version, c.Machine))
	}
	return "\n### Cells\n\n" + Markdown(append(head, "generation, member", "minutes", "version", "machine"), rows)
}

// chosenText says which model was chosen.
func chosenText(c *Cell) string {
	text := fmt.Sprintf("%d, %d", c.Chosen.Generation, c.Chosen.Member)
	if c.Kind != "" {
		text += " (" + c.Kind + ")"
	}
	return text
}

// commandsText says by which commands the cells were made, those of several ways in one.
func commandsText(cells []Cell) (text string) {
	ways := map[string][]string{}
	var commands []string
	for i := range cells {
		command, way, _ := strings.Cut(cells[i].Command, " --ways ")
		way, _, _ = strings.Cut(way, " ")
		if ways[command] == nil {
			commands = append(commands, command)
		}
		if !slices.Contains(ways[command], way) {
			ways[command] = append(ways[command], way)
		}
	}
	for _, command := range commands {
		text += "\n    " + command + " --ways " + strings.Join(ways[command], ",")
	}
	return text + "\n"
}

// Markdown is a table.
func Markdown(head []string, rows [][]string) string {
	text := "| " + strings.Join(head, " | ") + " |\n|" + strings.Repeat("---|", len(head)) + "\n"
	for _, row := range rows {
		text += "| " + strings.Join(row, " | ") + " |\n"
	}
	return text
}

// thousands writes a whole number with commas.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// WriteText writes a file, whole or not at all.
func WriteText(path, text string) error {
	return durable.WriteFile(path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}
