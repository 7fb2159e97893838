package nlb

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// publishedText begins with a line that says where its figures come from.
//
//go:embed published.csv
var publishedText string

// publishedBinMs is how wide the bins of all published figures are.
const publishedBinMs = 5

// Row is the published figures of a method on the test split of one data set.
type Row struct {
	Dataset string `json:"dataset"`
	Method  string `json:"method"`
	Figures
}

// Published returns the rows of a data set, the best co-bps first; none for data sets of
// which the papers give none.
func Published(name string) (rows []Row) {
	for _, r := range published() {
		if r.Dataset == name {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(orderOf(&b.Figures), orderOf(&a.Figures)) })
	return rows
}

// orderOf is by what rows are sorted; those without come last.
func orderOf(f *Figures) float64 {
	if f.CoBPS == nil {
		return math.Inf(-1)
	}
	return *f.CoBPS
}

// PublishedSource says in a sentence where published figures come from.
func PublishedSource() string {
	line, _, _ := strings.Cut(publishedText, "\n")
	_, source, _ := strings.Cut(line, "Source: ")
	return source
}

// published reads all rows; the text is part of the program, and a test reads it.
var published = sync.OnceValue(func() (rows []Row) {
	r := csv.NewReader(strings.NewReader(publishedText))
	r.Comment = '#'
	records, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("nlb: published.csv: %v", err))
	}
	for _, fields := range records[1:] {
		row := Row{Dataset: fields[0], Method: fields[1]}
		for i, to := range []**float64{&row.CoBPS, &row.Behaviour, &row.PSTHR2, &row.FpBPS} {
			*to = number(fields[2+i])
		}
		rows = append(rows, row)
	}
	return rows
})

// number reads a field; nil if it is empty.
func number(field string) *float64 {
	if field == "" {
		return nil
	}
	v, err := strconv.ParseFloat(field, 64)
	if err != nil {
		panic(fmt.Sprintf("nlb: published.csv: %v", err))
	}
	return &v
}
