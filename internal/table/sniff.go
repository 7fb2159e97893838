package table

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
)

// maxSample is how many rows decide on what columns hold.
const maxSample = 200

// lines are the whole lines of the head of a table; if it is all of it, the last
// one too.
func lines(head []byte, all bool) []string {
	s := strings.Split(string(head), "\n")
	if !all && len(s) > 1 {
		s = s[:len(s)-1]
	}
	for i := range s {
		s[i] = strings.TrimSuffix(s[i], "\r")
	}
	return s
}

// sniff finds what parts fields, the decimal sign and the names.
func (t *Reader) sniff(lines []string) error {
	var rows, comments []string // before the first row
	first := 0
	for i, line := range lines {
		switch {
		case !isBlank([]byte(line)):
			if rows = append(rows, line); len(rows) == 1 {
				first = i + 1
			}
		case len(rows) == 0 && strings.TrimSpace(line) != "":
			comments = append(comments, strings.TrimLeft(strings.TrimSpace(line), "# "))
		}
	}
	if len(rows) == 0 {
		return errors.New("it has no rows")
	}
	rows = rows[:min(len(rows), maxSample+1)]
	t.comma = partedBy(rows)
	t.Columns = len(split(nil, []byte(rows[0]), t.comma))
	for _, row := range rows {
		t.sample = append(t.sample, t.texts(row))
	}
	t.decimal = decimalSign(t.sample, t.comma)
	t.name(comments, first)
	return nil
}

func (t *Reader) texts(row string) []string {
	fields := split(nil, []byte(row), t.comma)
	s := make([]string, len(fields))
	for i, f := range fields {
		s[i] = string(bytes.Clone(f))
	}
	return s
}

// name takes the names from the first row if it has no number, or from the last
// comment before it, where NumPy's savetxt puts them.
func (t *Reader) name(comments []string, first int) {
	if !t.anyNumber(t.sample[0]) {
		t.Names, t.sample, t.skip = t.sample[0], t.sample[1:], first
		return
	}
	if len(comments) == 0 {
		return
	}
	last := t.texts(comments[len(comments)-1])
	if len(last) == t.Columns && !t.anyNumber(last) {
		t.Names = last
	}
}

func (t *Reader) anyNumber(fields []string) bool {
	for _, f := range fields {
		if _, ok := t.Number([]byte(f)); ok && f != "" {
			return true
		}
	}
	return false
}

// partedBy finds the sign that all rows have, and all as often, if there is one;
// else the one that the first has.
func partedBy(rows []string) byte {
	for _, comma := range []byte("\t;, ") {
		n := len(split(nil, []byte(rows[0]), comma))
		even := n > 1
		for _, row := range rows {
			even = even && (openQuote([]byte(row)) || len(split(nil, []byte(row), comma)) == n)
		}
		if even {
			return comma
		}
	}
	for _, comma := range []byte("\t;,") {
		if strings.IndexByte(rows[0], comma) >= 0 {
			return comma
		}
	}
	return ','
}

var commaNumber = regexp.MustCompile(`^[-+]?[0-9]*,[0-9]+([eE][-+]?[0-9]+)?$`)

// decimalSign is a comma if numbers have one and commas do not part fields.
func decimalSign(rows [][]string, comma byte) byte {
	if comma == ',' {
		return '.'
	}
	found := byte('.')
	for _, row := range rows {
		for _, field := range row {
			if commaNumber.MatchString(field) {
				found = ','
			}
		}
	}
	return found
}
