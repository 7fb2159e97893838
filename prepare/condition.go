package prepare

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/autolfads/autolfads/dataset"
)

// conditions returns the condition of some rows of a table: numbers as they are, if
// those of these rows are whole; of anything else their places among words in order,
// and these words.
func conditions(r *dataset.Recording, table, column string, rows []int64) (numbers []int64, words []string, err error) {
	t, err := findTable(r, table)
	if err != nil {
		return nil, nil, err
	}
	c := t.Column(column)
	if c == nil {
		return nil, nil, fmt.Errorf("%s has no column %s to take conditions from: it has %s (--condition)", t.Name, column, columnNames(t))
	}
	numbers = make([]int64, len(rows))
	if wholeNumbers(c.Numbers, rows) {
		for i, row := range rows {
			numbers[i] = int64(c.Numbers[row])
		}
		return numbers, nil, nil
	}
	words = conditionWords(c, rows)
	place := map[string]int64{}
	for i, word := range words {
		place[word] = int64(i)
	}
	for i, row := range rows {
		numbers[i] = place[conditionText(c, row)]
	}
	return numbers, words, nil
}

// conditionWords are the different conditions of some rows: numbers by how large they
// are, words by their letters, what is not known last among numbers.
func conditionWords(c *dataset.Column, rows []int64) []string {
	ordered := slices.Clone(rows)
	slices.SortFunc(ordered, func(a, b int64) int {
		if c.Numbers != nil {
			return -cmp.Compare(-c.Numbers[a], -c.Numbers[b]) // NaN is the least of all
		}
		return cmp.Compare(conditionText(c, a), conditionText(c, b))
	})
	words := make([]string, len(ordered))
	for i, row := range ordered {
		words[i] = conditionText(c, row)
	}
	return slices.Compact(words)
}

// wholeNumbers reports whether some rows have numbers, all of them whole.
func wholeNumbers(all []float64, rows []int64) bool {
	const most = 1 << 53
	return all != nil && !slices.ContainsFunc(rows, func(row int64) bool {
		return all[row] != math.Trunc(all[row]) || math.Abs(all[row]) > most
	})
}

// conditionText is a row's value in words.
func conditionText(c *dataset.Column, row int64) string {
	text := c.Text(int(row))
	if text == "" || c.Numbers != nil && math.IsNaN(c.Numbers[row]) {
		return "not known"
	}
	return text
}
