package ingest

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/autolfads/autolfads/dataset"
)

// mostText is how many letters of a file's own words a line shows.
const mostText = 100

// String lays the description out in lines for a terminal.
func (d *Description) String() string {
	var b strings.Builder
	line := func(label, format string, args ...any) {
		fmt.Fprintf(&b, "%-12s %s\n", label, fmt.Sprintf(format, args...))
	}
	line("recording", "%s: %s", d.Name, d.Title)
	for _, a := range d.Attributes {
		line("", "%s: %s", a.Name, shortened(a.Value))
	}
	d.Units.write(line)
	label := "trials"
	for _, t := range d.Intervals {
		t.write(label, line)
		label = ""
	}
	if len(d.Intervals) == 0 {
		line("trials", "none")
	}
	for i, t := range d.Events {
		t.write([]string{"events", ""}[min(i, 1)], line)
	}
	for i, s := range d.Streams {
		line([]string{"streams", ""}[min(i, 1)], "%s", s)
	}
	for _, n := range d.Notes {
		line("note", "%s", n)
	}
	for _, o := range d.Oddities {
		line("odd", "%s", o)
	}
	if d.Next != "" {
		line("next", "%s", d.Next)
	}
	return b.String()
}

func (u *UnitsFacts) write(line func(label, format string, args ...any)) {
	if u.Units == 0 {
		line("units", "none")
		return
	}
	line("units", "%s, %s spikes%s%s", grouped(u.Units), grouped(u.Spikes), fromTo(u.Start, u.Stop), u.rates())
	if u.Observed {
		line("", "the file says when each was observed")
	}
	for _, c := range u.Columns {
		line("", "  %s", c)
	}
}

func (u *UnitsFacts) rates() string {
	if u.MedianRate == nil {
		return ""
	}
	return fmt.Sprintf("; %.3g to %.3g Hz, median %.3g Hz", *u.LeastRate, *u.MostRate, *u.MedianRate)
}

func (t *TableFacts) write(label string, line func(label, format string, args ...any)) {
	line(label, "%s: %s rows%s", t.Name, grouped(t.Rows), t.length())
	for _, c := range t.Columns {
		line("", "  %s", c)
	}
}

// length says how long rows are: the same of all, as far as it is written.
func (t *TableFacts) length() string {
	if t.Median == nil {
		return ""
	}
	least, most := fmt.Sprintf("%.4g", *t.Least), fmt.Sprintf("%.4g", *t.Most)
	if least == most {
		return fmt.Sprintf(", each %s s long", least)
	}
	return fmt.Sprintf(", %s to %s s long, median %.4g s", least, most, *t.Median)
}

// String gives the column in one line: its name, kind and some values.
func (c ColumnFacts) String() string {
	text := fmt.Sprintf("%-24s %s", c.Name, c.Kind)
	if len(c.Examples) > 0 {
		text += ": " + shortened(strings.Join(c.Examples, ", "))
	}
	if c.Distinct > len(c.Examples) {
		text += fmt.Sprintf(", ... (%s different)", grouped(c.Distinct))
	}
	if c.Unknown > 0 {
		text += fmt.Sprintf(" (%s unknown)", grouped(c.Unknown))
	}
	return text
}

// String gives the stream in one line.
func (s StreamFacts) String() string {
	text := fmt.Sprintf("%s: %s samples x %d", s.Name, grouped(s.Samples), s.Features)
	if len(s.Names) > 0 {
		text += " (" + someOf(s.Names) + ")"
	}
	if s.RateHz != nil {
		how := "at"
		if !s.Even {
			how = "with time stamps, mostly at"
		}
		text += fmt.Sprintf(" %s %.5g Hz", how, *s.RateHz)
	}
	if text += fromTo(s.Start, s.Stop); s.Unit != "" {
		text += ", in " + s.Unit
	}
	return text
}

func fromTo(start, stop *float64) string {
	if start == nil || stop == nil {
		return ""
	}
	return fmt.Sprintf(", from %s to %s s", dataset.Moment(*start), dataset.Moment(*stop))
}

// shortened makes one line of text, of no more letters than are read at a glance.
func shortened(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= mostText {
		return text
	}
	return string([]rune(text)[:mostText-3]) + "..."
}

// grouped writes a whole number with a comma between thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
