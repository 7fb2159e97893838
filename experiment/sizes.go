package experiment

import (
	"fmt"
	"slices"
	"strconv"
)

// sizesText says of a folder's sections that differ in how many trials train what each
// way is worth by that number, and how the first one differs from the others; "" where
// all have one number. Sections of fewer trials stand first.
func sizesText(sections []section) (text string) {
	if len(sections) < 2 || sections[0].cells[0].Data.Train == sections[len(sections)-1].cells[0].Data.Train {
		return ""
	}
	for _, m := range Measures() {
		text += m.sizes(sections)
	}
	return fmt.Sprintf("\n## %s: by the number of trials that train\n", sections[0].folder) + text
}

// sizes is a measure's table; "" without scores.
func (m *Measure) sizes(sections []section) string {
	names := waysOf(sections)
	head := append([]string{"training trials", "epochs"}, names...)
	for _, name := range names[1:] {
		head = append(head, names[0]+" less "+name)
	}
	var rows [][]string
	any := false
	for i := range sections {
		row, has := m.sizeRow(&sections[i], names)
		rows, any = append(rows, row), any || has
	}
	if !any {
		return ""
	}
	return fmt.Sprintf("\n%s:\n\n", m.Title) + Markdown(head, rows)
}

// sizeRow is a section's row, and whether it has a score.
func (m *Measure) sizeRow(s *section, names []string) (row []string, any bool) {
	chosen, _ := methodsOf(s.cells)
	scores := map[string]bySplit{}
	for i := range chosen {
		scores[chosen[i].way] = chosen[i].scores(m.Key)
	}
	tell := func(values bySplit, interval bool) string {
		if len(values) == 0 {
			return ""
		}
		any = true
		s := Summarise(values.values())
		if !interval || s.Interval == nil {
			return m.number(s.Mean)
		}
		return m.number(s.Mean) + " " + m.interval(&s)
	}
	row = []string{strconv.Itoa(s.cells[0].Data.Train), thousands(s.cells[0].Epochs)}
	for _, name := range names {
		row = append(row, tell(scores[name], false))
	}
	for _, name := range names[1:] {
		row = append(row, tell(scores[names[0]].less(scores[name]), true))
	}
	return row, any
}

// waysOf are the ways of sections, in the order of tables.
func waysOf(sections []section) (names []string) {
	var cells []Cell
	for i := range sections {
		cells = append(cells, sections[i].cells...)
	}
	for _, c := range inOrder(cells) {
		if !slices.Contains(names, c.Way) {
			names = append(names, c.Way)
		}
	}
	return names
}
