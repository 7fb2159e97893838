package main

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// shrink takes from a failing row, a factor at a time, what it fails without.
func (d *design) shrink(c combination, err error, judge func(combination) error) (combination, error) {
	row := d.row(c)
	for f := range d.factors {
		smaller := d.reduced(row, f)
		if smaller == nil || slices.Equal(smaller, row) {
			continue
		}
		if still := judge(d.combination(smaller)); still != nil {
			row, err = smaller, still
		}
	}
	return d.combination(row), err
}

// row is the other way of combination; what c has no value of is not settled.
func (d *design) row(c combination) []int {
	row := d.blank()
	for f, is := range d.factors {
		row[f] = slices.Index(is.values, c[is.name])
	}
	return row
}

// reduced returns a row with factor f at its first value, and those that this
// makes idle, or no longer idle, at what they must be; nil if it cannot be, or f is
// idle itself.
func (d *design) reduced(row []int, f int) []int {
	if d.factors[f].values[row[f]] == idle {
		return nil
	}
	row = slices.Clone(row)
	row[f] = 0
	for _, g := range d.order(nil) {
		if g != f && d.factors[g].needs != "" && !d.fits(row, g, row[g]) {
			row[g] = -1
		}
	}
	for g, v := range row {
		if v >= 0 && !d.fits(row, g, v) {
			return nil
		}
	}
	if !d.complete(row, d.order(nil), asListed) {
		return nil
	}
	return row
}

// describe writes a row without what has its first value, or no effect.
func (d *design) describe(c combination) string {
	var parts []string
	for _, f := range d.factors {
		if value := c[f.name]; value != f.values[0] && value != idle {
			parts = append(parts, f.name+"="+value)
		}
	}
	if c["flaw"] != "" {
		parts = append(parts, "flaw="+c["flaw"])
	}
	return strings.Join(parts, "; ")
}

// parse reads what describe wrote.
func (d *design) parse(t *testing.T, text string) combination {
	t.Helper()
	c := combination{}
	for part := range strings.SplitSeq(text, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if f, known := d.places[name]; known && !slices.Contains(d.factors[f].values, value) || !known && name != "" && name != "flaw" {
			t.Fatalf("there is no factor %q with a value %q", name, value)
		}
		c[name] = value
	}
	row := d.row(c)
	if !d.complete(row, d.order(nil), asListed) {
		t.Fatal("there is no such row")
	}
	all := d.combination(row)
	all["flaw"] = c["flaw"]
	return all
}

// A row that fails for two values keeps those alone.
func TestShrink(t *testing.T) {
	d := newDesign(allFactors(), clashes())
	c := d.parse(t, "search=pbt; bins=12; model.inferred_inputs=3; truth=hz; forward bins=3; train.learning_rate=searched")
	smaller, err := d.shrink(c, errors.New("before"), func(c combination) error {
		if c.is("bins", "12") && c.is("model.inferred_inputs", "3") {
			return errors.New("after")
		}
		return nil
	})
	if got := d.describe(smaller); got != "bins=12; model.inferred_inputs=3" || err.Error() != "after" {
		t.Errorf("what fails is reduced to %q, with error %v", got, err)
	}
}
