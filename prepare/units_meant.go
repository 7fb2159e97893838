package prepare

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/where"
)

// unitsMeant returns the ids of the units that a list of ids means, or else a
// condition on their columns.
func unitsMeant(r *dataset.Recording, text string) (map[string]bool, error) {
	ids := listed(text)
	if slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(r.Units.IDs, id) }) {
		return meantByID(r, ids)
	}
	if !slices.ContainsFunc(ids, func(id string) bool { return !isNumber(id) }) {
		return meantByID(r, ids)
	}
	rows, err := unitsWhere(r, text)
	if err != nil {
		return nil, fmt.Errorf("%w; ids of units are %s", err, few(r.Units.IDs))
	}
	meant := map[string]bool{}
	for i, is := range rows {
		if is {
			meant[r.Units.IDs[i]] = true
		}
	}
	return meant, nil
}

func isNumber(word string) bool {
	_, err := strconv.ParseFloat(word, 64)
	return err == nil
}

// listed takes a list with commas apart.
func listed(text string) []string {
	var all []string
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			all = append(all, item)
		}
	}
	return all
}

// meantByID returns a set of ids, all of which must be those of units.
func meantByID(r *dataset.Recording, ids []string) (map[string]bool, error) {
	meant := map[string]bool{}
	var none []string
	for _, id := range ids {
		if meant[id] = true; !slices.Contains(r.Units.IDs, id) {
			none = append(none, id)
		}
	}
	if len(ids) == 0 {
		return nil, errors.New("lists no unit: give ids with commas between, such as 3,5,7")
	}
	if len(none) > 0 {
		return nil, fmt.Errorf("%s: there are no such units; ids of units, as `autolfads info` shows them, are %s", few(none), few(r.Units.IDs))
	}
	return meant, nil
}

// unitsWhere returns which units a condition on their columns is true of.
func unitsWhere(r *dataset.Recording, condition string) ([]bool, error) {
	rates := &dataset.Column{Name: columnRate, Numbers: make([]float64, r.Units.Len())}
	t := unitTable(r, rates)
	e, err := where.Parse(condition, t)
	if err != nil {
		return nil, err
	}
	if e.Reads(rates) {
		if err := fillRates(rates.Numbers, r); err != nil {
			return nil, err
		}
	}
	rows, err := e.Rows()
	if err == nil && !slices.Contains(rows, true) {
		err = fmt.Errorf("%q is true of none of the %d units: %s", condition, t.Rows, e.WhyNone())
	}
	return rows, err
}

// unitTable is what is known of units: their columns, and id and rate_hz unless there
// are such columns. Ids are numbers if all are; where nothing fires there are no rates.
func unitTable(r *dataset.Recording, rates *dataset.Column) *dataset.Table {
	t := r.Units.Columns
	t.Rows = r.Units.Len()
	if t.Name == "" {
		t.Name = "units"
	}
	known := withColumn(&t, idColumn(r.Units.IDs))
	if r.Units.Total() == 0 {
		return known
	}
	return withColumn(known, rates)
}

func idColumn(ids []string) *dataset.Column {
	numbers := make([]float64, len(ids))
	for i, id := range ids {
		n, err := strconv.ParseFloat(id, 64)
		if err != nil || number(n) != id {
			return &dataset.Column{Name: columnID, Words: ids}
		}
		numbers[i] = n
	}
	return &dataset.Column{Name: columnID, Numbers: numbers}
}

// fillRates fills in how often each unit fires over the whole recording, as `autolfads
// info` says it: over the time in which it was observed, or else from the first spike of
// all to the last; NaN if that is not known.
func fillRates(rates []float64, r *dataset.Recording) error {
	span := dataset.Interval{}
	if r.Units.Observed == nil {
		var err error
		if span, _, err = spanOf(r); err != nil {
			return err
		}
	}
	for i := range rates {
		seconds := span.Stop - span.Start
		if r.Units.Observed != nil {
			seconds = lasting(r.Units.Observed[i])
		}
		if rates[i] = math.NaN(); seconds > 0 {
			rates[i] = float64(r.Units.Spikes.Count(i)) / seconds
		}
	}
	return nil
}

// lasting is how long some stretches are together, in s.
func lasting(stretches []dataset.Interval) (seconds float64) {
	for _, s := range stretches {
		seconds += s.Stop - s.Start
	}
	return seconds
}
