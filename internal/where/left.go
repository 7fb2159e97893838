package where

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

// WhyNone says why the condition may be true of no row: of how many each of its parts
// is, and what the columns that it reads hold.
func (e *Expression) WhyNone() string {
	var why []string
	if parts := conjuncts(e.text); len(parts) > 1 {
		for _, part := range parts {
			if n, ok := trueOf(part, e.table); ok {
				why = append(why, fmt.Sprintf("%s is true of %d", part, n))
			}
		}
	}
	if about := describeAll(e.columns); about != "" {
		why = append(why, about)
	}
	return strings.Join(why, "; ")
}

// conjuncts are the conditions that && puts together.
func conjuncts(text string) []string {
	tree, err := parser.Parse(text)
	if err != nil {
		return nil
	}
	return split(tree.Node)
}

func split(n ast.Node) []string {
	if b, ok := n.(*ast.BinaryNode); ok && (b.Operator == "&&" || b.Operator == "and") {
		return append(split(b.Left), split(b.Right)...)
	}
	return []string{n.String()}
}

// trueOf counts the rows that a condition is true of.
func trueOf(text string, t *dataset.Table) (n int, ok bool) {
	e, err := Parse(text, t)
	if err != nil {
		return 0, false
	}
	rows, err := e.Rows()
	for _, is := range rows {
		if is {
			n++
		}
	}
	return n, err == nil
}

// describeAll says what some columns hold, each once.
func describeAll(columns []*dataset.Column) string {
	var all []string
	for i, c := range columns {
		if !slices.Contains(columns[:i], c) {
			all = append(all, written(c.Name)+" holds "+describe(c))
		}
	}
	return strings.Join(all, ", ")
}

// mostShown are the values of a column that a sentence lists.
const mostShown = 8

// describe says what a column holds.
func describe(c *dataset.Column) string {
	switch {
	case c.Words != nil:
		return "words (" + distinct(c.Words, strconv.Quote) + ")"
	case c.Flags != nil:
		return "true or false (it stands alone, or behind !)"
	case c.Lists != nil:
		return "lists, whose numbers are " + written(c.Name) + "[0] and so on"
	}
	if isFlags(c.Numbers) {
		return "numbers, true is written " + written(c.Name) + " == 1"
	}
	return "numbers" + describeNumbers(c.Numbers)
}

// isFlags reports whether numbers are 0 and 1 alone, both of them.
func isFlags(all []float64) bool {
	odd := slices.ContainsFunc(all, func(v float64) bool { return v != 0 && v != 1 })
	return !odd && slices.Contains(all, 0) && slices.Contains(all, 1)
}

func describeNumbers(all []float64) string {
	if !slices.ContainsFunc(all, func(v float64) bool { return v == v }) {
		return ", none of which is known"
	}
	if len(slices.Compact(slices.Sorted(slices.Values(all)))) <= mostShown {
		return " (" + distinct(all, func(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }) + ")"
	}
	span := dataset.Span(all)
	return fmt.Sprintf(" from %.6g to %.6g", span.Start, span.Stop)
}

// distinct lists the different values of a column in order.
func distinct[T int | float64 | string](all []T, show func(T) string) string {
	values := slices.CompactFunc(slices.Sorted(slices.Values(all)), func(a, b T) bool { return a == b || a != a && b != b })
	shown := make([]string, 0, mostShown+1)
	for _, v := range values[:min(len(values), mostShown)] {
		shown = append(shown, show(v))
	}
	if len(values) > mostShown {
		shown = append(shown, fmt.Sprintf("%d others", len(values)-mostShown))
	}
	return strings.Join(shown, ", ")
}
