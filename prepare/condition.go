package prepare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// conditions returns the condition of some rows of a table: whole numbers as they
// are; of anything else their places among words in sorted order, and these words.
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
	if wholeNumbers(c.Numbers) {
		for i, row := range rows {
			numbers[i] = int64(c.Numbers[row])
		}
		return numbers, nil, nil
	}
	for _, row := range rows {
		words = append(words, conditionText(c, int(row)))
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(words)))
	for i, word := range words {
		place, _ := slices.BinarySearch(sorted, word)
		numbers[i] = int64(place)
	}
	return numbers, sorted, nil
}

// columnNames lists the columns of a table.
func columnNames(t *dataset.Table) string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}

// wholeNumbers reports whether there are numbers, and all are whole.
func wholeNumbers(all []float64) bool {
	const most = 1 << 53
	return len(all) > 0 && !slices.ContainsFunc(all, func(v float64) bool { return v != math.Trunc(v) || math.Abs(v) > most })
}

// conditionText is a row's value in words.
func conditionText(c *dataset.Column, row int) string {
	if text := c.Text(row); text != "" {
		return text
	}
	return "not known"
}
