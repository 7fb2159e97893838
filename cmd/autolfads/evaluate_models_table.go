package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/compare"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/metric"
)

// modelColumn is a column of numbers, of which a model may have none.
type modelColumn struct {
	head   string // its words stand below each other
	format string
	of     func(m *compare.Model) *float64
}

// headsOf are short names of scores.
var headsOf = map[string]string{
	evaluate.NameCo: "co-bps", evaluate.NameFp: "fp-bps", evaluate.NameBits: "bits/spike", evaluate.NameBehavior: "behaviour R2",
}

// modelColumns are those in which some model has a number.
func modelColumns(o *compare.Comparison) []modelColumn {
	all := []modelColumn{{"validation score", "%.5f", func(m *compare.Model) *float64 { v := float64(m.Score); return &v }}}
	for _, name := range o.Names() {
		all = append(all, scoreColumn(headsOf[name], name))
	}
	all = append(all,
		modelColumn{"cross- decoding", "%.4f", func(m *compare.Model) *float64 { return m.CrossDecoding }},
		modelColumn{"from strangers", "%.4f", func(m *compare.Model) *float64 { return m.FromStrangers }})
	for _, k := range o.Shots() {
		all = append(all, scoreColumn(fmt.Sprintf("few-shot k=%d", k), evaluate.NameFewShot(k)))
	}
	return slices.DeleteFunc(all, func(c modelColumn) bool { return len(c.values(o)) == 0 })
}

// scoreColumn is the column of the score called name.
func scoreColumn(head, name string) modelColumn {
	return modelColumn{head, "%.4f", func(m *compare.Model) *float64 {
		if s := m.Scored(name); s != nil {
			return &s.Value
		}
		return nil
	}}
}

// values are the numbers that models have.
func (c *modelColumn) values(o *compare.Comparison) (all []float64) {
	for i := range o.Models {
		if v := c.of(&o.Models[i]); v != nil {
			all = append(all, *v)
		}
	}
	return all
}

// modelRows is the table: heads, a row a model, and how models spread.
func modelRows(o *compare.Comparison) [][]string {
	columns := modelColumns(o)
	copied := slices.ContainsFunc(o.Models, func(m compare.Model) bool { return m.CopiedOf != nil })
	heads := [][]string{{"model"}}
	if copied {
		heads = append(heads, []string{"copied", "of"})
	}
	for _, c := range columns {
		heads = append(heads, strings.Fields(c.head))
	}
	rows := transpose(heads)
	for i := range o.Models {
		rows = append(rows, modelRow(&o.Models[i], columns, copied))
	}
	if len(o.Models) > 1 {
		rows = append(rows, spreadRows(o, columns, copied)...)
	}
	return rows
}

func modelRow(m *compare.Model, columns []modelColumn, copied bool) []string {
	row := []string{m.Name + " "}
	if m.Best {
		row[0] = m.Name + "*"
	}
	switch {
	case m.CopiedOf != nil:
		row = append(row, fmt.Sprintf("%d in %d", m.CopiedOf.Member, m.CopiedOf.Generation))
	case copied:
		row = append(row, "")
	}
	for _, c := range columns {
		cell := "-"
		if v := c.of(m); v != nil {
			cell = fmt.Sprintf(c.format, *v)
		}
		row = append(row, cell)
	}
	return row
}

// spreadRows are the lowest, median and highest number of each column.
func spreadRows(o *compare.Comparison, columns []modelColumn, copied bool) [][]string {
	rows := [][]string{{"lowest "}, {"median "}, {"highest "}}
	for i := range rows {
		if copied {
			rows[i] = append(rows[i], "")
		}
	}
	for _, c := range columns {
		all := c.values(o)
		for i, v := range []float64{slices.Min(all), metric.QuartilesOf(all).Median, slices.Max(all)} {
			rows[i] = append(rows[i], fmt.Sprintf(c.format, v))
		}
	}
	return rows
}
