package where

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/autolfads/autolfads/dataset"
)

// alike is the name of a column that differs in its case, or in what stands between its
// words, alone; "" if there is none.
func alike(t *dataset.Table, name string) string {
	for _, c := range t.Columns {
		if letters(c.Name) == letters(name) {
			return c.Name
		}
	}
	return ""
}

// letters are the letters and digits of a name, in lower case.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// bare says how a column is written whose name is not one word, if a condition has such
// a name as it is; "" if it has none.
func bare(text string, t *dataset.Table) string {
	for _, c := range t.Columns {
		words := strings.ContainsAny(c.Name, " .-/")
		if words && strings.Contains(text, c.Name) && !strings.Contains(text, strconv.Quote(c.Name)) {
			return fmt.Sprintf("the column %s is written %s", c.Name, written(c.Name))
		}
	}
	return ""
}
